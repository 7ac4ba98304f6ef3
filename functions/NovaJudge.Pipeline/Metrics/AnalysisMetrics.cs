namespace NovaJudge.Pipeline.Metrics;

/// <summary>Our own reading of the verdicts. What the data cannot give is absent, never 0.</summary>
public sealed record AnalysisMetrics
{
    /// <summary>B's score: wins plus half the ties, over scored prompts; absent when nothing was scored.</summary>
    public Estimate? Score { get; init; }

    /// <summary>The narrower interval of the same score that equivalence is judged by.</summary>
    public Estimate? ScoreForEquivalence { get; init; }

    /// <summary>B's share of decisive prompts, with Wilson's interval; absent when there is none.</summary>
    public Estimate? WinRate { get; init; }

    /// <summary>Exact two-sided sign test over decisive prompts; absent when there is none.</summary>
    public SignTestMetrics? SignTest { get; init; }

    /// <summary>What to believe of B's win rate after a uniform prior; it informs, it never decides.</summary>
    public PosteriorMetrics? Posterior { get; init; }

    /// <summary>How far the prompts without a verdict could move the score.</summary>
    public BoundsMetrics? Bounds { get; init; }

    /// <summary>The score if a model without an answer had lost to the one with; absent when every prompt was answered.</summary>
    public FailuresLoseMetrics? ScoreFailuresLose { get; init; }

    /// <summary>Whether the two passes agree when the answers swap places.</summary>
    public required PositionMetrics Position { get; init; }

    /// <summary>Whether longer answers win; absent when the judge reported totals only.</summary>
    public LengthMetrics? Length { get; init; }

    /// <summary>Whether the judge is a relative of a model it judges.</summary>
    public FamilyMetrics? Family { get; init; }

    public required ClusterMetrics Clusters { get; init; }

    /// <summary>The score by category; absent when prompts have no category or the judge reported totals only.</summary>
    public SlicesMetrics? Slices { get; init; }

    /// <summary>Whether answers look like attempts to win without answering.</summary>
    public AnswersMetrics? Answers { get; init; }

    /// <summary>How many prompts a decision takes.</summary>
    public PlanMetrics? Plan { get; init; }
}

/// <param name="Value">The estimate, between 0 and 1.</param>
/// <param name="Low">Lower end of the interval.</param>
/// <param name="High">Upper end of the interval.</param>
/// <param name="Confidence">Confidence of the interval.</param>
/// <param name="Method">How the interval was made, in words.</param>
/// <param name="N">Number of prompts behind it.</param>
public sealed record Estimate(double Value, double Low, double High, double Confidence, string Method, int N);

/// <param name="P">The p-value.</param>
/// <param name="B">Prompts that B won.</param>
/// <param name="A">Prompts that A won.</param>
public sealed record SignTestMetrics(double P, int B, int A);

/// <param name="ProbabilityBBetter">P(B's win rate over decisive prompts is above one half).</param>
/// <param name="Low">Lower end of the equal-tailed credible interval of that rate.</param>
/// <param name="High">Upper end.</param>
/// <param name="Confidence">Probability of the interval.</param>
/// <param name="BayesFactor">For "any rate" against "exactly one half"; at most the largest finite number.</param>
public sealed record PosteriorMetrics(double ProbabilityBBetter, double Low, double High, double Confidence, double BayesFactor);

/// <param name="Missing">Prompts without a verdict: failed, unscored and over-long ones.</param>
/// <param name="Low">B's score if all of them had gone to A.</param>
/// <param name="High">B's score if all of them had gone to B.</param>
/// <param name="IfAllToA">The verdict then.</param>
/// <param name="IfAllToB">The verdict then.</param>
/// <param name="VerdictIsRobust">Whether the verdict is the same wherever they had gone.</param>
public sealed record BoundsMetrics(int Missing, double Low, double High, string IfAllToA, string IfAllToB, bool VerdictIsRobust);

/// <param name="Value">B's score under this reading.</param>
/// <param name="Outcome">The verdict under this reading.</param>
/// <param name="ChangesVerdict">Whether that is another verdict than the run's.</param>
public sealed record FailuresLoseMetrics(double Value, string Outcome, bool ChangesVerdict);

/// <param name="Count">Number of clusters (articles) among scored prompts; a prompt without one is its own. Different prompts where those make the clusters.</param>
/// <param name="DesignEffect">Variance with clusters over variance without; verdicts per prompt where each prompt counts once; absent when withheld.</param>
/// <param name="Withheld">Why the clustered interval is not given; absent when it is.</param>
public sealed record ClusterMetrics(int Count, double? DesignEffect, string? Withheld)
{
    /// <summary>How alike the verdicts of one cluster are; absent when unknown or every cluster holds a single prompt.</summary>
    public double? IntraclassCorrelation { get; init; }

    /// <summary>Standard error of the score with clusters.</summary>
    public double? StandardError { get; init; }

    /// <summary>Standard error of the score if prompts were independent.</summary>
    public double? StandardErrorIndependent { get; init; }

    /// <summary>Scored prompts over the design effect: independent prompts that would carry the same news.</summary>
    public double? EffectivePrompts { get; init; }

    /// <summary>Prompts of different text, when some were judged several times; absent when none was.</summary>
    public int? DifferentPrompts { get; init; }
}

/// <param name="SmallestEffect">The decisive win rate worth detecting, from the request.</param>
/// <param name="Prompts">Prompts in all to detect it with a chance of 80%; absent when no number is known to be enough.</param>
/// <param name="MorePrompts">Those less the ones scored.</param>
/// <param name="MorePromptsAtObservedEffect">The same if the true win rate were the observed one, which is a poor guide.</param>
/// <param name="SmallestDetectable">The smallest win rate that these prompts would have found with a chance of 80%; absent when even a clean sweep would not do.</param>
/// <param name="Withheld">Why the number of prompts is absent.</param>
public sealed record PlanMetrics(
    double SmallestEffect, int? Prompts, int? MorePrompts, int? MorePromptsAtObservedEffect, double? SmallestDetectable, string? Withheld)
{
    /// <summary>What the further prompts would cost; absent in runs from before this was computed.</summary>
    public PlanCost? Cost { get; init; }
}

/// <param name="PerPromptUsd">US dollars for one prompt, measured by this run's tokens; absent when unknown.</param>
/// <param name="MorePromptsUsd">US dollars for <see cref="PlanMetrics.MorePrompts"/>; absent when one of the two is.</param>
/// <param name="Prices">Version of the price table.</param>
/// <param name="Unknown">Why the cost is not known; absent when it is.</param>
/// <param name="Beside">What is paid for by time, comes on top and is not in it; absent when nothing is.</param>
public sealed record PlanCost(double? PerPromptUsd, double? MorePromptsUsd, string Prices, string? Unknown, string? Beside);
