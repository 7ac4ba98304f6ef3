using System.Text;
using System.Text.Json;
using NovaJudge.Pipeline;

namespace NovaJudge.Local.Commands;

/// <summary>Reads files of JSON as they are written, however deep, and says what is wrong with those that are none.</summary>
internal static class JsonFile
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The text of a file that holds one JSON value.</summary>
    /// <exception cref="PipelineException">It holds something else; the message names the file and the line.</exception>
    public static async Task<string> ReadAsync(FileInfo file, CancellationToken cancellationToken)
    {
        var text = await ReadTextAsync(file, cancellationToken);
        try
        {
            Check(Encoding.UTF8.GetBytes(text));
            return text;
        }
        catch (JsonException e)
        {
            throw PipelineException.BadInput($"{file}, line {e.LineNumber + 1}, column {e.BytePositionInLine + 1}: it is not JSON.");
        }
        catch (InvalidOperationException)
        {
            throw PipelineException.BadInput($"{file}: a text in it holds half of a surrogate pair.");
        }
    }

    /// <summary>The text of a file, whatever it says, without a byte order mark.</summary>
    public static async Task<string> ReadTextAsync(FileInfo file, CancellationToken cancellationToken)
    {
        var bytes = await File.ReadAllBytesAsync(file.FullName, cancellationToken);
        try
        {
            return Strict.GetString(bytes.AsSpan(bytes.AsSpan().StartsWith("\uFEFF"u8) ? 3 : 0));
        }
        catch (DecoderFallbackException)
        {
            throw PipelineException.BadInput($"{file}: it is not UTF-8.");
        }
    }

    private static void Check(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 10_000_000 });
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.ValueIsEscaped)
            {
                reader.GetString(); // Only reading a text shows that its escapes make one.
            }
        }
    }
}
