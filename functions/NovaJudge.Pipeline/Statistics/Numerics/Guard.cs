using System.Runtime.CompilerServices;

namespace NovaJudge.Pipeline.Statistics.Numerics;

/// <summary>Refuses arguments no data can produce: they are mistakes of the caller, not outcomes.</summary>
internal static class Guard
{
    public static void Confidence(double confidence, [CallerArgumentExpression(nameof(confidence))] string? name = null)
    {
        if (!(confidence > 0 && confidence < 1))
        {
            throw new ArgumentOutOfRangeException(name, confidence, "Must lie strictly between 0 and 1.");
        }
    }

    public static void Proportion(double value, [CallerArgumentExpression(nameof(value))] string? name = null)
    {
        if (!(value >= 0 && value <= 1))
        {
            throw new ArgumentOutOfRangeException(name, value, "Must lie between 0 and 1.");
        }
    }

    public static void Positive(double value, [CallerArgumentExpression(nameof(value))] string? name = null)
    {
        if (!(value > 0 && double.IsFinite(value)))
        {
            throw new ArgumentOutOfRangeException(name, value, "Must be positive and finite.");
        }
    }

    public static void Successes(double successes, double n)
    {
        if (!(n >= 0 && double.IsFinite(n)))
        {
            throw new ArgumentOutOfRangeException(nameof(n), n, "Must be zero or more, and finite.");
        }

        if (!(successes >= 0 && successes <= n))
        {
            throw new ArgumentOutOfRangeException(nameof(successes), successes, $"Must lie between 0 and n = {n}.");
        }
    }

    public static void NotNegative(int value, [CallerArgumentExpression(nameof(value))] string? name = null) =>
        ArgumentOutOfRangeException.ThrowIfNegative(value, name);

    public static void SameLength(int left, int right, string what)
    {
        if (left != right)
        {
            throw new ArgumentException($"{what}: {left} and {right} values; they must be as many.");
        }
    }
}
