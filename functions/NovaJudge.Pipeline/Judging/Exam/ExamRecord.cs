using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Pipeline.Judging.Exam;

/// <summary>The latest exam of a judge: the content of <c>exams/{fingerprint}.json</c>.</summary>
public sealed record ExamRecord
{
    /// <summary>Version of this document.</summary>
    public int SchemaVersion { get; init; } = 1;

    /// <summary>Which judge: see <see cref="JudgeFingerprint"/>.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>The judge as it was examined.</summary>
    public required JudgeSettings Judge { get; init; }

    public required DateTimeOffset ExaminedAt { get; init; }

    /// <summary>Where the questions are from.</summary>
    public required string Dataset { get; init; }

    /// <summary>Questions asked.</summary>
    public required int Questions { get; init; }

    /// <summary>Drew the records.</summary>
    public required long Seed { get; init; }

    /// <summary>Of every interval.</summary>
    public required double Confidence { get; init; }

    /// <summary>The run that asked the questions; absent when an archive was scored.</summary>
    public RunId? RunId { get; init; }

    public required ExamReport Report { get; init; }

    /// <summary>What a run with this judge says of it.</summary>
    public JudgeExam ToSummary() => new(ExaminedAt, Dataset, Questions, Report.Accuracy, Report.Unscored, Report.Faults);
}

/// <param name="ExaminedAt">When.</param>
/// <param name="Dataset">Where the questions were from.</param>
/// <param name="Questions">How many there were.</param>
/// <param name="Accuracy">Share of questions with a verdict that were marked right; absent when none had one.</param>
/// <param name="Unscored">Share of questions without a verdict.</param>
/// <param name="Faults">What is wrong with the judge beyond doubt, one sentence each.</param>
public sealed record JudgeExam(
    DateTimeOffset ExaminedAt, string Dataset, int Questions, ExamShare? Accuracy, ExamShare? Unscored, IReadOnlyList<string> Faults);
