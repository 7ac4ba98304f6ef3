using System.Text.Json;
using System.Text.Json.Nodes;
using NovaJudge.Pipeline;

namespace NovaJudge.Local.Commands;

/// <summary>Requests as they are put together from a file and from options.</summary>
internal static class RequestFields
{
    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <exception cref="PipelineException"><see cref="ErrorNames.BadInput"/></exception>
    public static JsonObject ReadFile(FileInfo file)
    {
        try
        {
            return JsonNode.Parse(File.ReadAllBytes(file.FullName), documentOptions: Lenient)
                as JsonObject ?? throw PipelineException.BadInput($"{file}: a request is a JSON object.");
        }
        catch (JsonException e)
        {
            throw PipelineException.BadInput($"{file}, line {e.LineNumber + 1}: it is not JSON. {e.Message}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw PipelineException.BadInput($"{file}: {e.Message}");
        }
    }

    /// <summary>Sets one field, and makes the objects on the way; nothing where there is no value.</summary>
    public static void Set(JsonObject request, JsonNode? value, params ReadOnlySpan<string> path)
    {
        if (value is not null)
        {
            Put(request, value, path);
        }
    }

    private static void Put(JsonObject request, JsonNode? value, ReadOnlySpan<string> path)
    {
        foreach (var name in path[..^1])
        {
            if (request[name] is not JsonObject child)
            {
                request[name] = child = [];
            }

            request = child;
        }

        request[path[^1]] = value;
    }

    /// <summary>Applies what <c>--set PATH=VALUE</c> says: a value is JSON where it can be read as that, else a text; <c>null</c> takes back what was set; <c>@FILE</c> is the text of a file.</summary>
    /// <exception cref="PipelineException"><see cref="ErrorNames.BadInput"/></exception>
    public static void Apply(JsonObject request, IEnumerable<string> settings)
    {
        foreach (var setting in settings)
        {
            var equals = setting.IndexOf('=', StringComparison.Ordinal);
            var path = equals < 0 ? [] : setting[..equals].Split('.');
            if (path.Length == 0 || path.Any(name => name.Length == 0))
            {
                // What was given may be a key that slipped in here; it is not repeated.
                throw PipelineException.BadInput("--set: PATH=VALUE is expected, such as modelA.temperature=0.2 or judge.model.maxTokens=2048.");
            }

            Put(request, Value(setting[(equals + 1)..]), path);
        }
    }

    /// <summary>A text as given, or that of a file when it begins with <c>@</c>.</summary>
    public static string TextOrFile(string given)
    {
        if (!given.StartsWith('@'))
        {
            return given;
        }

        try
        {
            return File.ReadAllText(given[1..]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw PipelineException.BadInput($"{given[1..]}: {e.Message}");
        }
    }

    /// <summary>Paths are kept whole, so that the run can be repeated from any folder.</summary>
    public static string? FullPath(string? source) =>
        source is null || source.Contains("://", StringComparison.Ordinal) || source.StartsWith("embedded:", StringComparison.Ordinal) ? source : Path.GetFullPath(source);

    /// <summary>The same for the file in a model's spec.</summary>
    public static string? FullSpec(string? spec) =>
        spec?.StartsWith("file:", StringComparison.Ordinal) == true && spec.Length > 5 ? $"file:{Path.GetFullPath(spec[5..])}" : spec;

    private static JsonNode? Value(string text)
    {
        if (text.StartsWith('@'))
        {
            return TextOrFile(text);
        }

        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return text;
        }
    }
}
