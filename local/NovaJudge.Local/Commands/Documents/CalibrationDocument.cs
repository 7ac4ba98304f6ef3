using NovaJudge.Pipeline.Judging;
using NovaJudge.Pipeline.Metrics.Labelling;
using NovaJudge.Pipeline.Statistics;

namespace NovaJudge.Local.Commands.Documents;

/// <summary>What <c>nova calibrate --json</c> prints; absent is what cannot be said.</summary>
internal sealed record CalibrationDocument
{
    public required int Prompts { get; init; }

    public required int Labelled { get; init; }

    public required IReadOnlyList<IReadOnlyList<int>> Table { get; init; }

    public double? Agreement { get; init; }

    public double? Kappa { get; init; }

    public double? GwetAc1 { get; init; }

    public required double JudgeScore { get; init; }

    public double? CorrectedScore { get; init; }

    public double[]? CorrectedInterval { get; init; }

    public double? EffectiveLabels { get; init; }

    public required IReadOnlyList<PromptOutcome> Unlabelled { get; init; }

    /// <summary>Why there is no corrected score.</summary>
    public string? Withheld { get; init; }

    public static CalibrationDocument Of(Calibration calibration, double confidence)
    {
        var interval = calibration.Corrected.TryGet(out var corrected) ? corrected.Interval(confidence) : (Interval?)null;
        var agreement = calibration.Agreement.TryGet(out var known) ? known : null;
        return new CalibrationDocument
        {
            Prompts = calibration.Prompts,
            Labelled = calibration.Labelled,
            Table = calibration.Table,
            Agreement = agreement?.Observed,
            Kappa = agreement?.Kappa.OrNull(),
            GwetAc1 = agreement?.GwetAc1.OrNull(),
            JudgeScore = calibration.JudgeScore,
            CorrectedScore = corrected?.Estimate,
            CorrectedInterval = interval is { } ends ? [ends.Low, ends.High] : null,
            EffectiveLabels = corrected?.EffectiveLabels,
            Unlabelled = calibration.Unlabelled,
            Withheld = calibration.Corrected.WithheldBecause,
        };
    }
}
