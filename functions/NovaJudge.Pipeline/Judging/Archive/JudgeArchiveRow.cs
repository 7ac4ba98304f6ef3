using System.Collections.Immutable;

namespace NovaJudge.Pipeline.Judging.Archive;

/// <summary>One row of an archive, as far as it could be read.</summary>
/// <param name="Prompts">The prompt by each of <see cref="JudgeArchive.PromptColumns"/>; default where the row has none.</param>
/// <param name="Metrics">What the judge said of the row.</param>
public readonly record struct JudgeArchiveRow(ImmutableArray<PromptHash> Prompts, RowMetrics Metrics);

/// <summary>The <c>metrics</c> of one row; what the row does not hold is <c>null</c>.</summary>
public sealed record RowMetrics
{
    /// <summary>A row without any.</summary>
    public static RowMetrics None { get; } = new();

    /// <summary>The judge's raw output with A first; a list of outputs is joined by new lines.</summary>
    public string? ForwardOutput { get; init; }

    /// <summary>The judge's raw output with B first.</summary>
    public string? BackwardOutput { get; init; }

    /// <summary>Passes that A won.</summary>
    public double? AScores { get; init; }

    /// <summary>Passes that B won.</summary>
    public double? BScores { get; init; }

    /// <summary>Passes without a winner.</summary>
    public double? Ties { get; init; }

    /// <summary>Passes that could not be evaluated.</summary>
    public double? InferenceError { get; init; }

    /// <summary>A's weighted score; the rubric judge only.</summary>
    public double? WeightedScoreA { get; init; }

    /// <summary>B's weighted score; the rubric judge only.</summary>
    public double? WeightedScoreB { get; init; }

    /// <summary>A's weighted score less B's; the rubric judge only.</summary>
    public double? ScoreMargin { get; init; }

    internal RowMetrics With(DetailsRole role, string? text) => role switch
    {
        DetailsRole.ForwardOutput => this with { ForwardOutput = text },
        DetailsRole.BackwardOutput => this with { BackwardOutput = text },
        _ => this,
    };

    internal RowMetrics With(DetailsRole role, double? number) => role switch
    {
        DetailsRole.AScores => this with { AScores = number },
        DetailsRole.BScores => this with { BScores = number },
        DetailsRole.Ties => this with { Ties = number },
        DetailsRole.InferenceError => this with { InferenceError = number },
        DetailsRole.WeightedScoreA => this with { WeightedScoreA = number },
        DetailsRole.WeightedScoreB => this with { WeightedScoreB = number },
        DetailsRole.ScoreMargin => this with { ScoreMargin = number },
        _ => this,
    };
}
