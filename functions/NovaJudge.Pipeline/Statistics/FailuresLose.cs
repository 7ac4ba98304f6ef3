using NovaJudge.Pipeline.Statistics.Numerics;

namespace NovaJudge.Pipeline.Statistics;

/// <summary>
/// A second reading of a run, shown beside the score: a model that gave no answer lost that prompt to the one that did; when both failed, it is a tie.
/// Prompts the judge could not read or hold stay out.
/// </summary>
public sealed record FailuresLose
{
    public required OutcomeCounts Counts { get; init; }

    /// <summary>scoreFailuresLose: B's score under this reading.</summary>
    public required Finding<double> Score { get; init; }

    public required Decision Decision { get; init; }

    /// <param name="counts">Of the run.</param>
    /// <param name="failedByA">Prompts on which A alone gave no answer.</param>
    /// <param name="failedByB">Prompts on which B alone gave no answer.</param>
    /// <param name="rule">Of the run.</param>
    /// <param name="like">The run's own estimate, whose design effect applies here too.</param>
    public static FailuresLose Of(OutcomeCounts counts, int failedByA, int failedByB, DecisionRule? rule = null, ScoreEstimate? like = null)
    {
        ArgumentNullException.ThrowIfNull(counts);
        Guard.NotNegative(failedByA);
        Guard.NotNegative(failedByB);
        var failedByBoth = counts.GenerationFailed - failedByA - failedByB;
        if (failedByBoth < 0)
        {
            throw new ArgumentException($"{failedByA} failures of A and {failedByB} of B exceed the {counts.GenerationFailed} prompts with failed generations.");
        }

        var read = counts with
        {
            A = counts.A + failedByB,
            B = counts.B + failedByA,
            Tie = counts.Tie + failedByBoth,
            GenerationFailed = 0,
        };
        return new()
        {
            Counts = read,
            Score = WinRates.Of(read.A, read.B, read.Ties).Score,
            Decision = Decision.Of(read, rule, like),
        };
    }
}
