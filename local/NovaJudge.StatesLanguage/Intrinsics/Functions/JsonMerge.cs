using NovaJudge.StatesLanguage.Json;

namespace NovaJudge.StatesLanguage.Intrinsics.Functions;

/// <summary>States.JsonMerge(first, second, false): both objects' properties, the second's winning. Only the shallow mode exists.</summary>
internal static class JsonMerge
{
    public static JsonValue Apply(JsonValue[] arguments)
    {
        if ((arguments[0], arguments[1]) is not (JsonObject first, JsonObject second))
        {
            throw new IntrinsicException("Invalid arguments: the first and the second argument must be JSON objects");
        }

        if (arguments[2].Kind != JsonKind.False)
        {
            throw new IntrinsicException("Invalid arguments: only the shallow merge is supported, the third argument must be false");
        }

        var merged = new JsonObjectBuilder(first.Count + second.Count);
        foreach (var (name, value) in first.Properties)
        {
            merged.Set(name, value);
        }

        foreach (var (name, value) in second.Properties)
        {
            merged.Set(name, value);
        }

        return merged.Build();
    }
}
