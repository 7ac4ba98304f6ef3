using System.Diagnostics.CodeAnalysis;

namespace NovaJudge.StatesLanguage.Json;

/// <summary>Properties in the order of first appearance; of a repeated name the last value counts.</summary>
internal sealed class JsonObject(KeyValuePair<string, JsonValue>[] properties) : JsonValue(JsonKind.Object, SizeOf(properties))
{
    public static readonly JsonObject Empty = new([]);

    // Small objects are searched in order: a table costs more than it saves below this count.
    private const int Indexed = 12;

    private readonly KeyValuePair<string, JsonValue>[] _properties = properties;
    private Dictionary<string, int>? _index;

    public int Count => _properties.Length;

    public ReadOnlySpan<KeyValuePair<string, JsonValue>> Properties => _properties;

    public JsonValue? this[string name] => TryGet(name, out var value) ? value : null;

    public bool TryGet(string name, [NotNullWhen(true)] out JsonValue? value)
    {
        var at = IndexOf(name);
        value = at < 0 ? null : _properties[at].Value;
        return at >= 0;
    }

    public bool Has(string name) => IndexOf(name) >= 0;

    /// <summary>A copy in which the property has the value: in its old place, or last when it is new.</summary>
    public JsonObject With(string name, JsonValue value)
    {
        var at = IndexOf(name);
        var copy = new KeyValuePair<string, JsonValue>[at < 0 ? Count + 1 : Count];
        _properties.CopyTo(copy, 0);
        copy[at < 0 ? Count : at] = new(name, value);
        return new JsonObject(copy);
    }

    private int IndexOf(string name)
    {
        if (_properties.Length < Indexed)
        {
            for (var i = 0; i < _properties.Length; i++)
            {
                if (_properties[i].Key == name)
                {
                    return i;
                }
            }

            return -1;
        }

        return (_index ?? BuildIndex()).TryGetValue(name, out var at) ? at : -1;
    }

    private Dictionary<string, int> BuildIndex()
    {
        var index = new Dictionary<string, int>(_properties.Length, StringComparer.Ordinal);
        for (var i = 0; i < _properties.Length; i++)
        {
            index[_properties[i].Key] = i;
        }

        return _index = index;
    }

    private static long SizeOf(KeyValuePair<string, JsonValue>[] properties)
    {
        long size = 2 + Math.Max(0, properties.Length - 1);
        foreach (var (name, value) in properties)
        {
            size += JsonText.QuotedSize(name) + 1 + value.Size;
        }

        return size;
    }
}
