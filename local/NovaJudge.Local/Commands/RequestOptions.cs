using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using NovaJudge.Pipeline;

namespace NovaJudge.Local.Commands;

/// <summary>The options that describe a run; each overrides a field of the request file, which overrides the defaults.</summary>
internal sealed class RequestOptions
{
    private readonly Option<FileInfo?> _request = new("--request") { Description = "A request as JSON; every field is optional.", HelpName = "FILE" };
    private readonly Option<string?> _dataset = new("--dataset") { Description = "SQuAD, JSON Lines or CSV file, or embedded:squad-sample.", HelpName = "FILE" };
    private readonly Option<string?> _sample = new("--sample") { Description = "all, or first:N, random:N, stratified:N (by article).", HelpName = "HOW" };
    private readonly Option<long?> _seed = new("--seed") { Description = "Seed of the sample; equal seeds draw equal samples. Default 42.", HelpName = "N" };
    private readonly Option<string?> _modelA = new("--model-a") { Description = "The baseline: openai:URL#NAME, ollama:NAME, file:ANSWERS.jsonl, run:ID/a|b or embedded:NAME.", HelpName = "SPEC" };
    private readonly Option<string?> _modelB = new("--model-b") { Description = "The challenger.", HelpName = "SPEC" };
    private readonly Option<string?> _judge = new("--judge") { Description = "embedded:token-f1, or model:SPEC.", HelpName = "KIND" };
    private readonly Option<string?> _cache = new("--cache") { Description = "run: this run's own answers when it resumes (default); shared: those of all runs, too; off: nobody's.", HelpName = "WHOSE" };
    private readonly Option<int?> _repeats = new("--repeats") { Description = "Ask each model so often for each prompt, to see how its answers vary. Never from the cache. Default 1.", HelpName = "N" };
    private readonly Option<string?> _suite = new("--suite") { Description = "Runs of one suite are compared over time. Default: the data set's name.", HelpName = "NAME" };
    private readonly Option<string?> _runId = new("--run-id") { Description = "Name the run yourself; naming an unfinished one resumes it.", HelpName = "ID" };

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_dataset, _sample, _seed, _modelA, _modelB, _judge, _cache, _repeats, _suite, _runId, _request])
        {
            command.Options.Add(option);
        }
    }

    /// <summary>The run id that was given, if any.</summary>
    public string? RunId(ParseResult result) => result.GetValue(_runId);

    /// <summary>The request as far as options and file say something.</summary>
    /// <exception cref="PipelineException"><see cref="ErrorNames.BadInput"/></exception>
    public JsonObject Read(ParseResult result)
    {
        var request = result.GetValue(_request) is { } file ? ReadFile(file) : [];
        Set(request, result.GetValue(_suite), "suite");
        Set(request, FullPath(result.GetValue(_dataset)), "dataset", "source");
        Set(request, result.GetValue(_seed), "dataset", "sample", "seed");
        Set(request, FullSpec(result.GetValue(_modelA)), "modelA", "model");
        Set(request, FullSpec(result.GetValue(_modelB)), "modelB", "model");
        Set(request, result.GetValue(_judge), "judge", "kind");
        Set(request, result.GetValue(_cache), "generation", "cache");
        Set(request, result.GetValue(_repeats), "generation", "repeats");
        if (result.GetValue(_sample) is { } sample)
        {
            var parts = sample.Split(':');
            Set(request, parts[0], "dataset", "sample", "method");
            if (parts.Length > 1)
            {
                Set(request, int.TryParse(parts[1], out var size)
                    ? size
                    : throw PipelineException.BadInput($"--sample {sample}: a number is expected after the colon, such as random:200."), "dataset", "sample", "size");
            }
        }

        return request;
    }

    private static JsonObject ReadFile(FileInfo file)
    {
        try
        {
            return JsonNode.Parse(File.ReadAllBytes(file.FullName), documentOptions: new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true })
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

    /// <summary>Paths are kept whole, so that the run can be repeated from any folder.</summary>
    private static string? FullPath(string? source) =>
        source is null || source.Contains("://", StringComparison.Ordinal) || source.StartsWith("embedded:", StringComparison.Ordinal) ? source : Path.GetFullPath(source);

    private static string? FullSpec(string? spec) =>
        spec?.StartsWith("file:", StringComparison.Ordinal) == true && spec.Length > 5 ? $"file:{Path.GetFullPath(spec[5..])}" : spec;

    private static void Set(JsonObject request, JsonNode? value, params ReadOnlySpan<string> path)
    {
        if (value is null)
        {
            return;
        }

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
}
