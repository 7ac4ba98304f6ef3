using NovaJudge.Pipeline.Statistics;

namespace NovaJudge.Pipeline.Metrics;

/// <summary>Statistics as documents show them: a value with its interval and how that was made.</summary>
internal static class Estimates
{
    /// <summary>A score; <c>null</c> where it is withheld.</summary>
    public static Estimate? Of(Finding<ScoreEstimate> score, double confidence)
    {
        if (!score.TryGet(out var estimate))
        {
            return null;
        }

        var interval = estimate.Interval(confidence);
        var method = estimate.Basis switch
        {
            ScoreBasis.Clusters => "Bonett-Price, clusters",
            ScoreBasis.RepeatedPrompts => "Bonett-Price, each prompt once",
            ScoreBasis.Prompts => "Bonett-Price, prompts as independent",
            _ => "Wilson, two passes as one prompt",
        };
        return new Estimate(estimate.Score, interval.Low, interval.High, confidence, method, (int)estimate.N);
    }

    /// <summary>A share with Wilson's interval; <c>null</c> of nothing.</summary>
    public static Estimate? OfShare(int count, int n, double confidence)
    {
        if (n == 0)
        {
            return null;
        }

        var interval = WilsonInterval.Of(count, n, confidence);
        return new Estimate((double)count / n, interval.Low, interval.High, confidence, "Wilson", n);
    }
}
