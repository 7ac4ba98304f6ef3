using NovaJudge.StatesLanguage.Json;

namespace NovaJudge.StatesLanguage.Intrinsics.Functions;

/// <summary>States.MathRandom(start, end[, seed]): an integer from start, inclusive, to end, exclusive; the same seed gives the same number.</summary>
internal static class MathRandom
{
    public static JsonValue Apply(JsonValue[] arguments, IRandomSource source)
    {
        const string wrongType = "Invalid arguments: all arguments must be numbers";
        var start = Argument.Rounded(arguments, 0, wrongType);
        var end = Argument.Rounded(arguments, 1, wrongType);
        if (end <= start)
        {
            throw new IntrinsicException("Invalid arguments: the end must be greater than the start");
        }

        if (arguments.Length == 2)
        {
            return JsonValue.From(source.Random.NextInt64(start, end));
        }

        var seeded = new JavaRandom(Argument.Rounded(arguments, 2, wrongType));
        return end - start <= int.MaxValue
            ? JsonValue.From(start + seeded.Next((int)(end - start)))
            : throw new IntrinsicException("Invalid arguments: the range is too large");
    }
}
