using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace NovaJudge.StatesLanguage.Json;

/// <summary>Equality as Java's collections have it. Hashes by shape and size, so that even hostile lists are compared in near linear time.</summary>
internal sealed class JsonEqualityComparer : IEqualityComparer<JsonValue>
{
    public static readonly JsonEqualityComparer Instance = new();

    public bool Equals(JsonValue? x, JsonValue? y) => x is not null && y is not null && JsonEquality.AreEqual(x, y, javaNumbers: true);

    public int GetHashCode([DisallowNull] JsonValue obj) => obj switch
    {
        JsonString text => string.GetHashCode(text.Text, StringComparison.Ordinal),
        JsonNumber number => double.TryParse(number.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value.GetHashCode() : 0,
        JsonArray array => HashCode.Combine(JsonKind.Array, array.Count, array.Count > 0 && !array[0].IsContainer ? GetHashCode(array[0]) : 0),
        JsonObject map => HashMap(map),
        _ => (int)obj.Kind,
    };

    // Independent of the order of the properties.
    private int HashMap(JsonObject map)
    {
        var hash = map.Count;
        foreach (var (name, value) in map.Properties)
        {
            hash += string.GetHashCode(name, StringComparison.Ordinal) ^ (value.IsContainer ? 17 : GetHashCode(value) * 31);
        }

        return hash;
    }
}
