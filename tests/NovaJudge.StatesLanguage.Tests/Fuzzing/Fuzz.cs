using System.Globalization;
using CsCheck;

namespace NovaJudge.StatesLanguage.Tests.Fuzzing;

/// <summary>
/// Runs a property over generated values. The values are the same in every run; STATES_FUZZ_ROUNDS multiplies how many there are, for a
/// longer hunt.
/// </summary>
internal static class Fuzz
{
    private static readonly int Rounds = int.TryParse(Environment.GetEnvironmentVariable("STATES_FUZZ_ROUNDS"), CultureInfo.InvariantCulture, out var rounds) ? rounds : 1;

    public static void Check<T>(Gen<T> generator, int count, Action<T> property)
    {
        var random = new PCG(101, 42);
        for (var i = 0; i < count * Rounds; i++)
        {
            var value = generator.Generate(random, null, out _);
            try
            {
                property(value);
            }
            catch (Exception failure)
            {
                throw new InvalidOperationException($"Value {i}: {value}", failure);
            }
        }
    }

    public static async Task CheckAsync<T>(Gen<T> generator, int count, Func<T, Task> property)
    {
        var random = new PCG(101, 43);
        for (var i = 0; i < count * Rounds; i++)
        {
            var value = generator.Generate(random, null, out _);
            try
            {
                await property(value);
            }
            catch (Exception failure)
            {
                throw new InvalidOperationException($"Value {i}: {value}", failure);
            }
        }
    }
}
