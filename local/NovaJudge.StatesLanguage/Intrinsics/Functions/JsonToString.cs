using NovaJudge.StatesLanguage.Json;

namespace NovaJudge.StatesLanguage.Intrinsics.Functions;

/// <summary>States.JsonToString(value): the value's compact JSON text.</summary>
internal static class JsonToString
{
    public static JsonValue Apply(JsonValue[] arguments) => JsonValue.From(arguments[0].ToString());
}
