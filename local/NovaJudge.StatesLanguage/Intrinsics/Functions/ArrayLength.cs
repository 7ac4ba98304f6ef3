using NovaJudge.StatesLanguage.Json;

namespace NovaJudge.StatesLanguage.Intrinsics.Functions;

/// <summary>States.ArrayLength(array): how many items it has.</summary>
internal static class ArrayLength
{
    public static JsonValue Apply(JsonValue[] arguments) =>
        JsonValue.From(Argument.Array(arguments, 0, "Invalid arguments: the first argument must be an array").Count);
}
