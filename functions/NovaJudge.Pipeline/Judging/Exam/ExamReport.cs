namespace NovaJudge.Pipeline.Judging.Exam;

/// <summary>Gives the interval of a share: <paramref name="successes"/> of <paramref name="n"/>.</summary>
public delegate (double Low, double High) ShareInterval(int successes, int n);

/// <summary>How well a judge judges.</summary>
public sealed record ExamReport
{
    /// <summary>Share of questions with a verdict that were marked right; absent when none had one.</summary>
    public ExamShare? Accuracy { get; init; }

    /// <summary>The same by kind, with the shares of each failure.</summary>
    public required IReadOnlyList<ExamKindReport> Kinds { get; init; }

    /// <summary>Share of questions without a verdict.</summary>
    public ExamShare? Unscored { get; init; }

    /// <summary>Share of decisive passes that the answer shown first won; fair is one half.</summary>
    public ExamShare? FirstShown { get; init; }

    /// <summary>What is wrong with this judge beyond doubt, one sentence each.</summary>
    public required IReadOnlyList<string> Faults { get; init; }

    /// <summary>What this exam could not find out, one sentence each.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>Reads counts. A fault is named only when the whole interval lies beyond its limit.</summary>
    public static ExamReport Of(ExamCounts counts, ShareInterval interval)
    {
        var (pairs, scored, right) = (counts.Kinds.Sum(kind => kind.Pairs), counts.Kinds.Sum(kind => kind.Scored), counts.Kinds.Sum(kind => kind.Right));
        var report = new ExamReport
        {
            Accuracy = ExamShare.Of(right, scored, interval),
            Kinds = [.. counts.Kinds.Select(kind => ExamKindReport.Of(kind, interval))],
            Unscored = ExamShare.Of(pairs - scored, pairs, interval),
            FirstShown = ExamShare.Of(counts.FirstShown, counts.FirstShown + counts.SecondShown, interval),
            Faults = [],
            Notes = [.. ExamFaults.Untested(counts)],
        };
        return report with { Faults = [.. ExamFaults.Find(report)] };
    }
}

/// <param name="Kind">What was tried.</param>
/// <param name="Counts">How often each mark was given.</param>
/// <param name="Right">Share marked right, of those with a verdict.</param>
/// <param name="Wrong">Share on which the worse answer won, or one of two equal ones.</param>
/// <param name="Inconsistent">Share on which the verdict changed when the answers changed places.</param>
public sealed record ExamKindReport(ExamKind Kind, ExamKindCounts Counts, ExamShare? Right, ExamShare? Wrong, ExamShare? Inconsistent)
{
    internal static ExamKindReport Of(ExamKindCounts counts, ShareInterval interval) => new(
        counts.Kind,
        counts,
        ExamShare.Of(counts.Right, counts.Scored, interval),
        ExamShare.Of(counts.Wrong, counts.Scored, interval),
        ExamShare.Of(counts.Inconsistent, counts.Scored, interval));
}

/// <param name="Value">The share, between 0 and 1.</param>
/// <param name="Low">Lower end of its interval.</param>
/// <param name="High">Upper end of its interval.</param>
/// <param name="N">What it is a share of.</param>
public sealed record ExamShare(double Value, double Low, double High, int N)
{
    internal static ExamShare? Of(int successes, int n, ShareInterval interval)
    {
        if (n == 0)
        {
            return null;
        }

        var (low, high) = interval(successes, n);
        return new ExamShare((double)successes / n, low, high, n);
    }
}
