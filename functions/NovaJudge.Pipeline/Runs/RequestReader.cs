using System.Text.Json;
using System.Text.RegularExpressions;
using NovaJudge.Pipeline.Costs;
using NovaJudge.Pipeline.Datasets.Sampling;
using NovaJudge.Pipeline.Judging.ByModel;

namespace NovaJudge.Pipeline.Runs;

/// <summary>
/// Makes a complete <see cref="EvaluationRequest"/> of what somebody wrote, which may be as little as <c>{}</c>.
/// Everything that is wrong is told at once, each problem with its JSON path.
/// </summary>
public sealed partial class RequestReader(RequestDefaults defaults)
{
    /// <summary>The machine ends after a day, and needs time before and after the judge.</summary>
    private const int LongestJudgeMinutes = 20 * 60;

    private const int MostRepeats = 100;

    /// <summary>Each is judged twice in every run.</summary>
    private const int MostAnchors = 500;

    private static readonly string[] Formats = ["auto", "squad", "jsonl", "csv", "pairs"];

    /// <summary>Fields of a call that hold the question, or would make the answer come in pieces.</summary>
    private static readonly string[] ReservedFields = ["messages", "stream"];

    private static readonly string[] GateConditions = ["regression", "errors", "score", "inconclusive"];

    /// <summary>Reads a request. The result is complete only when no problem was added.</summary>
    /// <param name="body">The request as written; fields that belong to the trigger are taken out before.</param>
    /// <param name="identity">The run's id, time and trigger, which the trigger decides.</param>
    /// <param name="problems">Receives one sentence for each problem.</param>
    public EvaluationRequest Read(JsonElement body, RunIdentity identity, List<string> problems)
    {
        var fields = new JsonFields(body, "$", problems);
        var dataset = ReadDataset(fields.Object("dataset"));
        var models = dataset.Format == "pairs" ? defaults.ForPairs : defaults;
        var request = new EvaluationRequest
        {
            RunId = identity.RunId,
            CreatedAt = identity.CreatedAt,
            Trigger = identity.Trigger,
            Suite = ReadSuite(fields, dataset.Source),
            Dataset = dataset,
            ModelA = ReadModel(fields.Object("modelA"), models.ModelA),
            ModelB = ReadModel(fields.Object("modelB"), models.ModelB),
            Generation = ReadGeneration(fields.Object("generation"), identity.Trigger),
            Judge = ReadJudge(fields.Object("judge")),
            Analysis = ReadAnalysis(fields.Object("analysis")),
            Gate = ReadGate(fields.Object("gate")),
            Cost = ReadCost(fields.Any("cost") is null ? null : fields.Object("cost")),
        };
        RefuseFruitlessRepeats(request, fields);
        fields.RefuseOthers();
        return request;
    }

    /// <summary>Repeats show how a model's answers vary; where they cannot vary they would only look like more evidence.</summary>
    private static void RefuseFruitlessRepeats(EvaluationRequest request, JsonFields fields)
    {
        if (request.Generation.Repeats is null)
        {
            return;
        }

        if (request.Dataset.Format == "pairs")
        {
            fields.Problem("generation.repeats", "the data set brings its answers along, so none can be asked for again");
        }

        foreach (var (name, model) in new[] { ("modelA", request.ModelA), ("modelB", request.ModelB) })
        {
            if (model.Seed is not null)
            {
                fields.Problem($"{name}.seed", "with a seed every repeat is the same answer; leave it out, or leave generation.repeats out");
            }
        }
    }

    private static string ReadSuite(JsonFields fields, string source)
    {
        var suite = fields.Text("suite", Slug.Of(Path.GetFileNameWithoutExtension(source.Split(':', '/', '\\')[^1]), 30));
        if (!SuiteName.IsMatch(suite))
        {
            fields.Problem("suite", $"1 to 40 of a-z, 0-9 and '-' are expected, not \"{suite}\"");
        }

        return suite;
    }

    private DatasetSettings ReadDataset(JsonFields fields)
    {
        var source = fields.OptionalText("source") ?? defaults.DatasetSource;
        if (string.IsNullOrWhiteSpace(source))
        {
            fields.Problem("source", "a data set is expected");
            source = "missing";
        }

        var sample = fields.Object("sample");
        var size = sample.OptionalWhole("size", 1, 10_000_000);
        var whole = source.StartsWith(defaults.WholeDatasetPrefix, StringComparison.Ordinal);
        var method = sample.Word("method", whole && size is null ? SampleMethod.All : SampleMethod.Stratified, PipelineJson.Documents.SampleMethod);
        if (method == SampleMethod.All && size is not null)
        {
            sample.Problem("size", "method \"all\" takes no size; leave it out, or choose first, random or stratified");
        }

        var template = fields.Text("promptTemplate", RequestDefaults.PromptTemplate, RequestDefaults.MaxTemplateLength);
        if (Generation.PromptTemplate.Problem(template) is { } problem)
        {
            fields.Problem("promptTemplate", problem);
        }

        var settings = new DatasetSettings
        {
            Source = source,
            Format = fields.Word("format", "auto", Formats),
            Sample = new SampleSettings(
                method, method == SampleMethod.All ? 0 : (int)(size ?? defaults.SampleSize), sample.OptionalWhole("seed", 0, long.MaxValue) ?? 42),
            PromptTemplate = template,
            IncludeUnanswerable = fields.Flag("includeUnanswerable", false),
        };
        sample.RefuseOthers();
        fields.RefuseOthers();
        return settings;
    }

    private static ModelSettings ReadModel(JsonFields fields, ModelDefaults? fallback)
    {
        var text = fields.OptionalText("model") ?? fallback?.Model;
        string? problem = null;
        var spec = text is null ? null : ModelSpec.TryParse(text, out problem);
        if (spec is null)
        {
            fields.Problem("model", text is not null && LiteralKeys.AreIn(text) ? $"a model spec is expected; {LiteralKeys.Advice}" : problem ?? "a model is expected");
            spec = ModelSpec.Parse("file:missing");
        }

        var isFallback = text == fallback?.Model;
        if (LiteralKeys.AreIn(spec))
        {
            fields.Problem("model", $"the address carries a key; {LiteralKeys.Advice}");
            spec = ModelSpec.Parse("file:missing");
        }

        // Whatever stands here instead of a name may be the key: it is not repeated.
        var apiKey = fields.Any("apiKeyVariable");
        var apiKeyVariable = apiKey is { ValueKind: JsonValueKind.String } given ? given.GetString() : null;
        if (apiKey is not null && (apiKeyVariable is null || !LiteralKeys.IsVariableName(apiKeyVariable)))
        {
            fields.Problem("apiKeyVariable", "the name of an environment variable is expected (A-Z, 0-9 and _), never the key itself");
        }

        var name = fields.Text("name", (isFallback ? fallback?.Name : null) ?? spec.ToString(), 200);
        if (string.IsNullOrWhiteSpace(name) || name.Any(char.IsControl) || LiteralKeys.AreIn(name))
        {
            fields.Problem("name", "a name of visible characters on one line is expected, and no key");
        }

        var extra = ReadExtra(fields);

        var settings = new ModelSettings
        {
            Model = spec,
            Name = name,
            MaxTokens = fields.Whole("maxTokens", (isFallback ? fallback?.MaxTokens : null) ?? 512, 1, 1_000_000),
            Temperature = fields.OptionalNumber("temperature", 0, 2) ?? (isFallback ? fallback?.Temperature : null),
            TopP = fields.OptionalNumber("topP", 0, 1),
            Seed = fields.OptionalWhole("seed", long.MinValue, long.MaxValue),
            SystemPrompt = fields.OptionalText("systemPrompt", RequestDefaults.MaxTemplateLength),
            Stop = fields.OptionalTexts("stop"),
            Extra = extra,
            ApiKeyVariable = apiKeyVariable,
        };
        fields.RefuseOthers();
        return settings;
    }

    private static JsonElement? ReadExtra(JsonFields fields)
    {
        var extra = fields.Any("extra");
        if (extra is { ValueKind: not JsonValueKind.Object })
        {
            fields.Problem("extra", "an object of further body fields is expected");
            return null;
        }

        if (extra is { } further)
        {
            if (LiteralKeys.Find(further) is { } place)
            {
                fields.Problem($"extra{place}", $"a key does not belong into a request; {LiteralKeys.Advice}");
            }

            foreach (var name in ReservedFields.Where(name => further.TryGetProperty(name, out _)))
            {
                fields.Problem($"extra.{name}", "the pipeline writes this field itself; use systemPrompt and dataset.promptTemplate for what is asked");
            }
        }

        return extra;
    }

    private GenerationSettings ReadGeneration(JsonFields fields, RunTrigger trigger)
    {
        var concurrency = fields.Object("concurrency");
        var settings = new GenerationSettings
        {
            BatchSize = fields.Whole("batchSize", defaults.BatchSize, 1, 1000),
            Concurrency = new ConcurrencySettings(concurrency.Whole("a", 4, 1, 1000), concurrency.Whole("b", 8, 1, 1000)),
            ToleratedFailurePercentage = fields.Number("toleratedFailurePercentage", 10, 0, 100),
            TimeoutSeconds = fields.Whole("timeoutSeconds", 120, 1, 3600),
            Cache = fields.Word("cache", CacheMode.Run, PipelineJson.Documents.CacheMode),
            Repeats = fields.OptionalWhole("repeats", 1, MostRepeats) is { } repeats and > 1 ? (int)repeats : null,
        };
        if (settings.Cache == CacheMode.Shared && trigger is RunTrigger.Schedule or RunTrigger.Upload)
        {
            fields.Problem("cache", $"a run by {(trigger == RunTrigger.Schedule ? "schedule" : "upload")} sees the models as they are now and takes no answer of another run; \"run\" or \"off\" is expected");
        }

        if (settings is { Cache: CacheMode.Shared, Repeats: not null })
        {
            fields.Problem("cache", "answers that are asked for again on purpose never come from the cache; with repeats \"run\" or \"off\" is expected");
        }

        concurrency.RefuseOthers();
        fields.RefuseOthers();
        return settings;
    }

    private JudgeSettings ReadJudge(JsonFields fields)
    {
        var kind = fields.Text("kind", defaults.JudgeKind);
        ModelSpec? caller = null;
        if (kind.StartsWith("model:", StringComparison.Ordinal))
        {
            caller = ModelSpec.TryParse(kind["model:".Length..], out var problem);
            if (caller is null)
            {
                fields.Problem("kind", $"after \"model:\" a model spec is expected: {problem}");
            }
        }
        else if (kind is not ("nova" or "nova-rubric") && !kind.StartsWith("embedded:", StringComparison.Ordinal))
        {
            fields.Problem("kind", $"one of nova, nova-rubric, embedded:token-f1 or model:<spec> is expected, not \"{kind}\"");
        }

        var settings = new JudgeSettings
        {
            Kind = kind,
            InstanceType = fields.OptionalText("instanceType", 64),
            Image = fields.OptionalText("image", 255),
            MaxRuntimeMinutes = fields.Whole("maxRuntimeMinutes", 120, 1, LongestJudgeMinutes),
            Concurrency = fields.Whole("concurrency", 8, 1, 1000),
            Anchors = (int?)fields.OptionalWhole("anchors", 1, MostAnchors),
        };
        if (caller is not null)
        {
            settings = ReadModelJudge(fields, settings, caller);
        }

        fields.RefuseOthers();
        return settings;
    }

    /// <summary>The fields of a judge that is a model: how it is called, who else judges, and what they are asked.</summary>
    private static JudgeSettings ReadModelJudge(JsonFields fields, JudgeSettings settings, ModelSpec caller)
    {
        var model = ReadModel(fields.Object("model"), JudgeDefaults(caller.ToString()));
        if (model.Model != caller)
        {
            fields.Problem("model.model", "the judge is named by its kind; leave it out here");
        }

        var panel = fields.Objects("panel", 8).Select(member => ReadModel(member, JudgeDefaults(member.OptionalText("model") ?? ""))).ToArray();
        var prompt = fields.Text("prompt", JudgePrompt.Default.Template, JudgePrompt.LongestTemplate);
        _ = JudgePrompt.TryParse(prompt, out var faults);
        foreach (var fault in faults)
        {
            fields.Problem("prompt", fault);
        }

        return settings with
        {
            Model = model,
            Panel = panel.Length == 0 ? null : panel,
            Prompt = prompt,
            TimeoutSeconds = fields.Whole("timeoutSeconds", 120, 1, 3600),
        };
    }

    /// <summary>A verdict with its reasons; as little left to chance as the model allows.</summary>
    private static ModelDefaults JudgeDefaults(string model) => new(model, null, 1024, 0);

    private static AnalysisSettings ReadAnalysis(JsonFields fields)
    {
        var baseline = fields.Text("baseline", "pinned", 40);
        if (baseline is not ("pinned" or "none") && !RunId.TryParse(baseline, out _))
        {
            fields.Problem("baseline", $"pinned, none or a run id is expected, not \"{baseline}\"");
        }

        var settings = new AnalysisSettings
        {
            Confidence = fields.Number("confidence", 0.95, 0.5, 0.999),
            EquivalenceMargin = fields.Number("equivalenceMargin", 0.05, 0.001, 0.5),
            SmallestEffect = fields.Number("smallestEffect", 0.55, 0.501, 1),
            RegressionMargin = fields.Number("regressionMargin", 0.05, 0, 0.5),
            Baseline = baseline,
        };
        fields.RefuseOthers();
        return settings;
    }

    private static GateSettings ReadGate(JsonFields fields)
    {
        var minScore = fields.OptionalNumber("minScore", 0, 1);
        var settings = new GateSettings
        {
            FailOn = fields.OptionalTexts("failOn", GateConditions) ?? ["regression", "errors"],
            MinScore = minScore,
            MaxErrorRate = fields.Number("maxErrorRate", 0.05, 0, 1),
        };
        if (settings.FailOn.Contains("score") && minScore is null)
        {
            fields.Problem("minScore", "failOn holds \"score\", so the score to reach is expected");
        }

        fields.RefuseOthers();
        return settings;
    }

    /// <summary>The part of a request that says what the run may cost; the rest of it is not looked at.</summary>
    /// <exception cref="PipelineException"><see cref="ErrorNames.BadInput"/></exception>
    public static CostSettings? ReadCost(JsonElement body)
    {
        var problems = new List<string>();
        var fields = new JsonFields(body, "$", problems);
        var cost = ReadCost(fields.Any("cost") is null ? null : fields.Object("cost"));
        return problems.Count == 0 ? cost : throw PipelineException.BadInput(problems);
    }

    private static CostSettings? ReadCost(JsonFields? fields)
    {
        if (fields is null)
        {
            return null;
        }

        var settings = new CostSettings
        {
            MaxUsd = fields.OptionalNumber("maxUsd", 0, 1_000_000),
            MaxTokens = fields.OptionalWhole("maxTokens", 1, 1_000_000_000_000),
            Prices = fields.Any("prices") is null ? null : PriceTableReader.Read(fields.Object("prices"), "the request's"),
        };
        fields.RefuseOthers();
        return settings == new CostSettings() ? null : settings;
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{0,39}$")]
    private static partial Regex SuiteName { get; }
}
