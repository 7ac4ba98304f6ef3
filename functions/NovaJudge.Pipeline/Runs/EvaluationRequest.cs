using System.Text.Json;
using System.Text.Json.Serialization;
using NovaJudge.Pipeline.Costs;
using NovaJudge.Pipeline.Datasets.Sampling;

namespace NovaJudge.Pipeline.Runs;

/// <summary>A run to make, complete: every default filled in. Stored as <c>request.json</c>, from which the run can be repeated.</summary>
public sealed record EvaluationRequest
{
    public required RunId RunId { get; init; }

    /// <summary>When the run was asked for; a retry keeps it.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>What started the run.</summary>
    public required RunTrigger Trigger { get; init; }

    /// <summary>Runs of one suite are compared with each other over time.</summary>
    public required string Suite { get; init; }

    public required DatasetSettings Dataset { get; init; }

    /// <summary>The baseline.</summary>
    public required ModelSettings ModelA { get; init; }

    /// <summary>The challenger.</summary>
    public required ModelSettings ModelB { get; init; }

    public required GenerationSettings Generation { get; init; }

    public required JudgeSettings Judge { get; init; }

    public required AnalysisSettings Analysis { get; init; }

    public required GateSettings Gate { get; init; }

    /// <summary>What the run may cost; absent: whatever it does.</summary>
    public CostSettings? Cost { get; init; }

    /// <summary>The settings of one model.</summary>
    public ModelSettings Model(ModelSlot slot) => slot == ModelSlot.A ? ModelA : ModelB;
}

/// <summary>What started a run.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RunTrigger>))]
public enum RunTrigger
{
    [JsonStringEnumMemberName("console")] Console,
    [JsonStringEnumMemberName("schedule")] Schedule,
    [JsonStringEnumMemberName("upload")] Upload,
    [JsonStringEnumMemberName("local")] Local,
}

/// <summary>Which prompts.</summary>
public sealed record DatasetSettings
{
    /// <summary><c>embedded:name</c>, a file, <c>s3://bucket/key</c>, a key under <c>incoming/</c> or an https address.</summary>
    public required string Source { get; init; }

    /// <summary><c>auto</c>, <c>squad</c>, <c>jsonl</c>, <c>csv</c> or <c>pairs</c>.</summary>
    public required string Format { get; init; }

    public required SampleSettings Sample { get; init; }

    /// <summary>How a record becomes the text that models and judge see; fields in braces.</summary>
    public required string PromptTemplate { get; init; }

    /// <summary>Whether SQuAD 2.0 questions without an answer take part.</summary>
    public required bool IncludeUnanswerable { get; init; }
}

/// <summary>A model and how it is called.</summary>
public sealed record ModelSettings
{
    public required ModelSpec Model { get; init; }

    /// <summary>What people read.</summary>
    public required string Name { get; init; }

    /// <summary>Longest answer, in tokens.</summary>
    public required int MaxTokens { get; init; }

    /// <summary>Sent only when set: some models refuse it.</summary>
    public double? Temperature { get; init; }

    /// <summary>Sent only when set.</summary>
    public double? TopP { get; init; }

    /// <summary>Sent only when set.</summary>
    public long? Seed { get; init; }

    public string? SystemPrompt { get; init; }

    public IReadOnlyList<string>? Stop { get; init; }

    /// <summary>Further fields of the call's body, for servers that know them.</summary>
    public JsonElement? Extra { get; init; }

    /// <summary>Name of the environment variable that holds the API key; never the key.</summary>
    public string? ApiKeyVariable { get; init; }

    /// <summary>A model with nothing said about how it is called.</summary>
    public static ModelSettings Of(ModelSpec model) => new() { Model = model, Name = model.ToString(), MaxTokens = 512 };
}

/// <summary>How answers are generated.</summary>
public sealed record GenerationSettings
{
    /// <summary>Prompts in one batch: one item of the Map.</summary>
    public required int BatchSize { get; init; }

    public required ConcurrencySettings Concurrency { get; init; }

    /// <summary>Beyond this share of failed prompts of one model the run ends before a judge is paid for.</summary>
    public required double ToleratedFailurePercentage { get; init; }

    /// <summary>Longest wait for one answer, in seconds.</summary>
    public required int TimeoutSeconds { get; init; }

    public required CacheMode Cache { get; init; }

    /// <summary>Answers of each model to each prompt, when more than one.</summary>
    public int? Repeats { get; init; }
}

/// <summary>Calls in flight for each model.</summary>
public sealed record ConcurrencySettings(int A, int B)
{
    /// <summary>Calls in flight inside one batch.</summary>
    public static int PerBatch(int concurrency) => Math.Min(4, concurrency);

    /// <summary>Batches at once.</summary>
    public static int Batches(int concurrency) => (concurrency + 3) / 4;

    public int Of(ModelSlot slot) => slot == ModelSlot.A ? A : B;
}

/// <summary>Whose answers may be used again.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CacheMode>))]
public enum CacheMode
{
    /// <summary>This run's own, when it resumes.</summary>
    [JsonStringEnumMemberName("run")] Run,

    /// <summary>Those of all runs that share; never of a scheduled or uploaded run, which is to see the model as it is now.</summary>
    [JsonStringEnumMemberName("shared")] Shared,

    /// <summary>Nobody's: a run that is started again before it is judged asks everything again.</summary>
    [JsonStringEnumMemberName("off")] Off,
}

/// <summary>Who judges.</summary>
public sealed record JudgeSettings
{
    /// <summary><c>nova</c>, <c>nova-rubric</c>, <c>embedded:token-f1</c> or <c>model:&lt;spec&gt;</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>SageMaker instance type; absent means the judge's cheapest.</summary>
    public string? InstanceType { get; init; }

    /// <summary>Container image; absent means the region's own.</summary>
    public string? Image { get; init; }

    public required int MaxRuntimeMinutes { get; init; }

    /// <summary>Calls in flight when a model judges row by row.</summary>
    public required int Concurrency { get; init; }

    /// <summary>How many of the suite's frozen pairs are judged as well, to notice a judge that changes; absent means none.</summary>
    public int? Anchors { get; init; }

    /// <summary>How the judging model of the kind <c>model:&lt;spec&gt;</c> is called.</summary>
    public ModelSettings? Model { get; init; }

    /// <summary>Further judging models; together with the first they decide by majority.</summary>
    public IReadOnlyList<ModelSettings>? Panel { get; init; }

    /// <summary>The question put to a judging model, complete.</summary>
    public string? Prompt { get; init; }

    /// <summary>Longest wait for one verdict of a judging model, in seconds; absent means 120.</summary>
    public int? TimeoutSeconds { get; init; }

    /// <summary>Whether the judge is a model that is called row by row, rather than a job.</summary>
    [JsonIgnore]
    public bool IsModel => Kind.StartsWith("model:", StringComparison.Ordinal);

    /// <summary>The judging models, the first one first; <c>null</c> when a job judges.</summary>
    [JsonIgnore]
    public IReadOnlyList<ModelSettings>? Models => !IsModel ? null : [Model ?? ModelSettings.Of(ModelSpec.Parse(Kind["model:".Length..])), .. Panel ?? []];
}

/// <summary>How the result is read.</summary>
public sealed record AnalysisSettings
{
    public required double Confidence { get; init; }

    /// <summary>Scores within 0.5 plus or minus this are as good as equal.</summary>
    public required double EquivalenceMargin { get; init; }

    /// <summary>The score that would matter; decides how many more prompts to ask for.</summary>
    public required double SmallestEffect { get; init; }

    /// <summary>A fall of the score by more than this is a regression.</summary>
    public required double RegressionMargin { get; init; }

    /// <summary><c>pinned</c>, <c>none</c> or a run id.</summary>
    public required string Baseline { get; init; }
}

/// <summary>When a run fails the gate.</summary>
public sealed record GateSettings
{
    /// <summary>Any of <c>regression</c>, <c>errors</c>, <c>score</c>, <c>inconclusive</c>.</summary>
    public required IReadOnlyList<string> FailOn { get; init; }

    /// <summary>The score that model B must reach, when set.</summary>
    public double? MinScore { get; init; }

    /// <summary>Largest tolerated share of prompts that failed, were unscored or too long.</summary>
    public required double MaxErrorRate { get; init; }
}
