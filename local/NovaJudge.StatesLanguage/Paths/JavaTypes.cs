using NovaJudge.StatesLanguage.Json;

namespace NovaJudge.StatesLanguage.Paths;

/// <summary>The Java class names that AWS's messages show: Step Functions runs Jayway JsonPath over Jackson's tree model.</summary>
internal static class JavaTypes
{
    public const string Provider = "com.jayway.jsonpath.spi.json.JacksonJsonProvider";

    public static string Name(JsonValue value) => value switch
    {
        JsonString => "java.lang.String",
        JsonNumber { IsInteger: false } => "java.lang.Double",
        JsonNumber number when number.TryGetInt64(out var integer) => integer is >= int.MinValue and <= int.MaxValue ? "java.lang.Integer" : "java.lang.Long",
        JsonNumber => "java.math.BigInteger",
        JsonArray => "java.util.ArrayList",
        JsonObject => "java.util.LinkedHashMap",
        { Kind: JsonKind.Null } => "null",
        _ => "java.lang.Boolean",
    };
}
