using System.Buffers;
using System.Text;

namespace NovaJudge.StatesLanguage.Json;

/// <summary>Writes compact JSON without recursion.</summary>
internal static class JsonWriter
{
    public static void Write(JsonValue value, IBufferWriter<byte> output)
    {
        if (!value.IsContainer)
        {
            WriteScalar(value, output);
            return;
        }

        var open = new Stack<(JsonValue Container, int Next)>();
        JsonText.Put(output, Opening(value));
        open.Push((value, 0));
        while (open.TryPop(out var top))
        {
            var (container, next) = top;
            if (next == Count(container))
            {
                JsonText.Put(output, container.Kind == JsonKind.Array ? (byte)']' : (byte)'}');
                continue;
            }

            if (next > 0)
            {
                JsonText.Put(output, (byte)',');
            }

            var child = Child(container, next, output);
            open.Push((container, next + 1));
            if (child.IsContainer)
            {
                JsonText.Put(output, Opening(child));
                open.Push((child, 0));
            }
            else
            {
                WriteScalar(child, output);
            }
        }
    }

    private static byte Opening(JsonValue container) => container.Kind == JsonKind.Array ? (byte)'[' : (byte)'{';

    private static int Count(JsonValue container) => container is JsonArray array ? array.Count : ((JsonObject)container).Count;

    private static JsonValue Child(JsonValue container, int at, IBufferWriter<byte> output)
    {
        if (container is JsonArray array)
        {
            return array[at];
        }

        var (name, value) = ((JsonObject)container).Properties[at];
        JsonText.WriteQuoted(name, output);
        JsonText.Put(output, (byte)':');
        return value;
    }

    private static void WriteScalar(JsonValue value, IBufferWriter<byte> output)
    {
        switch (value)
        {
            case JsonString text:
                JsonText.WriteQuoted(text.Text, output);
                break;
            case JsonNumber number:
                Encoding.ASCII.GetBytes(number.Text, output);
                break;
            default:
                Encoding.ASCII.GetBytes(((JsonLiteral)value).Text, output);
                break;
        }
    }
}
