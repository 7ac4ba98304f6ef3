using System.Runtime.InteropServices;

namespace NovaJudge.StatesLanguage.Json;

internal sealed class JsonObjectBuilder(int capacity = 4)
{
    private readonly List<KeyValuePair<string, JsonValue>> _properties = new(capacity);
    private Dictionary<string, int>? _index;

    public JsonObjectBuilder Set(string name, JsonValue value)
    {
        var at = Find(name);
        if (at >= 0)
        {
            _properties[at] = new(name, value);
            return this;
        }

        _index?.Add(name, _properties.Count);
        _properties.Add(new(name, value));
        return this;
    }

    public JsonObjectBuilder Set(string name, string? value) => Set(name, JsonValue.From(value));

    public JsonObjectBuilder Set(string name, long value) => Set(name, JsonNumber.From(value));

    public JsonObject Build() => _properties.Count == 0 ? JsonObject.Empty : new JsonObject([.. _properties]);

    private int Find(string name)
    {
        if (_index is not null)
        {
            return _index.TryGetValue(name, out var at) ? at : -1;
        }

        var properties = CollectionsMarshal.AsSpan(_properties);
        for (var i = 0; i < properties.Length; i++)
        {
            if (properties[i].Key == name)
            {
                return i;
            }
        }

        if (properties.Length >= 16)
        {
            _index = new(StringComparer.Ordinal);
            for (var i = 0; i < properties.Length; i++)
            {
                _index.Add(properties[i].Key, i);
            }
        }

        return -1;
    }
}
