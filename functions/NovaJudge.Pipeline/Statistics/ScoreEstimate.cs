using System.Text.Json.Serialization;
using NovaJudge.Pipeline.Statistics.Numerics;

namespace NovaJudge.Pipeline.Statistics;

/// <summary>What the interval of a score rests on.</summary>
public enum ScoreBasis
{
    /// <summary>Prompts taken as independent.</summary>
    [JsonStringEnumMemberName("prompts")]
    Prompts,

    /// <summary>Prompts within clusters, widened by the design effect.</summary>
    [JsonStringEnumMemberName("clusters")]
    Clusters,

    /// <summary>A few prompts judged several times: each counts once (decision 037).</summary>
    [JsonStringEnumMemberName("repeatedPrompts")]
    RepeatedPrompts,

    /// <summary>Totals over both passes only: two passes are taken as one prompt.</summary>
    [JsonStringEnumMemberName("passes")]
    Passes,
}

/// <summary>
/// The score S = (b + t/2) / n and its interval. S - 1/2 is half a difference of paired proportions, so the interval is that of Bonett and Price
/// (J. Educational and Behavioral Statistics 37 (2012) 479: one win added to each side), with Student's t and widened by the root of the design
/// effect. It keeps its width where all verdicts agree and its coverage from 5 prompts on (decision 030).
/// </summary>
public sealed record ScoreEstimate
{
    private double standardError;
    private double degreesOfFreedom;
    private double center;
    private double wins;

    public required double Score { get; init; }

    /// <summary>Prompts behind it; half the passes when only those are known, different prompts where few were judged several times.</summary>
    public required double N { get; init; }

    public required ScoreBasis Basis { get; init; }

    /// <summary>Variance with clusters over variance without; withheld without clusters or with too few of them; verdicts per prompt where each prompt counts once.</summary>
    public required Finding<double> DesignEffect { get; init; }

    /// <summary>What the interval was widened by: the design effect, but never less than 1, and 1 where it is withheld.</summary>
    public double AppliedDesignEffect => DesignEffect.TryGet(out var effect) ? Math.Max(1, effect) : 1;

    /// <summary>Withheld below two scored prompts.</summary>
    public static Finding<ScoreEstimate> FromPrompts(int aWins, int bWins, int ties)
    {
        Guard.NotNegative(aWins);
        Guard.NotNegative(bWins);
        Guard.NotNegative(ties);
        var n = checked(aWins + bWins + ties);
        return n < 2
            ? Finding.Withheld<ScoreEstimate>($"uncertainty needs at least two scored prompts, and there {(n == 1 ? "is one" : "are none")}")
            : Finding.Of(Of(aWins, bWins, n, n - 1, ScoreBasis.Prompts, Finding.Withheld<double>("the prompts name no clusters")));
    }

    /// <summary>The same; counts of a run.</summary>
    public static Finding<ScoreEstimate> FromPrompts(OutcomeCounts counts) => FromPrompts(counts.A, counts.B, counts.Ties);

    /// <summary>From counts and what is known of the clusters behind them, without rows.</summary>
    /// <param name="aWins">Prompts that A won.</param>
    /// <param name="bWins">Prompts that B won.</param>
    /// <param name="ties">Prompts that nobody won.</param>
    /// <param name="designEffect">Absent when withheld: prompts are then taken as independent.</param>
    /// <param name="clusters">Number of clusters; only read beside a design effect.</param>
    public static Finding<ScoreEstimate> FromCounts(int aWins, int bWins, int ties, double? designEffect, int clusters)
    {
        var independent = FromPrompts(aWins, bWins, ties);
        if (designEffect is not { } effect || !independent.TryGet(out var plain))
        {
            return independent;
        }

        if (clusters >= ClusterRobust.FewestClusters)
        {
            return Finding.Of(Of(aWins, bWins, plain.N, clusters - 1, ScoreBasis.Clusters, Finding.Of(effect)));
        }

        // Of few clusters an effect is known only where they are prompts that were judged several times.
        return effect > 1 && Math.Abs((effect * clusters) - plain.N) < 1e-6 ? FromRepeats(aWins, bWins, ties, clusters) : independent;
    }

    /// <summary>
    /// From verdicts on prompts that were judged several times, where too few prompts differ for a clustered error: each prompt counts as one
    /// verdict, however often it was judged (decision 037). Withheld below two different prompts.
    /// </summary>
    /// <param name="aWins">Verdicts for A.</param>
    /// <param name="bWins">Verdicts for B.</param>
    /// <param name="ties">Verdicts for nobody.</param>
    /// <param name="prompts">Different prompts among them.</param>
    public static Finding<ScoreEstimate> FromRepeats(int aWins, int bWins, int ties, int prompts)
    {
        var independent = FromPrompts(aWins, bWins, ties);
        if (!independent.TryGet(out var plain))
        {
            return independent;
        }

        ArgumentOutOfRangeException.ThrowIfGreaterThan(prompts, plain.N);
        var share = prompts / plain.N;
        return prompts < 2
            ? Finding.Withheld<ScoreEstimate>($"uncertainty needs at least two different prompts, and there is one, judged {plain.N} times")
            : Finding.Of(Of(aWins * share, bWins * share, prompts, prompts - 1, ScoreBasis.RepeatedPrompts, Finding.Of(plain.N / prompts)));
    }

    /// <summary>With clusters; below <see cref="ClusterRobust.FewestClusters"/> of them prompts are taken as independent and the reason is kept.</summary>
    /// <param name="scores">0, 1/2 or 1 per scored prompt.</param>
    /// <param name="clusters">The cluster of each, from 0 on.</param>
    /// <param name="clusterCount">One more than the largest.</param>
    public static Finding<ScoreEstimate> FromClusters(ReadOnlySpan<double> scores, ReadOnlySpan<int> clusters, int clusterCount)
    {
        int a = 0, b = 0;
        foreach (var score in scores)
        {
            a += score == 0 ? 1 : 0;
            b += score == 1 ? 1 : 0;
        }

        var independent = FromPrompts(a, b, scores.Length - a - b);
        if (!independent.TryGet(out var plain))
        {
            return independent;
        }

        var robust = ClusterRobust.Of(scores, clusters, clusterCount);
        if (!robust.TryGet(out var clustered))
        {
            return Finding.Of(plain with { DesignEffect = Finding.Withheld<double>(robust.WithheldBecause!) });
        }

        return clustered.Clusters < ClusterRobust.FewestClusters
            ? Finding.Of(plain with { DesignEffect = Finding.Withheld<double>(clustered.ReportedInterval().WithheldBecause!) })
            : Finding.Of(Of(a, b, scores.Length, clustered.Clusters - 1, ScoreBasis.Clusters, clustered.DesignEffect));
    }

    /// <summary>The estimate of other counts of the same run, with this one's design effect: for what-if readings.</summary>
    public Finding<ScoreEstimate> For(OutcomeCounts counts)
    {
        var plain = FromPrompts(counts);
        if (Basis == ScoreBasis.RepeatedPrompts)
        {
            return plain.TryGet(out var same)
                ? FromRepeats(counts.A, counts.B, counts.Ties, (int)Math.Clamp(Math.Floor((same.N / AppliedDesignEffect) + 1e-9), 2, same.N))
                : plain;
        }

        return Basis == ScoreBasis.Clusters
            ? plain.Then(other => other with { Basis = Basis, DesignEffect = DesignEffect, degreesOfFreedom = degreesOfFreedom })
            : plain;
    }

    /// <summary>From totals over both passes, without rows: (a + b + t) / 2 prompts and a Wilson interval, the wider reading of what is known.</summary>
    public static Finding<ScoreEstimate> FromPasses(int aPasses, int bPasses, int tiePasses)
    {
        Guard.NotNegative(aPasses);
        Guard.NotNegative(bPasses);
        Guard.NotNegative(tiePasses);
        var n = checked(aPasses + bPasses + tiePasses) / 2.0;
        if (n == 0)
        {
            return Finding.Withheld<ScoreEstimate>("no pass was scored");
        }

        var won = (bPasses + (0.5 * tiePasses)) / 2;
        return Finding.Of(new ScoreEstimate
        {
            Score = won / n,
            N = n,
            Basis = ScoreBasis.Passes,
            DesignEffect = Finding.Withheld<double>("totals over passes name no clusters"),
            wins = won,
        });
    }

    /// <summary>Clipped to [0, 1].</summary>
    public Interval Interval(double confidence = 0.95)
    {
        if (Basis == ScoreBasis.Passes)
        {
            return WilsonInterval.Of(wins, N, confidence);
        }

        // Repeated prompts were counted once each already.
        var widening = Basis == ScoreBasis.RepeatedPrompts ? 1 : Math.Sqrt(AppliedDesignEffect);
        var half = StudentT.TwoSided(confidence, degreesOfFreedom) * standardError * widening;
        return new Interval(center - half, center + half).ClippedTo(0, 1);
    }

    private static ScoreEstimate Of(double aWins, double bWins, double n, int degreesOfFreedom, ScoreBasis basis, Finding<double> designEffect)
    {
        double lead = bWins - aWins, total = n + 2.0;
        return new()
        {
            Score = 0.5 + (lead / n / 2),
            N = n,
            Basis = basis,
            DesignEffect = designEffect,
            center = 0.5 + (lead / total / 2),
            standardError = Math.Sqrt(aWins + bWins + 2.0 - (lead * lead / total)) / total / 2,
            degreesOfFreedom = degreesOfFreedom,
        };
    }
}
