using NovaJudge.StatesLanguage.Json;

namespace NovaJudge.StatesLanguage.Intrinsics.Functions;

/// <summary>States.ArrayRange(first, last, step): the numbers from first to last inclusive, at most 1,000 of them.</summary>
internal static class ArrayRange
{
    private const int Most = 1000;

    public static JsonValue Apply(JsonValue[] arguments)
    {
        const string wrongType = "Invalid arguments: the first, last and increment arguments must be numbers";
        var first = Argument.Rounded(arguments, 0, wrongType);
        var last = Argument.Rounded(arguments, 1, wrongType);
        var step = Argument.Rounded(arguments, 2, wrongType);
        if (step == 0)
        {
            throw new IntrinsicException("Invalid arguments: the increment must not be 0");
        }

        var count = step > 0 == last >= first || first == last ? ((Int128)last - first) / step + 1 : 0;
        if (count > Most)
        {
            throw new IntrinsicException($"Invalid arguments: the range must not hold more than {Most} items");
        }

        var items = new JsonValue[(int)Math.Max(0, (long)count)];
        for (var i = 0; i < items.Length; i++)
        {
            items[i] = JsonValue.From(first + (i * step));
        }

        return new JsonArray(items);
    }
}
