using NovaJudge.Pipeline.Metrics;

namespace NovaJudge.Pipeline.Runs;

/// <summary>The run that later runs of a suite are held against: the content of <c>baselines/{suite}.json</c>.</summary>
public sealed record PinnedBaseline
{
    public required RunId RunId { get; init; }

    public required string Suite { get; init; }

    /// <summary>When the run was asked for.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was pinned; pinning again starts the looks anew.</summary>
    public required DateTimeOffset PinnedAt { get; init; }

    public required RunConditions Conditions { get; init; }

    /// <summary>Prompts that A won.</summary>
    public required int A { get; init; }

    /// <summary>Prompts that B won.</summary>
    public required int B { get; init; }

    /// <summary>Ties, inconsistent prompts among them.</summary>
    public required int Ties { get; init; }

    /// <summary>At least 1; 1 when unknown.</summary>
    public required double DesignEffect { get; init; }

    /// <summary>The verdict of the run, for people.</summary>
    public required string Sentence { get; init; }

    /// <exception cref="PipelineException"><see cref="ErrorNames.BadInput"/>: the run cannot serve as a baseline.</exception>
    public static PinnedBaseline Of(EvaluationRequest request, RunMetrics metrics, DateTimeOffset pinnedAt) => metrics.Outcomes.Scored == 0
        ? throw PipelineException.BadInput($"Run {request.RunId} has no scored prompt, so nothing can be held against it. Choose another run.")
        : new PinnedBaseline
        {
            RunId = request.RunId,
            Suite = request.Suite,
            CreatedAt = request.CreatedAt,
            PinnedAt = pinnedAt,
            Conditions = RunConditions.Of(request),
            A = metrics.Outcomes.A,
            B = metrics.Outcomes.B,
            Ties = metrics.Outcomes.Tie + metrics.Outcomes.Inconsistent,
            DesignEffect = Math.Max(1, metrics.Analysis.Clusters.DesignEffect ?? 1),
            Sentence = metrics.Verdict.Sentence,
        };
}
