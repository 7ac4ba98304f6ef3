using System.Text.Json;
using NovaJudge.Pipeline.Generation;
using NovaJudge.Pipeline.Judging;
using NovaJudge.Pipeline.Judging.Archive;
using NovaJudge.Pipeline.Metrics;
using NovaJudge.Pipeline.Runs;
using NovaJudge.Pipeline.Steps;
using NovaJudge.Pipeline.Tests.Runs;
using NovaJudge.Pipeline.Tests.Steps;
using NovaJudge.Tests.Shared;

namespace NovaJudge.Pipeline.Tests.Metrics;

/// <summary>A prompt and what a judge said of it, in terms of the models; without verdicts it never reached the judge.</summary>
internal sealed record Judged(PassVerdict? Forward, PassVerdict? Backward)
{
    public static readonly Judged A = new(PassVerdict.A, PassVerdict.A);

    public static readonly Judged B = new(PassVerdict.B, PassVerdict.B);

    public static readonly Judged Tie = new(PassVerdict.Tie, PassVerdict.Tie);

    /// <summary>Whichever answer came first won.</summary>
    public static readonly Judged First = new(PassVerdict.A, PassVerdict.B);

    public static readonly Judged Unreadable = new(PassVerdict.Unreadable, PassVerdict.A);

    public static readonly Judged Failed = new(null, null);

    public string? Text { get; init; }

    public string AnswerA { get; init; } = "an answer";

    public string AnswerB { get; init; } = "another one";

    public string? Category { get; init; }

    public string? Cluster { get; init; }
}

/// <summary>Runs that were judged in a store in memory; the last two steps are the real ones.</summary>
internal sealed class JudgedStore
{
    private const string Job = "job";

    public MemoryStore Memory { get; } = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>The metrics of a run in which each prompt went as given.</summary>
    public async Task<RunMetrics> RunAsync(string id, IReadOnlyList<Judged> prompts, string request = "{}", int day = 1, (int A, int B)? failures = null, bool rows = true)
    {
        var runId = RunId.Parse(id);
        var keys = new RunKeys(runId);
        var problems = new List<string>();
        using var body = JsonDocument.Parse(request);
        var identity = new RunIdentity(runId, new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddDays(day), RunTrigger.Local);
        await Memory.WriteDocumentAsync(keys.Request, new RequestReader(RequestReaderTests.Defaults).Read(body.RootElement, identity, problems), PipelineJson.Documents.EvaluationRequest, Token);
        problems.ShouldBeEmpty();

        PromptRow[] texts = [.. prompts.Select((prompt, at) => new PromptRow($"q{at}", prompt.Text ?? $"Question {at}?", Category: prompt.Category, Cluster: prompt.Cluster))];
        var judged = prompts.Index().Where(prompt => prompt.Item.Forward is not null).ToList();
        var failed = prompts.Count - judged.Count;
        var (failedA, failedB) = failures ?? (failed, 0);
        await Memory.WriteRowsAsync(keys.Prompts, texts, PipelineJson.Rows.PromptRow, Token);
        await Memory.WriteRowsAsync(keys.JudgeInput, judged.Select(prompt => new JudgePair(texts[prompt.Index].Text, prompt.Item.AnswerA, prompt.Item.AnswerB)), PipelineJson.Rows.JudgePair, Token);
        await Memory.WriteRowsAsync(keys.JudgeIndex, judged.Select((prompt, row) => new JudgeIndexRow(row, $"q{prompt.Index}")), PipelineJson.Rows.JudgeIndexRow, Token);
        await Memory.WriteRowsAsync(
            keys.JudgeExcluded, prompts.Index().Where(prompt => prompt.Item.Forward is null).Select(prompt => new VerdictRow($"q{prompt.Index}", null, null, PromptOutcome.GenerationFailed)),
            PipelineJson.Rows.VerdictRow, Token);
        await Memory.WriteDocumentAsync(keys.Sample, new SampleCounts("jsonl", prompts.Count, 0, prompts.Count, 1), PipelineJson.Documents.SampleCounts, Token);
        await Memory.WriteDocumentAsync(
            keys.JudgePairs,
            new PairCounts(prompts.Count, judged.Count, failed, 0, new GenerationMetrics(Slot(prompts.Count, failedA), Slot(prompts.Count, failedB))),
            PipelineJson.Documents.PairCounts, Token);
        await Memory.WriteDocumentAsync(keys.JudgeJob, new StartJudgeOutput(Job), PipelineJson.Documents.StartJudgeOutput, Token);
        var header = new JudgeArchiveHeader { RunName = Job, Timestamp = identity.CreatedAt, JudgeName = "test", Marker = JudgeArchiveHeader.LocalJudgeMarker };
        await Memory.WriteAsync(
            keys.JudgeArchive(Job),
            (stream, token) => JudgeArchiveWriter.WriteAsync(stream, header, Rows(judged.Select(prompt => (texts[prompt.Index].Text + (rows ? "" : " lost"), prompt.Item))), token), PutCondition.Always, Token);

        await new ComputeMetricsStep(Memory, new StepFixture()).RunAsync(new RunReference(runId), Token);
        await new PublishSummaryStep(Memory, new Silent(), TimeProvider.System).RunAsync(new RunReference(runId), Token);
        return (await Memory.FindMetricsAsync(keys, Token)).ShouldNotBeNull();
    }

    public Task<PinnedBaseline> PinAsync(string id) => Memory.PinBaselineAsync(RunId.Parse(id), DateTimeOffset.UnixEpoch, Token);

    /// <summary>So many prompts of each kind, in this order.</summary>
    public static IReadOnlyList<Judged> Of(params (int Count, Judged Prompt)[] kinds) => [.. kinds.SelectMany(kind => Enumerable.Repeat(kind.Prompt, kind.Count))];

    private static SlotGeneration Slot(int prompts, int failed) =>
        new(prompts - failed, failed, 0, failed == 0 ? new Dictionary<string, int>() : new Dictionary<string, int> { ["timeout"] = failed }, 0, 0);

    private static async IAsyncEnumerable<JudgedRow> Rows(IEnumerable<(string Text, Judged Prompt)> prompts)
    {
        foreach (var (text, prompt) in prompts)
        {
            await Task.CompletedTask;
            yield return new JudgedRow { Prompt = text, Forward = prompt.Forward!.Value, Backward = prompt.Backward!.Value };
        }
    }

    private sealed class Silent : IRunAnnouncer
    {
        public ValueTask<RunLinks> LinkAsync(RunId runId, CancellationToken cancellationToken) => ValueTask.FromResult(new RunLinks(null, null));

        public Task AnnounceAsync(RunSummary summary, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
