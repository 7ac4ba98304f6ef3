using NovaJudge.StatesLanguage.Json;

namespace NovaJudge.StatesLanguage.Intrinsics.Functions;

/// <summary>States.MathAdd(a, b): the sum of two numbers, each rounded to an integer first.</summary>
internal static class MathAdd
{
    public static JsonValue Apply(JsonValue[] arguments)
    {
        const string wrongType = "Invalid arguments: both arguments must be numbers";
        var a = Argument.Rounded(arguments, 0, wrongType);
        var b = Argument.Rounded(arguments, 1, wrongType);

        // AWS documents the range of the arguments; the sum may leave it.
        return Fits(a) && Fits(b)
            ? JsonValue.From(a + b)
            : throw new IntrinsicException($"Invalid arguments: both arguments must be between {int.MinValue} and {int.MaxValue}");
    }

    private static bool Fits(long number) => number is >= int.MinValue and <= int.MaxValue;
}
