using System.Globalization;
using System.Text;
using NovaJudge.Pipeline.Datasets.Sampling;
using NovaJudge.Pipeline.Judging;
using NovaJudge.Pipeline.Metrics;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Benchmarks.Reports;

/// <summary>A run of so many prompts that never was: SQuAD's sizes, an answer of about 60 words by each model.</summary>
internal static class SampleRun
{
    private static readonly string[] Words =
        "river town bridge keeper evening number list passage later writer water stone winter council measure harbour signal garden engine orbit glass furnace comet tide market ledger".Split(' ');

    public static MemoryObjects Store(RunMetrics metrics)
    {
        var store = new MemoryObjects();
        var keys = new RunKeys(metrics.RunId);
        var random = new Random(7);
        var (prompts, a, b, verdicts) = (new StringBuilder(), new StringBuilder(), new StringBuilder(), new StringBuilder());
        var context = "";
        for (var number = 0; number < metrics.Outcomes.Total; number++)
        {
            context = number % 5 == 0 ? Text(random, 120) : context;
            var question = Text(random, 10);
            prompts.Append(CultureInfo.InvariantCulture, $"{{\"id\":\"q{number}\",\"text\":\"{context}\\n\\nQuestion: {question}\",\"question\":\"{question}\",\"context\":\"{context}\",\"references\":[\"{Text(random, 3)}\"],\"category\":\"c{number % 40}\"}}\n");
            a.Append(CultureInfo.InvariantCulture, $"{{\"id\":\"q{number}\",\"text\":\"{Text(random, 60)}\",\"inputTokens\":180,\"outputTokens\":80,\"stopReason\":\"stop\"}}\n");
            b.Append(CultureInfo.InvariantCulture, $"{{\"id\":\"q{number}\",\"text\":\"{Text(random, 60)}\",\"inputTokens\":180,\"outputTokens\":80,\"stopReason\":\"stop\"}}\n");
            var verdict = random.Next(2) == 0 ? "a" : "b";
            verdicts.Append(CultureInfo.InvariantCulture, $"{{\"id\":\"q{number}\",\"forward\":\"{verdict}\",\"backward\":\"{verdict}\",\"verdict\":\"{verdict}\"}}\n");
        }

        Put(keys.Prompts, prompts.ToString());
        Put(keys.Batches, "{\"batch\":0,\"offset\":0,\"length\":1,\"count\":1}\n");
        Put(keys.Responses(ModelSlot.A, 0), a.ToString());
        Put(keys.Responses(ModelSlot.B, 0), b.ToString());
        Put(keys.Verdicts, verdicts.ToString());
        return store;

        void Put(ObjectKey key, string text) => store.Put(key, Encoding.UTF8.GetBytes(text));
    }

    private static string Text(Random random, int words) => string.Join(' ', Enumerable.Range(0, words).Select(_ => Words[random.Next(Words.Length)] + random.Next(100)));

    public static RunMetrics Metrics(int prompts)
    {
        var (a, b, tie, inconsistent) = (prompts * 31 / 100, prompts * 50 / 100, prompts * 8 / 100, prompts * 6 / 100);
        var scored = a + b + tie + inconsistent;
        var failed = prompts - scored;
        var score = new Estimate((b + ((tie + inconsistent) / 2d)) / scored, 0.57, 0.64, 0.95, "cluster-robust normal", scored);
        return new RunMetrics
        {
            RunId = RunId.Parse($"bench-{prompts}"),
            Suite = "bench",
            CreatedAt = new DateTimeOffset(2026, 11, 23, 6, 0, 0, TimeSpan.Zero),
            Models = new ComparedModels(new ModelDescription("First sentence", "embedded:first-sentence", "demo model"), new ModelDescription("Keyword match", "embedded:keyword-match", "demo model")),
            Judge = new JudgeDescription("embedded:token-f1", "Token F1", "Scored by token-F1 against gold answers, not by the Nova judge", "nova-bench-1"),
            Dataset = new DatasetDescription("embedded:squad-sample", "squad", prompts, 0, prompts, SampleMethod.All, 42),
            Outcomes = new OutcomeMetrics
            {
                Total = prompts,
                A = a,
                B = b,
                Tie = tie,
                Inconsistent = inconsistent,
                Unscored = 0,
                GenerationFailed = failed,
                TooLongForJudge = 0,
                Scored = scored,
                Decisive = a + b,
                ErrorRate = (double)failed / prompts,
            },
            Generation = new GenerationMetrics(
                new SlotGeneration(prompts - failed, failed, 0, new Dictionary<string, int> { ["timeout"] = failed }, prompts * 180L, prompts * 40L),
                new SlotGeneration(prompts, 0, 0, new Dictionary<string, int>(), prompts * 180L, prompts * 60L)),
            Nova = new NovaMetrics { AScores = 2 * a, BScores = 2 * b, Ties = 2 * tie, InferenceError = 0, WinRate = (double)b / (a + b), LowerRate = 0.58, UpperRate = 0.66 },
            Analysis = new AnalysisMetrics
            {
                Score = score,
                ScoreForEquivalence = score,
                WinRate = new Estimate((double)b / (a + b), 0.58, 0.66, 0.95, "Wilson", a + b),
                SignTest = new SignTestMetrics(0.0001, b, a),
                Position = new PositionMetrics(true, 0.93, scored - inconsistent, scored, null),
                Clusters = new ClusterMetrics(24, 1.2, null),
            },
            Verdict = new VerdictMetrics("b_better", "the interval excludes 0.5", $"Keyword match answers better than First sentence (61%, 57–64%, {a + b} of {scored} prompts decisive)"),
            Gate = new GateMetrics(GateStatus.Passed, [new GateCheck("errors", GateStatus.Passed, "Few prompts have no verdict.")]),
            Warnings = [],
        };
    }
}
