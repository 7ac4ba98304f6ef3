using System.Text;

namespace NovaJudge.StatesLanguage.Json;

/// <summary>An immutable JSON value. Values are shared between states, never copied, and know their size in UTF-8 bytes from birth.</summary>
internal abstract class JsonValue(JsonKind kind, long size)
{
    public static readonly JsonValue Null = new JsonLiteral(JsonKind.Null, "null");
    public static readonly JsonValue True = new JsonLiteral(JsonKind.True, "true");
    public static readonly JsonValue False = new JsonLiteral(JsonKind.False, "false");

    public JsonKind Kind { get; } = kind;

    /// <summary>The length in bytes of the compact UTF-8 text; this is what the payload limit counts.</summary>
    public long Size { get; } = size;

    public bool IsBoolean => Kind is JsonKind.True or JsonKind.False;

    public bool IsContainer => Kind is JsonKind.Array or JsonKind.Object;

    public static JsonValue From(bool value) => value ? True : False;

    public static JsonValue From(string? value) => value is null ? Null : new JsonString(value);

    public static JsonValue From(long value) => JsonNumber.From(value);

    public static JsonValue Parse(string text) => JsonReader.Parse(Encoding.UTF8.GetBytes(text));

    /// <summary>The compact UTF-8 text.</summary>
    public byte[] ToUtf8() => JsonWriter.Write(this);

    /// <summary>The compact text, as it is quoted in error causes.</summary>
    public override string ToString() => Encoding.UTF8.GetString(ToUtf8());
}

internal sealed class JsonLiteral(JsonKind kind, string text) : JsonValue(kind, text.Length)
{
    public string Text { get; } = text;
}

internal sealed class JsonString : JsonValue
{
    public static readonly JsonString Empty = new("");

    public JsonString(string text)
        : base(JsonKind.String, JsonText.QuotedSize(text)) => Text = text;

    public string Text { get; }
}
