using System.Text;
using System.Text.Json;

namespace NovaJudge.StatesLanguage.Json;

/// <summary>Reads strict JSON into values without recursion, so that the depth of the text cannot overflow the stack.</summary>
internal static class JsonReader
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = 10_000_000, CommentHandling = JsonCommentHandling.Disallow };

    // Property names repeat from item to item; the slots are shared and a lost race only costs one string.
    private static readonly string?[] Names = new string?[1024];

    // Kept from call to call: most texts are small and read often. Lost with an exception, and then made anew.
    [ThreadStatic]
    private static Workspace? _spare;

    /// <exception cref="JsonException">The text is not one JSON value.</exception>
    public static JsonValue Parse(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8, Options);
        try
        {
            reader.Read();
            var value = reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject
                ? ReadContainer(ref reader)
                : ReadScalar(ref reader);
            reader.Read();
            return value;
        }
        catch (JsonException fault)
        {
            throw JsonFault.Describe(utf8, fault);
        }
        catch (InvalidOperationException unreadable)
        {
            throw new JsonException("The text holds an invalid UTF-8 sequence or a lone surrogate.", unreadable);
        }
    }

    public static bool TryParse(ReadOnlySpan<byte> utf8, out JsonValue value)
    {
        try
        {
            value = Parse(utf8);
            return true;
        }
        catch (JsonException)
        {
            value = JsonValue.Null;
            return false;
        }
    }

    private static JsonValue ReadContainer(ref Utf8JsonReader reader)
    {
        var workspace = _spare ?? new Workspace();
        _spare = null;
        var result = ReadContainer(ref reader, workspace);
        _spare = workspace.IsSmall ? workspace : null;
        return result;
    }

    private static JsonValue ReadContainer(ref Utf8JsonReader reader, Workspace workspace)
    {
        var (values, names, frames) = (workspace.Values, workspace.Names, workspace.Frames);
        frames.Push((0, 0, reader.TokenType == JsonTokenType.StartObject));
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject or JsonTokenType.StartArray:
                    frames.Push((values.Count, names.Count, reader.TokenType == JsonTokenType.StartObject));
                    break;
                case JsonTokenType.PropertyName:
                    names.Add(ReadName(ref reader));
                    break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    var frame = frames.Pop();
                    JsonValue container = frame.IsObject ? BuildObject(values, frame.Values, names, frame.Names) : BuildArray(values, frame.Values);
                    if (frames.Count == 0)
                    {
                        return container;
                    }

                    values.Add(container);
                    break;
                default:
                    values.Add(ReadScalar(ref reader));
                    break;
            }
        }

        throw new JsonException(); // Not reached: the reader itself refuses a text that ends too early.
    }

    private static JsonArray BuildArray(List<JsonValue> values, int start)
    {
        var count = values.Count - start;
        if (count == 0)
        {
            return JsonArray.Empty;
        }

        var items = new JsonValue[count];
        values.CopyTo(start, items, 0, count);
        values.RemoveRange(start, count);
        return new JsonArray(items);
    }

    private static JsonObject BuildObject(List<JsonValue> values, int start, List<string> names, int firstName)
    {
        var count = values.Count - start;
        if (count == 0)
        {
            return JsonObject.Empty;
        }

        JsonObject result;
        if (HasRepeatedName(names, firstName))
        {
            var builder = new JsonObjectBuilder(count);
            for (var i = 0; i < count; i++)
            {
                builder.Set(names[firstName + i], values[start + i]);
            }

            result = builder.Build();
        }
        else
        {
            var properties = new KeyValuePair<string, JsonValue>[count];
            for (var i = 0; i < count; i++)
            {
                properties[i] = new(names[firstName + i], values[start + i]);
            }

            result = new JsonObject(properties);
        }

        values.RemoveRange(start, count);
        names.RemoveRange(firstName, count);
        return result;
    }

    private static bool HasRepeatedName(List<string> names, int first)
    {
        if (names.Count - first > 16)
        {
            var seen = new HashSet<string>(names.Count - first, StringComparer.Ordinal);
            for (var i = first; i < names.Count; i++)
            {
                if (!seen.Add(names[i]))
                {
                    return true;
                }
            }

            return false;
        }

        for (var i = first + 1; i < names.Count; i++)
        {
            for (var j = first; j < i; j++)
            {
                if (names[i] == names[j])
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static JsonValue ReadScalar(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.String => new JsonString(reader.GetString()!),
        JsonTokenType.Number => ReadNumber(reader.ValueSpan),
        JsonTokenType.True => JsonValue.True,
        JsonTokenType.False => JsonValue.False,
        JsonTokenType.Null => JsonValue.Null,
        _ => throw new JsonException($"Unexpected {reader.TokenType}."),
    };

    private static JsonNumber ReadNumber(ReadOnlySpan<byte> text) =>
        text.Length == 1 ? JsonNumber.From(text[0] - '0') : new JsonNumber(Encoding.ASCII.GetString(text));

    private static string ReadName(ref Utf8JsonReader reader)
    {
        var text = reader.ValueSpan;
        if (reader.ValueIsEscaped || text.Length is 0 or > 40 || !Ascii.IsValid(text))
        {
            return reader.GetString()!;
        }

        var hash = 17u;
        foreach (var unit in text)
        {
            hash = (hash * 31) + unit;
        }

        ref var slot = ref Names[hash % (uint)Names.Length];
        var known = slot;
        if (known is not null && Ascii.Equals(text, known))
        {
            return known;
        }

        return slot = reader.GetString()!;
    }

    private sealed class Workspace
    {
        private const int Small = 1024;

        public List<JsonValue> Values { get; } = [];

        public List<string> Names { get; } = [];

        public Stack<(int Values, int Names, bool IsObject)> Frames { get; } = new();

        public bool IsSmall => Values.Capacity <= Small && Names.Capacity <= Small && Frames.Capacity <= Small;
    }
}
