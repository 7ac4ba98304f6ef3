using NovaJudge.Pipeline.Statistics;

namespace NovaJudge.Pipeline.Metrics;

/// <summary>
/// The score with what its verdicts have in common. Prompts of one article come as a cluster where there are enough articles. Verdicts on one
/// prompt that was judged several times are never taken as independent: they are a cluster, or, where few prompts differ, one verdict (decision 037).
/// </summary>
internal sealed record ClusteredScore(Finding<ScoreEstimate> Score, Finding<ClusterRobust> Robust, int Clusters, int? DifferentPrompts)
{
    public static ClusteredScore Of(ScoredPrompts prompts)
    {
        int? different = prompts.DifferentPrompts < prompts.Scores.Length ? prompts.DifferentPrompts : null;
        var byArticle = By(prompts.Scores, prompts.Clusters, prompts.ClusterCount, different);
        if (different is not { } count || byArticle.IsTrusted)
        {
            return byArticle;
        }

        var byPrompt = By(prompts.Scores, prompts.Prompts, count, different);
        var counts = prompts.ToCounts();
        return byPrompt.IsTrusted
            ? byPrompt
            : new(ScoreEstimate.FromRepeats(counts.A, counts.B, counts.Ties, count), Finding.Withheld<ClusterRobust>("each prompt counts once"), count, different);
    }

    public ClusterMetrics ToMetrics()
    {
        var effect = Score.TryGet(out var estimate) ? estimate.DesignEffect : Finding.Withheld<double>(Score.WithheldBecause!);
        var trusted = effect.IsKnown && Robust.IsKnown;
        return new ClusterMetrics(Clusters, effect.OrNull(), effect.WithheldBecause)
        {
            IntraclassCorrelation = trusted ? Robust.Value.IntraclassCorrelation.OrNull() : null,
            StandardError = trusted ? Robust.Value.StandardError : null,
            StandardErrorIndependent = trusted ? Robust.Value.StandardErrorIndependent : null,
            EffectivePrompts = trusted ? estimate!.N / estimate.AppliedDesignEffect : null,
            DifferentPrompts = DifferentPrompts,
        };
    }

    private bool IsTrusted => Score.TryGet(out var estimate) && estimate.Basis == ScoreBasis.Clusters && estimate.DesignEffect.IsKnown;

    private static ClusteredScore By(ReadOnlySpan<double> scores, ReadOnlySpan<int> clusters, int count, int? different) =>
        new(ScoreEstimate.FromClusters(scores, clusters, count), ClusterRobust.Of(scores, clusters, count), count, different);
}
