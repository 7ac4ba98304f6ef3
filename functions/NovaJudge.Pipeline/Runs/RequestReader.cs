using System.Text.Json;
using System.Text.RegularExpressions;
using NovaJudge.Pipeline.Costs;
using NovaJudge.Pipeline.Datasets.Sampling;

namespace NovaJudge.Pipeline.Runs;

/// <summary>
/// Makes a complete <see cref="EvaluationRequest"/> of what somebody wrote, which may be as little as <c>{}</c>.
/// Everything that is wrong is told at once, each problem with its JSON path.
/// </summary>
public sealed partial class RequestReader(RequestDefaults defaults)
{
    private const int MostRepeats = 100;

    private static readonly string[] Formats = ["auto", "squad", "jsonl", "csv", "pairs"];

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
                method, method == SampleMethod.All ? 0 : (int)(size ?? defaults.SampleSize), sample.OptionalWhole("seed", 0, long.MaxValue) ?? 42,
                // Who names a number wants that many; who names none wants to see something.
                sample.Flag("atMost", size is null) && method != SampleMethod.All),
            PromptTemplate = template,
            IncludeUnanswerable = fields.Flag("includeUnanswerable", false),
        };
        sample.RefuseOthers();
        fields.RefuseOthers();
        return settings;
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
