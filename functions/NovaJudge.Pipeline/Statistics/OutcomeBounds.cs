namespace NovaJudge.Pipeline.Statistics;

/// <summary>
/// What the prompts without a verdict could have changed. Source: C. F. Manski, American Economic Review 80 (1990) 319, on bounds that assume
/// nothing of what is missing.
/// </summary>
public sealed record OutcomeBounds
{
    /// <summary>The score if every failed, unscored and over-long prompt had gone to A, and to B; all of [0, 1] for an empty run.</summary>
    public required Interval Score { get; init; }

    public required Decision IfAllToA { get; init; }

    public required Decision IfAllToB { get; init; }

    /// <summary>Whether the verdict is the same wherever the missing prompts had gone.</summary>
    public bool VerdictIsRobust => IfAllToA.Verdict == IfAllToB.Verdict;

    /// <param name="counts">Of the run.</param>
    /// <param name="rule">Of the run.</param>
    /// <param name="like">The run's own estimate, whose design effect applies here too.</param>
    public static OutcomeBounds Of(OutcomeCounts counts, DecisionRule? rule = null, ScoreEstimate? like = null)
    {
        ArgumentNullException.ThrowIfNull(counts);
        OutcomeCounts scored = counts with { Unscored = 0, GenerationFailed = 0, TooLongForJudge = 0 };
        OutcomeCounts toA = scored with { A = checked(counts.A + counts.WithoutVerdict) }, toB = scored with { B = checked(counts.B + counts.WithoutVerdict) };
        return new()
        {
            Score = counts.Total == 0 ? Interval.Unit : new(ScoreOf(toA), ScoreOf(toB)),
            IfAllToA = Decision.Of(toA, rule, like),
            IfAllToB = Decision.Of(toB, rule, like),
        };
    }

    private static double ScoreOf(OutcomeCounts counts) => (counts.B + (0.5 * counts.Ties)) / counts.Total;
}
