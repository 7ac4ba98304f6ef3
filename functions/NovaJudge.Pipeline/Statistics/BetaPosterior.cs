using NovaJudge.Pipeline.Statistics.Numerics;

namespace NovaJudge.Pipeline.Statistics;

/// <summary>
/// What is believed of B's win rate over decisive prompts after a Beta prior (uniform by default). It informs, it never decides.
/// Source: A. Gelman et al., Bayesian Data Analysis, 3rd edition, section 2.4; Bayes factor: density of the prior over density of the
/// posterior at 1/2 (J. M. Dickey and B. P. Lientz, Annals of Mathematical Statistics 41 (1970) 214).
/// </summary>
public sealed record BetaPosterior
{
    /// <summary>Of the posterior: B's wins plus the prior's.</summary>
    public required double Alpha { get; init; }

    /// <summary>Of the posterior: A's wins plus the prior's.</summary>
    public required double Beta { get; init; }

    /// <summary>ln of the Bayes factor for "the win rate has the prior's spread" against "it is exactly 1/2".</summary>
    public required double LogBayesFactor { get; init; }

    public double Mean => Alpha / (Alpha + Beta);

    /// <summary>P(win rate &gt; 1/2).</summary>
    public double ProbabilityBBetter => BetaDistribution.Cdf(0.5, Beta, Alpha);

    /// <summary>The Bayes factor, at most the largest finite number.</summary>
    public double BayesFactor => Math.Min(double.MaxValue, Math.Exp(LogBayesFactor));

    public static BetaPosterior Of(int aWins, int bWins, double priorAlpha = 1, double priorBeta = 1)
    {
        Guard.NotNegative(aWins);
        Guard.NotNegative(bWins);
        Guard.Positive(priorAlpha);
        Guard.Positive(priorBeta);
        double alpha = bWins + priorAlpha, beta = aWins + priorBeta;
        return new()
        {
            Alpha = alpha,
            Beta = beta,
            LogBayesFactor = BetaDistribution.LogKernel(0.5, 0.5, priorAlpha, priorBeta) - BetaDistribution.LogKernel(0.5, 0.5, alpha, beta),
        };
    }

    /// <summary>The equal-tailed credible interval.</summary>
    public Interval Credible(double confidence = 0.95)
    {
        Guard.Confidence(confidence);
        var tail = (1 - confidence) / 2;
        return new(BetaDistribution.Quantile(tail, Alpha, Beta), 1 - BetaDistribution.Quantile(tail, Beta, Alpha));
    }
}
