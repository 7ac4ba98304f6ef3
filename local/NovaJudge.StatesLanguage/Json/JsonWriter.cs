using System.Text;

namespace NovaJudge.StatesLanguage.Json;

/// <summary>Writes compact JSON, without recursion, into exactly as many bytes as the value's size says.</summary>
internal ref struct JsonWriter(Span<byte> output)
{
    // Kept from call to call: most values are small and written often.
    [ThreadStatic]
    private static Stack<(JsonValue Container, int Next)>? _spare;

    private readonly Span<byte> _output = output;
    private int _at;

    public static byte[] Write(JsonValue value)
    {
        var bytes = new byte[checked((int)value.Size)];
        var writer = new JsonWriter(bytes);
        writer.WriteValue(value);
        return bytes;
    }

    private void WriteValue(JsonValue value)
    {
        if (!value.IsContainer)
        {
            WriteScalar(value);
            return;
        }

        var open = _spare ?? new();
        _spare = null;
        Put(Opening(value));
        open.Push((value, 0));
        while (open.TryPop(out var top))
        {
            var (container, next) = top;
            if (next == Count(container))
            {
                Put(container.Kind == JsonKind.Array ? (byte)']' : (byte)'}');
                continue;
            }

            if (next > 0)
            {
                Put((byte)',');
            }

            var child = WriteName(container, next);
            open.Push((container, next + 1));
            if (child.IsContainer)
            {
                Put(Opening(child));
                open.Push((child, 0));
            }
            else
            {
                WriteScalar(child);
            }
        }

        _spare = open.Capacity <= 1024 ? open : null;
    }

    private static byte Opening(JsonValue container) => container.Kind == JsonKind.Array ? (byte)'[' : (byte)'{';

    private static int Count(JsonValue container) => container is JsonArray array ? array.Count : ((JsonObject)container).Count;

    /// <summary>The child, after its name if it has one.</summary>
    private JsonValue WriteName(JsonValue container, int at)
    {
        if (container is JsonArray array)
        {
            return array[at];
        }

        var (name, value) = ((JsonObject)container).Properties[at];
        WriteQuoted(name);
        Put((byte)':');
        return value;
    }

    private void WriteScalar(JsonValue value)
    {
        switch (value)
        {
            case JsonString text:
                WriteQuoted(text.Text);
                break;
            case JsonNumber number:
                WritePlain(number.Text);
                break;
            default:
                WritePlain(((JsonLiteral)value).Text);
                break;
        }
    }

    private void WriteQuoted(ReadOnlySpan<char> text)
    {
        Put((byte)'"');
        for (int at; (at = text.IndexOfAny(JsonText.NeedEscape)) >= 0; text = text[(at + 1)..])
        {
            WritePlain(text[..at]);
            WritePlain(JsonText.Escape(text[at]));
        }

        WritePlain(text);
        Put((byte)'"');
    }

    private void WritePlain(ReadOnlySpan<char> text) => _at += Encoding.UTF8.GetBytes(text, _output[_at..]);

    private void Put(byte value) => _output[_at++] = value;
}
