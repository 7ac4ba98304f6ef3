using System.CommandLine;
using System.Text.Json.Nodes;
using NovaJudge.Pipeline;

namespace NovaJudge.Local.Commands;

/// <summary>The options that describe a run; each overrides a field of the request file, which overrides the defaults.</summary>
internal sealed class RequestOptions
{
    private readonly JudgeOptions _judging = new();
    private readonly Option<string?> _dataset = new("--dataset") { Description = "SQuAD, JSON Lines or CSV file, or embedded:squad-sample.", HelpName = "FILE" };
    private readonly Option<string?> _pairs = new("--pairs") { Description = "Only judge: JSON Lines or CSV with prompt, response_A and response_B; all of it unless --sample says otherwise.", HelpName = "FILE" };
    private readonly Option<string?> _sample = new("--sample") { Description = "all, or first:N, random:N, stratified:N (by article).", HelpName = "HOW" };
    private readonly Option<long?> _seed = new("--seed") { Description = "Seed of the sample; equal seeds draw equal samples. Default 42.", HelpName = "N" };
    private readonly Option<string?> _modelA = new("--model-a") { Description = "The baseline: openai:URL#NAME, ollama:NAME, file:ANSWERS.jsonl, run:ID/a|b or embedded:NAME.", HelpName = "SPEC" };
    private readonly Option<string?> _modelB = new("--model-b") { Description = "The challenger.", HelpName = "SPEC" };
    private readonly Option<string?> _cache = new("--cache") { Description = "run: this run's own answers when it resumes (default); shared: those of all runs, too; off: nobody's.", HelpName = "WHOSE" };
    private readonly Option<int?> _repeats = new("--repeats") { Description = "Ask each model so often for each prompt, to see how its answers vary. Never from the cache. Default 1.", HelpName = "N" };
    private readonly Option<string?> _nameA = new("--name-a") { Description = "What people read for A.", HelpName = "NAME" };
    private readonly Option<string?> _nameB = new("--name-b") { Description = "What people read for B.", HelpName = "NAME" };
    private readonly Option<string?> _prompt = new("--prompt") { Description = "How a record becomes a prompt, with {question}, {context}, {category}, {id}; or @FILE.", HelpName = "TEMPLATE" };
    private readonly Option<string?> _systemPrompt = new("--system-prompt") { Description = "System prompt of both models; or @FILE. One of them only: --set modelA.systemPrompt=TEXT", HelpName = "TEXT" };
    private readonly Option<double?> _temperature = new("--temperature") { Description = "Temperature of both models. Default: not sent.", HelpName = "T" };
    private readonly Option<int?> _maxTokens = new("--max-tokens") { Description = "Longest answer of both models, in tokens. Default 512.", HelpName = "N" };
    private readonly Option<string?> _keyA = new("--key-a") { Description = "Environment variable that holds the API key of A; never the key itself.", HelpName = "VARIABLE" };
    private readonly Option<string?> _keyB = new("--key-b") { Description = "The same for B.", HelpName = "VARIABLE" };
    private readonly Option<string?> _suite = new("--suite") { Description = "Runs of one suite are compared over time. Default: the data set's name.", HelpName = "NAME" };
    private readonly Option<string?> _runId = new("--run-id") { Description = "Name the run yourself; naming an unfinished one resumes it.", HelpName = "ID" };

    private readonly CostOptions _cost = new();

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_dataset, _pairs, _sample, _seed, _modelA, _modelB, _nameA, _nameB, _keyA, _keyB, _prompt, _systemPrompt, _temperature, _maxTokens, _cache, _repeats, _suite, _runId])
        {
            command.Options.Add(option);
        }

        _judging.AddTo(command);
        _cost.AddTo(command);
    }

    /// <summary>The run id that was given, if any.</summary>
    public string? RunId(ParseResult result) => result.GetValue(_runId);

    /// <summary>The request as far as options and file say something.</summary>
    /// <exception cref="PipelineException"><see cref="ErrorNames.BadInput"/></exception>
    public JsonObject Read(ParseResult result)
    {
        var request = _judging.ReadFile(result);
        RequestFields.Set(request, result.GetValue(_suite), "suite");
        RequestFields.Set(request, RequestFields.FullPath(result.GetValue(_dataset)), "dataset", "source");
        RequestFields.Set(request, result.GetValue(_seed), "dataset", "sample", "seed");
        RequestFields.Set(request, RequestFields.FullSpec(result.GetValue(_modelA)), "modelA", "model");
        RequestFields.Set(request, RequestFields.FullSpec(result.GetValue(_modelB)), "modelB", "model");
        RequestFields.Set(request, result.GetValue(_nameA), "modelA", "name");
        RequestFields.Set(request, result.GetValue(_nameB), "modelB", "name");
        RequestFields.Set(request, result.GetValue(_keyA), "modelA", "apiKeyVariable");
        RequestFields.Set(request, result.GetValue(_keyB), "modelB", "apiKeyVariable");
        RequestFields.Set(request, result.GetValue(_prompt) is { } template ? RequestFields.TextOrFile(template) : null, "dataset", "promptTemplate");
        RequestFields.Set(request, result.GetValue(_cache), "generation", "cache");
        RequestFields.Set(request, result.GetValue(_repeats), "generation", "repeats");
        foreach (var model in new[] { "modelA", "modelB" })
        {
            RequestFields.Set(request, result.GetValue(_systemPrompt) is { } system ? RequestFields.TextOrFile(system) : null, model, "systemPrompt");
            RequestFields.Set(request, result.GetValue(_temperature), model, "temperature");
            RequestFields.Set(request, result.GetValue(_maxTokens), model, "maxTokens");
        }

        if (result.GetValue(_pairs) is { } pairs)
        {
            ReadPairs(request, pairs, result.GetValue(_dataset) is not null);
        }

        if (result.GetValue(_sample) is { } sample)
        {
            var parts = sample.Split(':');
            RequestFields.Set(request, parts[0], "dataset", "sample", "method");
            if (parts.Length > 1)
            {
                RequestFields.Set(request, int.TryParse(parts[1], out var size)
                    ? size
                    : throw PipelineException.BadInput($"--sample {sample}: a number is expected after the colon, such as random:200."), "dataset", "sample", "size");
            }
        }

        _judging.Apply(result, request);
        _cost.Apply(result, request);
        return request;
    }

    private static void ReadPairs(JsonObject request, string pairs, bool hasDataset)
    {
        if (hasDataset)
        {
            throw PipelineException.BadInput("--pairs and --dataset both name the data; pairs bring their prompts along.");
        }

        RequestFields.Set(request, RequestFields.FullPath(pairs), "dataset", "source");
        RequestFields.Set(request, "pairs", "dataset", "format");
        if (request["dataset"]?["sample"]?["method"] is null)
        {
            RequestFields.Set(request, "all", "dataset", "sample", "method");
        }
    }
}
