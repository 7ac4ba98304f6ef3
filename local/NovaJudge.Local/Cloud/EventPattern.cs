using System.Text.Json;

namespace NovaJudge.Local.Cloud;

/// <summary>
/// EventBridge's event patterns, as far as the template uses them: exact values, <c>prefix</c>, <c>suffix</c>,
/// <c>anything-but</c>, <c>numeric</c> and <c>exists</c>. Another operator is refused by name, since a rule that silently never
/// matches would be worse.
/// </summary>
public static class EventPattern
{
    /// <summary>Whether the event has every field of the pattern with one of its values.</summary>
    /// <exception cref="NotSupportedException">The pattern uses an operator that is not supported here.</exception>
    public static bool Matches(JsonElement pattern, JsonElement @event) =>
        pattern.EnumerateObject().All(field =>
        {
            JsonElement? value = @event.ValueKind == JsonValueKind.Object && @event.TryGetProperty(field.Name, out var found) ? found : null;
            return field.Value.ValueKind == JsonValueKind.Object
                ? value is { } nested && Matches(field.Value, nested)
                : field.Value.EnumerateArray().Any(condition => Holds(condition, value));
        });

    private static bool Holds(JsonElement condition, JsonElement? value)
    {
        if (condition.ValueKind != JsonValueKind.Object)
        {
            return Values(value).Any(item => JsonElement.DeepEquals(condition, item));
        }

        var operation = condition.EnumerateObject().First();
        return operation.Name switch
        {
            "prefix" => Texts(value).Any(text => text.StartsWith(operation.Value.GetString()!, StringComparison.Ordinal)),
            "suffix" => Texts(value).Any(text => text.EndsWith(operation.Value.GetString()!, StringComparison.Ordinal)),
            "numeric" => Numbers(value).Any(number => InRange(number, [.. operation.Value.EnumerateArray()])),
            "exists" => operation.Value.GetBoolean() == value is not null,
            "anything-but" => value is not null && !AnythingBut(operation.Value, value),
            _ => throw new NotSupportedException($"The event pattern operator \"{operation.Name}\" is not supported here."),
        };
    }

    private static bool AnythingBut(JsonElement condition, JsonElement? value) => condition.ValueKind switch
    {
        JsonValueKind.Array => condition.EnumerateArray().Any(item => Holds(item, value)),
        _ => Holds(condition, value),
    };

    /// <summary>An array in the event matches when one of its items does.</summary>
    private static IEnumerable<JsonElement> Values(JsonElement? value) => value switch
    {
        null => [],
        { ValueKind: JsonValueKind.Array } array => array.EnumerateArray(),
        { } single => [single],
    };

    private static IEnumerable<double> Numbers(JsonElement? value) =>
        Values(value).Where(item => item.ValueKind == JsonValueKind.Number).Select(item => item.GetDouble());

    /// <summary>A condition such as <c>[">", 0, "&lt;=", 5]</c>.</summary>
    private static bool InRange(double number, JsonElement[] condition) => condition.Chunk(2).All(part => (part[0].GetString(), part[1].GetDouble()) switch
    {
        ("=", var limit) => number == limit,
        (">", var limit) => number > limit,
        (">=", var limit) => number >= limit,
        ("<", var limit) => number < limit,
        ("<=", var limit) => number <= limit,
        (var comparison, _) => throw new NotSupportedException($"The numeric comparison \"{comparison}\" is not supported here."),
    });

    private static IEnumerable<string> Texts(JsonElement? value) =>
        Values(value).Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!);
}
