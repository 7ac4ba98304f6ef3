using NovaJudge.Pipeline.Statistics.Numerics;

namespace NovaJudge.Pipeline.Statistics;

/// <summary>B's score on one prompt of a run: 0, 1/2 or 1. The key is the hash of the prompt's text.</summary>
public sealed record KeyedScore(string Key, double Score);

/// <summary>A prompt whose verdict differs between two runs.</summary>
public sealed record ChangedPrompt(string Key, double First, double Second);

/// <summary>
/// Second run minus first: paired by prompt where the runs share prompts (sources as <see cref="McNemarTest"/> and <see cref="PairedDifference"/>),
/// else as two samples (<see cref="UnpairedDifference"/>).
/// </summary>
public sealed record RunComparison
{
    /// <summary>Below this share of the smaller run's prompts in common, pairing would describe too little of it.</summary>
    public const double FewestShared = 0.5;

    public required bool IsPaired { get; init; }

    /// <summary>How the runs were matched, in one sentence.</summary>
    public required string Note { get; init; }

    /// <summary>Prompts of both runs.</summary>
    public required int Shared { get; init; }

    /// <summary>The change of B's score.</summary>
    public required Finding<double> Difference { get; init; }

    public required Finding<Interval> Interval { get; init; }

    /// <summary>Two-sided: all sign patterns when paired, Fisher's test of the decisive prompts when not.</summary>
    public required Finding<double> P { get; init; }

    /// <summary>Over prompts decisive in both runs: yes = B won. Null when unpaired.</summary>
    public McNemarTest? McNemar { get; init; }

    /// <summary>Null when unpaired or with fewer than two shared prompts.</summary>
    public PairedDifference? Paired { get; init; }

    /// <summary>Every shared prompt whose verdict changed, in the order of the second run; empty when unpaired.</summary>
    public required IReadOnlyList<ChangedPrompt> Changed { get; init; }

    public static RunComparison Of(IReadOnlyList<KeyedScore> first, IReadOnlyList<KeyedScore> second, double confidence = 0.95)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        (first, second) = (OncePerPrompt(first), OncePerPrompt(second));
        var shared = Match(first, second);
        var smaller = Math.Min(first.Count, second.Count);
        return shared.Count >= 2 && shared.Count >= FewestShared * smaller
            ? PairedOf(first, second, shared, confidence)
            : UnpairedOf(first, second, shared.Count, confidence);
    }

    /// <summary>A prompt that a run judged several times is one prompt, and its score the mean of them.</summary>
    private static IReadOnlyList<KeyedScore> OncePerPrompt(IReadOnlyList<KeyedScore> run)
    {
        var means = new Dictionary<string, (double Sum, int Times)>(run.Count, StringComparer.Ordinal);
        foreach (var prompt in run)
        {
            var (sum, times) = means.GetValueOrDefault(prompt.Key);
            means[prompt.Key] = (sum + prompt.Score, times + 1);
        }

        return means.Count == run.Count ? run : [.. means.Select(mean => new KeyedScore(mean.Key, mean.Value.Sum / mean.Value.Times))];
    }

    private static List<ChangedPrompt> Match(IReadOnlyList<KeyedScore> first, IReadOnlyList<KeyedScore> second)
    {
        var before = first.ToDictionary(prompt => prompt.Key, prompt => prompt.Score, StringComparer.Ordinal);
        return [.. second.Where(prompt => before.ContainsKey(prompt.Key)).Select(prompt => new ChangedPrompt(prompt.Key, before[prompt.Key], prompt.Score))];
    }

    private static RunComparison PairedOf(
        IReadOnlyList<KeyedScore> first, IReadOnlyList<KeyedScore> second, List<ChangedPrompt> shared, double confidence)
    {
        double[] before = [.. shared.Select(pair => pair.First)], after = [.. shared.Select(pair => pair.Second)];
        var paired = PairedDifference.Of(before, after).Value;
        var alone = first.Count + second.Count - (2 * shared.Count);
        return new()
        {
            IsPaired = true,
            Shared = shared.Count,
            Note = $"{shared.Count} prompts of both runs are compared one by one"
                + (alone == 0 ? "." : $"; {alone} that only one run has are left out."),
            Difference = Finding.Of(paired.Mean),
            Interval = Finding.Of(Around(before, after, confidence)),
            P = SignFlipTest.TwoSided(PairedDifference.Differences(before, after)),
            McNemar = McNemarTest.Of(Count(1, 1), Count(1, 0), Count(0, 1), Count(0, 0), confidence),
            Paired = paired,
            Changed = [.. shared.Where(pair => pair.First != pair.Second)],
        };

        int Count(double from, double to) => shared.Count(pair => pair.First == from && pair.Second == to);
    }

    /// <summary>
    /// Bonett and Price's interval for differences in steps of a half: one prompt added to each side keeps a width where nothing changed.
    /// </summary>
    private static Interval Around(double[] before, double[] after, double confidence)
    {
        double sum = 0, squares = 2, n = before.Length + 2.0;
        for (var i = 0; i < before.Length; i++)
        {
            var difference = after[i] - before[i];
            sum += difference;
            squares += difference * difference;
        }

        var half = StudentT.TwoSided(confidence, before.Length - 1) * Math.Sqrt(squares - (sum * sum / n)) / n;
        return new Interval((sum / n) - half, (sum / n) + half).ClippedTo(-1, 1);
    }

    private static RunComparison UnpairedOf(
        IReadOnlyList<KeyedScore> first, IReadOnlyList<KeyedScore> second, int shared, double confidence)
    {
        double sum1 = first.Sum(prompt => prompt.Score), sum2 = second.Sum(prompt => prompt.Score);
        var possible = first.Count > 0 && second.Count > 0;
        var reason = $"the {(first.Count == 0 ? "first" : "second")} run has no scored prompts";
        return new()
        {
            IsPaired = false,
            Shared = shared,
            Note = $"Only {shared} of {Math.Min(first.Count, second.Count)} prompts are in both runs, so they are compared as separate samples; "
                + "rerunning on the same prompts would show smaller differences.",
            Difference = possible ? Finding.Of((sum2 / second.Count) - (sum1 / first.Count)) : Finding.Withheld<double>(reason),
            Interval = possible
                ? Finding.Of(UnpairedDifference.NewcombeInterval(sum2, second.Count, sum1, first.Count, confidence))
                : Finding.Withheld<Interval>(reason),
            P = UnpairedDifference.Of(Wins(first), Decisive(first), Wins(second), Decisive(second), confidence).Then(result => result.FisherP),
            Changed = [],
        };

        static int Wins(IReadOnlyList<KeyedScore> run) => run.Count(prompt => prompt.Score == 1);

        static int Decisive(IReadOnlyList<KeyedScore> run) => run.Count(prompt => prompt.Score != 0.5);
    }
}
