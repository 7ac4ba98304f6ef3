using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text.Json;
using NovaJudge.Pipeline;

namespace NovaJudge.Local.Commands.Importing;

/// <summary>The JSON values of a file, one after the other: one document, or one a line.</summary>
internal static class JsonValues
{
    private static readonly LocalJsonContext Deep = new(new JsonSerializerOptions { MaxDepth = 256 });

    /// <exception cref="PipelineException"><see cref="ErrorNames.BadInput"/>: the file cannot be read, or is not JSON.</exception>
    public static async IAsyncEnumerable<JsonElement> ReadAsync(string path, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var file = Open(path);
        var reader = PipeReader.Create(file, new StreamPipeReaderOptions(bufferSize: 256 * 1024));
        await using var values = JsonSerializer.DeserializeAsyncEnumerable(reader, Deep.JsonElement, topLevelValues: true, cancellationToken).GetAsyncEnumerator(cancellationToken);
        var number = 0;
        while (true)
        {
            number++;
            try
            {
                if (!await values.MoveNextAsync())
                {
                    break;
                }
            }
            catch (Exception e) when (e is JsonException or InvalidOperationException)
            {
                throw PipelineException.BadInput($"{path}: {(number == 1 ? "it is" : $"after {number - 1} values it is")} not JSON. {e.Message}");
            }

            yield return values.Current;
        }
    }

    /// <summary>A field of an object; <c>null</c> when it is not there, or null.</summary>
    public static JsonElement? Field(this JsonElement element, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element))
            {
                return null;
            }
        }

        return element.ValueKind == JsonValueKind.Null ? null : element;
    }

    /// <summary>A field that is a text.</summary>
    public static string? Text(this JsonElement element, params ReadOnlySpan<string> path) =>
        element.Field(path) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    /// <summary>Opens a file that somebody named.</summary>
    /// <exception cref="PipelineException"><see cref="ErrorNames.BadInput"/>: it cannot be read.</exception>
    public static FileStream Open(string path)
    {
        try
        {
            return File.OpenRead(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw PipelineException.BadInput(e is FileNotFoundException or DirectoryNotFoundException ? $"{path}: there is no such file." : $"{path}: {e.Message}");
        }
    }
}
