using NovaJudge.StatesLanguage.Json;

namespace NovaJudge.StatesLanguage.Intrinsics.Functions;

/// <summary>States.ArrayContains(array, value): whether an item equals the value.</summary>
internal static class ArrayContains
{
    public static JsonValue Apply(JsonValue[] arguments)
    {
        var array = Argument.Array(arguments, 0, "Invalid arguments: the first argument must be an array");
        foreach (var item in array.Items)
        {
            if (JsonEquality.AreEqual(item, arguments[1], javaNumbers: true))
            {
                return JsonValue.True;
            }
        }

        return JsonValue.False;
    }
}
