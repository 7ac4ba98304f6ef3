using NovaJudge.Pipeline.Judging;
using NovaJudge.Pipeline.Statistics;

namespace NovaJudge.Pipeline.Metrics.Labelling;

/// <summary>
/// What people's labels say of the judge and of B's score. Prompts of some outcomes were chosen more often than others, so each label counts by
/// one over its outcome's share of labelled prompts.
/// </summary>
public sealed record Calibration
{
    /// <summary>Scored prompts of the run.</summary>
    public required int Prompts { get; init; }

    public required int Labelled { get; init; }

    /// <summary>B's score as the judge alone has it.</summary>
    public required double JudgeScore { get; init; }

    /// <summary>B's score as people would have it.</summary>
    public required Finding<CalibratedScore> Corrected { get; init; }

    /// <summary>Judge against people over a, b and tie; an inconsistent prompt is a tie of the judge.</summary>
    public required Finding<RaterAgreement> Agreement { get; init; }

    /// <summary>Judge's word (rows: a, b, tie) against people's (columns), unweighted.</summary>
    public required IReadOnlyList<IReadOnlyList<int>> Table { get; init; }

    /// <summary>Outcomes of which no prompt is labelled: the correction knows nothing of them.</summary>
    public required IReadOnlyList<PromptOutcome> Unlabelled { get; init; }

    /// <exception cref="PipelineException"><see cref="ErrorNames.BadInput"/>: a label belongs to no scored prompt.</exception>
    public static Calibration Of(IReadOnlyList<VerdictRow> verdicts, IReadOnlyList<LabelRow> labels)
    {
        var scored = verdicts.Where(verdict => ScoredPrompts.Score(verdict.Verdict) is not null).ToList();
        var places = scored.Index().ToDictionary(verdict => verdict.Item.Id, verdict => verdict.Index, StringComparer.Ordinal);
        if (labels.FirstOrDefault(label => !places.ContainsKey(label.Id)) is { } stranger)
        {
            throw PipelineException.BadInput($"The label of \"{stranger.Id}\" belongs to no scored prompt of this run.");
        }

        var labelled = labels.DistinctBy(label => label.Id).ToList();
        var sizes = scored.CountBy(verdict => verdict.Verdict).ToDictionary();
        var chosen = labelled.CountBy(label => scored[places[label.Id]].Verdict).ToDictionary();
        double[] chances = [.. labelled.Select(label => Chance(scored[places[label.Id]].Verdict))];
        int[] judge = [.. labelled.Select(label => Category(ScoredPrompts.Score(scored[places[label.Id]].Verdict)!.Value))];
        int[] people = [.. labelled.Select(label => Category(Score(label.Label)))];
        double[] scores = [.. scored.Select(verdict => ScoredPrompts.Score(verdict.Verdict)!.Value)];
        return new Calibration
        {
            Prompts = scored.Count,
            Labelled = labelled.Count,
            JudgeScore = scores.DefaultIfEmpty(0.5).Average(),
            Corrected = CalibratedScore.Of(scores, [.. labelled.Select(label => places[label.Id])], [.. labelled.Select(label => Score(label.Label))], chances),
            Agreement = RaterAgreement.OfWeighted(judge, people, [.. chances.Select(chance => 1 / chance)], 3),
            Table = [.. Enumerable.Range(0, 3).Select(row => (IReadOnlyList<int>)[.. Enumerable.Range(0, 3).Select(column => Enumerable.Range(0, judge.Length).Count(at => judge[at] == row && people[at] == column))])],
            Unlabelled = [.. sizes.Keys.Except(chosen.Keys).Order()],
        };

        double Chance(PromptOutcome outcome) => (double)chosen[outcome] / sizes[outcome];
    }

    private static double Score(PassVerdict label) => label switch { PassVerdict.A => 0, PassVerdict.B => 1, _ => 0.5 };

    private static int Category(double score) => score switch { 0 => 0, 1 => 1, _ => 2 };
}
