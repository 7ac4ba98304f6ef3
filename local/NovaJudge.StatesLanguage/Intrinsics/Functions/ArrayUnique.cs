using NovaJudge.StatesLanguage.Json;

namespace NovaJudge.StatesLanguage.Intrinsics.Functions;

/// <summary>States.ArrayUnique(array): the items without repetitions, in the order of first appearance.</summary>
internal static class ArrayUnique
{
    public static JsonValue Apply(JsonValue[] arguments)
    {
        var array = Argument.Array(arguments, 0, "Invalid arguments: the argument must be an array");
        var seen = new HashSet<JsonValue>(JsonEqualityComparer.Instance);
        var unique = new List<JsonValue>();
        foreach (var item in array.Items)
        {
            if (seen.Add(item))
            {
                unique.Add(item);
            }
        }

        return new JsonArray([.. unique]);
    }
}
