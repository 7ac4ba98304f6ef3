using NovaJudge.Pipeline.Datasets.Sampling;
using NovaJudge.Pipeline.Judging;
using NovaJudge.Pipeline.Metrics;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Reports.Tests;

/// <summary>Metrics of runs that never were, from nothing but counts.</summary>
internal static class SampleMetrics
{
    public static RunMetrics Typical { get; } = Of(a: 74, b: 120, tie: 20, inconsistent: 14, unscored: 4, failed: 7, tooLong: 1);

    public static RunMetrics Of(
        int a, int b, int tie, int inconsistent = 0, int unscored = 0, int failed = 0, int tooLong = 0,
        string nameA = "Qwen2.5 1.5B", string nameB = "Claude Sonnet 4.6", string? label = null, string? sentence = null, string? disclaimer = null)
    {
        var scored = a + b + tie + inconsistent;
        var total = scored + unscored + failed + tooLong;
        var score = scored == 0 ? null : Around((b + ((tie + inconsistent) / 2d)) / scored, scored, "normal");
        var winRate = a + b == 0 ? null : Around((double)b / (a + b), a + b, "Wilson");
        return new RunMetrics
        {
            RunId = RunId.Parse("squad-qa-20261123-1"),
            Suite = "squad-qa",
            CreatedAt = new DateTimeOffset(2026, 11, 23, 6, 0, 0, TimeSpan.Zero),
            Models = new ComparedModels(
                new ModelDescription(nameA, "sagemaker:qwen", label), new ModelDescription(nameB, "bedrock:claude", label)),
            Judge = new JudgeDescription("nova", "Amazon Nova LLM-as-a-Judge", disclaimer, "nova-squad-qa-1"),
            Dataset = new DatasetDescription("embedded:squad-sample", "squad", 240, 0, total, SampleMethod.All, 42),
            Outcomes = new OutcomeMetrics
            {
                Total = total,
                A = a,
                B = b,
                Tie = tie,
                Inconsistent = inconsistent,
                Unscored = unscored,
                GenerationFailed = failed,
                TooLongForJudge = tooLong,
                Scored = scored,
                Decisive = a + b,
                ErrorRate = total == 0 ? 0 : (double)(unscored + failed + tooLong) / total,
            },
            Generation = new GenerationMetrics(
                new SlotGeneration(total - failed, failed, 0, failed == 0 ? new Dictionary<string, int>() : new Dictionary<string, int> { ["timeout"] = failed }, 51_200, 9_870),
                new SlotGeneration(total, 0, 1, new Dictionary<string, int>(), 51_200, 21_340)),
            Nova = new NovaMetrics
            {
                AScores = (2d * a) + inconsistent,
                BScores = (2d * b) + inconsistent,
                Ties = 2d * tie,
                InferenceError = unscored,
                WinRate = a + b + inconsistent == 0 ? null : ((2d * b) + inconsistent) / (2 * ((double)a + b + inconsistent)),
                LowerRate = winRate?.Low,
                UpperRate = winRate?.High,
            },
            Analysis = new AnalysisMetrics
            {
                Score = score,
                ScoreForEquivalence = score,
                WinRate = winRate,
                Posterior = a + b == 0 ? null : new PosteriorMetrics(b > a ? 0.9995 : 0.5, 0.5, 0.7, 0.95, 12),
                Bounds = total == 0 ? null : new BoundsMetrics(total - scored, 0.55, 0.6, "b_better", "b_better", true),
                ScoreFailuresLose = failed == 0 ? null : new FailuresLoseMetrics(0.609, "b_better", false),
                Plan = new PlanMetrics(0.55, 1_000, 760, 120, 0.61, null),
                Length = scored == 0 ? null : new LengthMetrics
                {
                    LongerWins = a + b == 0 ? null : Around(0.6, a + b, "Wilson"),
                    LongerP = 0.02,
                    Controlled = Around(0.55, scored, "logistic regression at equal length"),
                    MovesFar = false,
                    MeanLengthA = 180,
                    MeanLengthB = 212,
                },
                Family = new FamilyMetrics("unrelated", "Amazon Nova", [], "The judge and the models are of different families."),
                Answers = scored == 0 ? null : new AnswersMetrics(
                    new SlotAnswers(scored, 0, 1, false, 1, new SuspiciousAnswer("q00003", "as the better answer")), new SlotAnswers(scored, 1, 3, false, 0, null)),
                Slices = Slices(a, b, tie + inconsistent),
                SignTest = a + b == 0 ? null : new SignTestMetrics(a == b ? 1 : Math.Abs(b - a) > 40 ? 0.0009 : 0.24, b, a),
                Position = new PositionMetrics(true, scored == 0 ? null : (double)(scored - inconsistent) / scored, scored - inconsistent, scored, null)
                {
                    FirstSlotRate = scored == 0 ? null : 0.52,
                    PrimacyFlips = inconsistent - (inconsistent / 3),
                    RecencyFlips = inconsistent / 3,
                    FlipP = inconsistent == 0 ? null : 0.18,
                },
                Clusters = new ClusterMetrics(24, 1.2, null),
            },
            Verdict = new VerdictMetrics(
                scored == 0 ? "inconclusive" : b > a ? "b_better" : a > b ? "a_better" : "inconclusive",
                scored == 0 ? "too_few_scored" : "interval_and_sign_test",
                sentence ?? Sentence(scored, a, b, nameA, nameB, score)),
            Gate = new GateMetrics(GateStatus.Passed, [new GateCheck("errors", GateStatus.Passed, "5.0% of prompts have no verdict; the limit is 5.0%."), new GateCheck("regression", GateStatus.NotChecked, "There is no baseline yet.")]),
            Warnings = [],
        };
    }

    /// <summary>Two categories of one size, and one that is too small.</summary>
    private static SlicesMetrics? Slices(int a, int b, int even)
    {
        var n = (a + b + even) / 2;
        if (n < 20)
        {
            return null;
        }

        SliceMetrics Slice(string name, int wonA, int wonB) =>
            new(name, n, wonA, wonB, n - wonA - wonB, Around((wonB + ((n - wonA - wonB) / 2d)) / n, n, "Bonett-Price, prompts as independent"), 0.01, wonB > wonA ? 0.02 : 1);
        return new SlicesMetrics([Slice("Rivers", a / 2, b / 2), Slice("Bridges", b / 2, a / 2)], 3, new HeterogeneityMetrics(4.1, 1, 0.043, 12), null);
    }

    private static string Sentence(int scored, int a, int b, string nameA, string nameB, Estimate? score) => score is null
        ? $"Nothing is known about {nameA} and {nameB}: no prompt has a verdict"
        : a == b
            ? $"{nameA} and {nameB} cannot be told apart ({score.Value * 100:0}%, {score.Low * 100:0}–{score.High * 100:0}%, {a + b} of {scored} prompts decisive)"
            : $"{(b > a ? nameB : nameA)} answers better than {(b > a ? nameA : nameB)} ({score.Value * 100:0}%, {score.Low * 100:0}–{score.High * 100:0}%, {a + b} of {scored} prompts decisive)";

    private static Estimate Around(double value, int n, string method)
    {
        const double z = 1.959963984540054;
        var center = (value + (z * z / (2 * n))) / (1 + (z * z / n));
        var half = z * Math.Sqrt((value * (1 - value) / n) + (z * z / (4d * n * n))) / (1 + (z * z / n));
        return new Estimate(value, center - half, center + half, 0.95, method, n);
    }
}
