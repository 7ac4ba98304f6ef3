using NovaJudge.Local.Storage;
using NovaJudge.Pipeline.Judging;
using NovaJudge.Pipeline.Runs;
using NovaJudge.Pipeline.Statistics;

namespace NovaJudge.Local.Commands.Extending;

/// <summary>What the prompts of all batches have in common: small batches spread over the same articles look independent, their sum is not.</summary>
internal static class ChainClusters
{
    /// <summary>The design effect of all scored prompts together; 1 with too few articles to tell.</summary>
    public static async Task<double> DesignEffectAsync(IReadOnlyList<FinishedRun> runs, FileObjectStore store, CancellationToken cancellationToken)
    {
        var scores = new List<double>();
        var clusters = new List<string?>();
        foreach (var run in runs)
        {
            var clusterOf = new Dictionary<string, string?>(StringComparer.Ordinal);
            await foreach (var prompt in store.ReadPromptsAsync(run.Keys, cancellationToken))
            {
                clusterOf[prompt.Id] = prompt.Cluster;
            }

            await foreach (var verdict in store.ReadVerdictsAsync(run.Keys, cancellationToken))
            {
                if (Score(verdict.Verdict) is { } score)
                {
                    scores.Add(score);
                    clusters.Add(clusterOf.GetValueOrDefault(verdict.Id));
                }
            }
        }

        return ClusterRobust.Of([.. scores], clusters).TryGet(out var robust) && robust.Clusters >= ClusterRobust.FewestClusters && robust.DesignEffect.TryGet(out var effect)
            ? Math.Max(1, effect)
            : 1;
    }

    private static double? Score(PromptOutcome outcome) => outcome switch
    {
        PromptOutcome.A => 0,
        PromptOutcome.B => 1,
        PromptOutcome.Tie or PromptOutcome.Inconsistent => 0.5,
        _ => null,
    };
}
