using System.Globalization;
using NovaJudge.Pipeline.Metrics;

namespace NovaJudge.Pipeline.Judging.Exam;

/// <summary>What reports say of a judge's exam.</summary>
public static class ExamWords
{
    /// <summary>Stands where a judge has no exam.</summary>
    public const string Never = "Judge never examined.";

    /// <summary>The latest exam in one or more sentences, or <see cref="Never"/>.</summary>
    public static string Of(JudgeDescription judge)
    {
        if (judge.Exam is not { } exam)
        {
            return Never;
        }

        var right = exam.Accuracy is { } share
            ? string.Create(CultureInfo.InvariantCulture, $"{share.Value * 100:0}% right ({share.Low * 100:0}–{share.High * 100:0}%)")
            : "no verdict that could be read";
        var faults = exam.Faults.Count == 0 ? "No fault was shown." : $"{(exam.Faults.Count == 1 ? "Fault" : "Faults")}: {string.Join(' ', exam.Faults)}";
        return string.Create(CultureInfo.InvariantCulture, $"Judge examined {exam.ExaminedAt.UtcDateTime:yyyy-MM-dd} on {exam.Questions} questions of {exam.Dataset}: {right}. {faults}");
    }

    /// <summary>A kind of question, for tables and sentences.</summary>
    public static string Kind(ExamKind kind) => kind switch
    {
        ExamKind.GoldOrWrong => "right or wrong answer",
        ExamKind.Identical => "identical answers",
        ExamKind.Padded => "padded answer",
        ExamKind.Reordered => "sentences reordered",
        ExamKind.Phrased => "phrase or sentence",
        _ => "instructions in an answer",
    };
}
