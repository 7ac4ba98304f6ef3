using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using NovaJudge.Pipeline.Generation;
using NovaJudge.Pipeline.Judging;
using NovaJudge.Pipeline.Metrics;
using NovaJudge.Pipeline.Runs;
using NovaJudge.Reports.Records;

namespace NovaJudge.Reports.Tests;

/// <summary>A run whose rows lie in a store, with metrics that count them.</summary>
internal sealed class SampleRun
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    private SampleRun(MemoryStore store, RunMetrics metrics) => (Store, Metrics) = (store, metrics);

    public MemoryStore Store { get; }

    public RunMetrics Metrics { get; }

    public RunKeys Keys => new(Metrics.RunId);

    /// <summary>Quiet questions and answers with every outcome among them.</summary>
    public static SampleRun Of(int prompts, string? category = null) =>
        From([.. Enumerable.Range(0, prompts).Select(number => Record(number, category))]);

    public static SampleRun From(IReadOnlyList<RunRecord> records, Func<RunMetrics, RunMetrics>? change = null)
    {
        int Count(PromptOutcome outcome) => records.Count(record => record.Verdict.Verdict == outcome);
        var metrics = SampleMetrics.Of(
            Count(PromptOutcome.A), Count(PromptOutcome.B), Count(PromptOutcome.Tie), Count(PromptOutcome.Inconsistent),
            Count(PromptOutcome.Unscored), Count(PromptOutcome.GenerationFailed), Count(PromptOutcome.TooLongForJudge));
        var run = new SampleRun(new MemoryStore(), change?.Invoke(metrics) ?? metrics);
        run.Put(run.Keys.Prompts, records.Select(record => record.Prompt));
        run.Put(run.Keys.Batches, [new BatchRow(0, 0, 1, records.Count)]);
        run.Put(run.Keys.Responses(ModelSlot.A, 0), records.Select(record => record.A).OfType<ResponseRow>());
        run.Put(run.Keys.Responses(ModelSlot.B, 0), records.Select(record => record.B).OfType<ResponseRow>());
        run.Put(run.Keys.Verdicts, records.Select(record => record.Verdict));
        run.Store.Put(run.Keys.Request, "{\n  \"suite\": \"squad-qa\",\n  \"judge\": { \"kind\": \"nova\" }\n}\n");
        return run;
    }

    public void Put<T>(ObjectKey key, IEnumerable<T> rows)
    {
        var text = new StringBuilder();
        foreach (var row in rows)
        {
            text.Append(JsonSerializer.Serialize(row, Json)).Append('\n');
        }

        Store.Put(key, text.ToString());
    }

    /// <summary>An earlier run of the same suite, in the history.</summary>
    public void PutEarlier(int daysBefore, double score)
    {
        var created = Metrics.CreatedAt.AddDays(-daysBefore);
        var id = RunId.Parse($"squad-qa-before-{daysBefore}");
        Put(RunKeys.History(Metrics.Suite, created, id), [Summary(id.Value, Metrics.Suite, created, score)]);
    }

    public static RunSummary Summary(string runId, string suite, DateTimeOffset created, double? score) => new()
    {
        Outcomes = score is { } share ? SampleMetrics.Of(a: 200 - (int)Math.Round(200 * share), b: (int)Math.Round(200 * share), tie: 0, failed: 6).Outcomes : null,
        Clusters = new ClusterMetrics(24, 1.2, null),
        Conditions = new RunConditions("nova", "5f70bf18a086", "squad.json (squad)", "sagemaker:qwen", "7d793037a076", "48fc206c7c28"),
        RunId = RunId.Parse(runId),
        Suite = suite,
        CreatedAt = created,
        FinishedAt = created.AddMinutes(12),
        Verdict = score switch { > 0.57 => "b_better", < 0.43 => "a_better", _ => "inconclusive" },
        Sentence = $"Run {runId} says what it says",
        Score = score,
        Interval = score is { } s ? [Math.Max(0, s - 0.06), Math.Min(1, s + 0.06)] : null,
        Gate = score < 0.43 ? GateStatus.Failed : GateStatus.Passed,
        CostUsd = 1.25,
    };

    public string Text(string file) => Encoding.UTF8.GetString(Store[Keys.Report(file)]);

    public static RunRecord Record(int number, string? category = null)
    {
        var id = $"q{number:D5}";
        var outcome = (number % 20) switch
        {
            < 6 => PromptOutcome.A,
            < 15 => PromptOutcome.B,
            15 or 16 => PromptOutcome.Tie,
            17 => PromptOutcome.Inconsistent,
            18 => number % 40 == 18 ? PromptOutcome.Unscored : PromptOutcome.TooLongForJudge,
            _ => PromptOutcome.GenerationFailed,
        };
        var article = new[] { "Rivers", "Bridges", "Comets", "Glassmaking", "Tides" }[number % 5];
        var context = $"Passage {number} tells of {article.ToLowerInvariant()}. Around the year {1400 + (number % 500)} the town kept {number % 97} of them, and the keeper wrote down what he saw each evening. "
            + "Later writers took the numbers over without a question, although the first list had been made in haste and in the rain.";
        var question = $"How many {article.ToLowerInvariant()} did the town keep around {1400 + (number % 500)}?";
        var failed = outcome == PromptOutcome.GenerationFailed;
        return new RunRecord(
            new PromptRow(id, $"{context}\n\nQuestion: {question}", question, context, [$"{number % 97}"], category ?? article, article),
            failed ? new ResponseRow(id, Error: new ResponseError("timeout", "No answer within 60 s.")) : new ResponseRow(id, $"Around the year {1400 + (number % 500)} the town kept {(outcome == PromptOutcome.B ? (number + 3) % 97 : number % 97)} of them.", null, 180, 24, "stop"),
            new ResponseRow(id, outcome == PromptOutcome.Tie ? $"Around the year {1400 + (number % 500)} the town kept {number % 97} of them." : $"The town kept {(outcome == PromptOutcome.A ? (number + 5) % 97 : number % 97)} of them, as the old keeper wrote.", null, 180, 31, "stop"),
            Verdict(id, outcome));
    }

    private static VerdictRow Verdict(string id, PromptOutcome outcome) => outcome switch
    {
        PromptOutcome.A => new VerdictRow(id, PassVerdict.A, PassVerdict.A, outcome),
        PromptOutcome.B => new VerdictRow(id, PassVerdict.B, PassVerdict.B, outcome),
        PromptOutcome.Tie => new VerdictRow(id, PassVerdict.Tie, PassVerdict.Tie, outcome),
        PromptOutcome.Inconsistent => new VerdictRow(id, PassVerdict.A, PassVerdict.B, outcome),
        PromptOutcome.Unscored => new VerdictRow(id, PassVerdict.Unreadable, PassVerdict.A, outcome, "A pass of the judge held no verdict."),
        PromptOutcome.GenerationFailed => new VerdictRow(id, null, null, outcome, "A: timeout"),
        _ => new VerdictRow(id, null, null, outcome, "Prompt and answers exceed the judge's context."),
    };
}
