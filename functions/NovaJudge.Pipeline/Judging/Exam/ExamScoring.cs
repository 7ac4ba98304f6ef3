using NovaJudge.Pipeline.Judging.Archive;
using NovaJudge.Pipeline.Judging.Reconciling;
using NovaJudge.Pipeline.Statistics;

namespace NovaJudge.Pipeline.Judging.Exam;

/// <summary>Marks a judge's verdicts on the questions of an exam.</summary>
public static class ExamScoring
{
    /// <summary>Of every interval in an exam.</summary>
    public const double Confidence = 0.95;

    /// <summary>What the judge said, as a run of the pipeline kept it.</summary>
    /// <param name="exam">The questions.</param>
    /// <param name="verdicts">The verdicts by the questions' ids; a question without one counts as unscored.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async Task<ExamReport> OfVerdictsAsync(IReadOnlyList<ExamPair> exam, IAsyncEnumerable<VerdictRow> verdicts, CancellationToken cancellationToken)
    {
        var said = new Dictionary<string, VerdictRow>(exam.Count, StringComparer.Ordinal);
        await foreach (var verdict in verdicts.WithCancellation(cancellationToken))
        {
            said[verdict.Id] = verdict;
        }

        var tally = new ExamTally();
        foreach (var pair in exam)
        {
            tally.Add(pair, said.GetValueOrDefault(pair.Id) ?? new VerdictRow(pair.Id, null, null, PromptOutcome.Unscored));
        }

        return ExamReport.Of(tally.ToCounts(), Interval);
    }

    /// <summary>What the judge left in its archive.</summary>
    /// <exception cref="PipelineException"><see cref="ErrorNames.JudgeOutput"/>: it has no verdicts on these questions.</exception>
    public static async Task<ExamReport> OfArchiveAsync(IReadOnlyList<ExamPair> exam, JudgeArchive archive, CancellationToken cancellationToken)
    {
        var reconciled = await Reconciliation.RunAsync(
            archive, exam.Select((pair, row) => new JudgeIndexRow(row, pair.Id)).ToAsyncEnumerable(), exam.Select(pair => pair.Pair).ToAsyncEnumerable(), cancellationToken);
        return reconciled.RowsUsable
            ? await OfVerdictsAsync(exam, reconciled.Rows.ToAsyncEnumerable(), cancellationToken)
            : throw new PipelineException(ErrorNames.JudgeOutput,
                $"The archive has no verdicts by row that belong to these questions. {string.Join(' ', reconciled.Warnings)} "
                + "Score it with the data set, size and seed that its questions were written with.");
    }

    private static (double Low, double High) Interval(int successes, int n)
    {
        var interval = WilsonInterval.Of(successes, n, Confidence);
        return (interval.Low, interval.High);
    }
}
