using System.Collections.Immutable;
using System.Globalization;
using NovaJudge.StatesLanguage.Json;

namespace NovaJudge.StatesLanguage.Paths;

/// <summary>A function at the end of a path, such as `$.items.length()`.</summary>
internal sealed class PathFunction(string name, ImmutableArray<JsonValue> arguments)
{
    public static readonly ImmutableArray<string> Names = ["min", "max", "avg", "stddev", "sum", "length", "size", "keys", "first", "last", "index", "concat", "append"];

    private const int LongestText = 10_000_000;

    public JsonValue Apply(JsonValue value) => name switch
    {
        "length" or "size" => Length(value),
        "keys" => value is JsonObject map ? new JsonArray([.. map.Properties.ToArray().Select(static p => JsonValue.From(p.Key))]) : throw Inapplicable(value),
        "first" => Item(value, 0),
        "last" => Item(value, -1),
        "index" => Item(value, arguments is [JsonNumber at] && at.TryGetInt64(out var index) ? index : throw Inapplicable(value)),
        "concat" => Concat((value is JsonArray list ? list.Items.ToArray() : [value]).Concat(arguments).OfType<JsonString>().Select(static s => s.Text).ToList()),
        "append" => value is JsonArray list ? new JsonArray([.. list.Items, .. arguments]) : throw Inapplicable(value),
        _ => Aggregate(value),
    };

    private static JsonValue Concat(List<string> texts) => texts.Sum(static text => (long)text.Length) <= LongestText
        ? JsonValue.From(string.Concat(texts))
        : throw new PathException($"Function concat makes a text of more than {LongestText} characters");

    private static JsonValue Length(JsonValue value) => value switch
    {
        JsonArray array => JsonValue.From(array.Count),
        JsonObject map => JsonValue.From(map.Count),
        JsonString text => JsonValue.From(text.Text.Length),
        _ => JsonValue.Null,
    };

    private JsonValue Item(JsonValue value, long at)
    {
        var array = value as JsonArray ?? throw Inapplicable(value);
        var index = at < 0 ? array.Count + at : at;
        return index >= 0 && index < array.Count ? array[(int)index] : throw new PathException($"Aggregation function attempted to calculate value using empty array");
    }

    private JsonNumber Aggregate(JsonValue value)
    {
        var numbers = (value is JsonArray array ? array.Items.ToArray() : [value]).Concat(arguments).OfType<JsonNumber>().Select(static n => n.ToDouble()).ToArray();
        if (numbers.Length == 0)
        {
            throw new PathException("Aggregation function attempted to calculate value using empty array");
        }

        var mean = numbers.Average();
        var result = name switch
        {
            "min" => numbers.Min(),
            "max" => numbers.Max(),
            "avg" => mean,
            "sum" => numbers.Sum(),
            _ => Math.Sqrt(numbers.Sum(n => (n - mean) * (n - mean)) / numbers.Length),
        };

        if (!double.IsFinite(result))
        {
            throw new PathException($"Function {name} overflows");
        }

        // Java prints a whole double with one decimal.
        var text = result.ToString("R", CultureInfo.InvariantCulture);
        return new JsonNumber(text.AsSpan().IndexOfAny('.', 'E') < 0 ? text + ".0" : text);
    }

    private PathException Inapplicable(JsonValue value) => new($"Function {name} cannot be applied to {JavaTypes.Name(value)}");
}
