using NovaJudge.StatesLanguage.Json;

namespace NovaJudge.StatesLanguage.Intrinsics.Functions;

/// <summary>States.ArrayGetItem(array, index): the item at the index, counted from 0.</summary>
internal static class ArrayGetItem
{
    public static JsonValue Apply(JsonValue[] arguments)
    {
        var array = Argument.Array(arguments, 0, "Invalid arguments: the first argument must be an array");
        if (arguments[1] is not JsonNumber { IsInteger: true } number || !number.TryGetInt64(out var index))
        {
            throw new IntrinsicException("Invalid arguments: the index must be an integer");
        }

        return index >= 0 && index < array.Count
            ? array[(int)index]
            : throw new IntrinsicException($"Index {index} out of bounds for length {array.Count}");
    }
}
