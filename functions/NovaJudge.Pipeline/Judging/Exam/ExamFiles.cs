using System.Text.Json;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Pipeline.Judging.Exam;

/// <summary>Exams in the store: one record for each judge, the latest.</summary>
public static class ExamFiles
{
    /// <summary>The prefix of all exams.</summary>
    public const string Prefix = "exams/";

    /// <summary>Where the latest exam of a judge lies.</summary>
    public static ObjectKey Key(JudgeSettings judge) => ObjectKey.Parse($"{Prefix}{JudgeFingerprint.Of(judge)}.json");

    extension(IObjectStore store)
    {
        /// <summary>The latest exam of this very judge, or <c>null</c>; a file that is no exam counts as none.</summary>
        public async Task<ExamRecord?> FindExamAsync(JudgeSettings judge, CancellationToken cancellationToken)
        {
            try
            {
                return await store.FindDocumentAsync(Key(judge), PipelineJson.Documents.ExamRecord, cancellationToken);
            }
            catch (JsonException)
            {
                return null;
            }
        }

        /// <summary>Keeps an exam as the judge's latest.</summary>
        public Task WriteExamAsync(ExamRecord exam, CancellationToken cancellationToken) =>
            store.WriteDocumentAsync(Key(exam.Judge), exam, PipelineJson.Documents.ExamRecord, cancellationToken);
    }
}
