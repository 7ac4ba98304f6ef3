using NovaJudge.StatesLanguage.Json;

namespace NovaJudge.StatesLanguage.Intrinsics.Functions;

/// <summary>States.ArrayPartition(array, size): the items in groups of the given size, the last one as large as remains.</summary>
internal static class ArrayPartition
{
    public static JsonValue Apply(JsonValue[] arguments)
    {
        const string wrongSize = "Invalid arguments: the chunk size must be a positive integer";
        var array = Argument.Array(arguments, 0, "Invalid arguments: the first argument must be an array");
        var size = Argument.Rounded(arguments, 1, wrongSize);
        if (size < 1)
        {
            throw new IntrinsicException(wrongSize);
        }

        var chunk = (int)Math.Min(size, int.MaxValue);
        var groups = new List<JsonValue>();
        for (long from = 0; from < array.Count; from += chunk)
        {
            groups.Add(new JsonArray([.. array.Items[(int)from..(int)Math.Min(from + chunk, array.Count)]]));
        }

        return new JsonArray([.. groups]);
    }
}
