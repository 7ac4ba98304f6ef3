using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace NovaJudge.StatesLanguage.Json;

/// <summary>Equality as Java's collections have it. Hashes by shape and size, so that even hostile lists are compared in near linear time.</summary>
internal sealed class JsonEqualityComparer : IEqualityComparer<JsonValue>
{
    public static readonly JsonEqualityComparer Instance = new();

    public bool Equals(JsonValue? x, JsonValue? y) => x is not null && y is not null && JsonEquality.AreEqual(x, y, javaNumbers: true);

    /// <summary>Looks at the first values only, in an order that does not depend on the order of properties.</summary>
    public int GetHashCode([DisallowNull] JsonValue obj)
    {
        var hash = 0;
        var pending = new Stack<(JsonValue Value, int Place)>();
        pending.Push((obj, 1));
        for (var seen = 0; seen < 64 && pending.TryPop(out var next); seen++)
        {
            hash += HashCode.Combine(next.Place, Scalar(next.Value));
            if (next.Value is JsonArray array)
            {
                for (var i = Math.Min(array.Count, 64) - 1; i >= 0; i--)
                {
                    pending.Push((array[i], HashCode.Combine(next.Place, i)));
                }
            }
            else if (next.Value is JsonObject { Count: <= 64 } map)
            {
                foreach (var (name, value) in map.Properties)
                {
                    // Containers inside objects would make the result depend on what is looked at first.
                    hash += HashCode.Combine(next.Place, string.GetHashCode(name, StringComparison.Ordinal), Scalar(value));
                }
            }
        }

        return hash;
    }

    private static int Scalar(JsonValue value) => value switch
    {
        JsonString text => string.GetHashCode(text.Text, StringComparison.Ordinal),
        JsonNumber number => double.TryParse(number.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var exact) ? exact.GetHashCode() : 0,
        JsonArray array => array.Count,
        JsonObject map => map.Count,
        _ => (int)value.Kind,
    };
}
