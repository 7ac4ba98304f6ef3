using System.Runtime.CompilerServices;
using NovaJudge.Pipeline.Judging;
using NovaJudge.Pipeline.Judging.Archive;
using NovaJudge.Pipeline.Judging.ByModel;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Pipeline.Steps;

/// <param name="JobName">The name that the archive lies under, as if a job had written it.</param>
public sealed record CollectVerdictsOutput(string JobName);

/// <summary>
/// Reads the verdicts out of what judging models wrote, and leaves the archive that a job would have left, so that
/// everything after it knows one kind of judge only.
/// </summary>
public sealed class CollectVerdictsStep(IObjectStore store)
{
    /// <summary>Stands for the job where there was none.</summary>
    public const string JobName = "model-judge";

    public async Task<CollectVerdictsOutput> RunAsync(RunReference input, CancellationToken cancellationToken)
    {
        var keys = new RunKeys(input.RunId);
        var request = await store.ReadDocumentAsync(keys.Request, PipelineJson.Documents.EvaluationRequest, cancellationToken);
        var judges = request.Judge.Models ?? throw new PipelineException(ErrorNames.BadInput, $"The judge {request.Judge.Kind} is a job; it leaves its archive itself.");
        var header = new JudgeArchiveHeader
        {
            RunName = JobName,
            Timestamp = request.CreatedAt,
            JudgeName = string.Join(" + ", judges.Select(judge => judge.Model)),
            Marker = JudgeArchiveHeader.ModelJudgeMarker,
        };
        var panel = new JudgePanel();
        await store.WriteAsync(
            keys.JudgeArchive(JobName),
            (stream, token) => JudgeArchiveWriter.WriteAsync(stream, header, RowsAsync(keys, judges, panel, token), token),
            PutCondition.Always, cancellationToken);
        if (judges.Count > 1)
        {
            await store.WriteDocumentAsync(keys.JudgePanel, panel.Agreement, PipelineJson.Documents.PanelAgreement, cancellationToken);
        }

        await store.WriteDocumentAsync(keys.JudgeJob, new StartJudgeOutput(JobName), PipelineJson.Documents.StartJudgeOutput, cancellationToken);
        return new CollectVerdictsOutput(JobName);
    }

    private async IAsyncEnumerable<JudgedRow> RowsAsync(
        RunKeys keys, IReadOnlyList<ModelSettings> judges, JudgePanel panel, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var answers = AnswersAsync(keys, cancellationToken).GetAsyncEnumerator(cancellationToken);
        var row = 0;
        var said = new JudgeAnswerRow[2 * judges.Count];
        await foreach (var pair in store.ReadJudgePairsAsync(keys, cancellationToken))
        {
            for (var i = 0; i < said.Length; i++)
            {
                said[i] = await answers.MoveNextAsync() && answers.Current.Row == row && answers.Current.Judge == i / 2 && (int)answers.Current.Order == i % 2
                    ? answers.Current
                    : throw new PipelineException(ErrorNames.StoreFailed, $"{keys.Prefix}judge/answers: the verdict on row {row} is missing or out of order; the files were changed.");
            }

            row++;
            yield return new JudgedRow
            {
                Prompt = pair.Prompt,
                Forward = Decide(pair, said, ShownOrder.AFirst, panel),
                Backward = Decide(pair, said, ShownOrder.BFirst, panel),
                ForwardText = Words(said, ShownOrder.AFirst, judges),
                BackwardText = Words(said, ShownOrder.BFirst, judges),
            };
        }
    }

    private async IAsyncEnumerable<JudgeAnswerRow> AnswersAsync(RunKeys keys, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var batch in store.ReadRowsAsync(keys.JudgeBatches, PipelineJson.Rows.BatchRow, cancellationToken))
        {
            await foreach (var answer in store.ReadRowsAsync(keys.JudgeAnswers(batch.Batch), PipelineJson.Rows.JudgeAnswerRow, cancellationToken))
            {
                yield return answer;
            }
        }
    }

    private static PassVerdict Decide(JudgePair pair, JudgeAnswerRow[] said, ShownOrder order, JudgePanel panel)
    {
        Span<PassVerdict> verdicts = stackalloc PassVerdict[said.Length / 2];
        for (var judge = 0; judge < verdicts.Length; judge++)
        {
            var text = said[(2 * judge) + (int)order].Text;
            verdicts[judge] = text is null ? PassVerdict.Unreadable : VerdictParser.Parse(text, pair, order);
        }

        return verdicts.Length == 1 ? verdicts[0] : panel.Decide(verdicts);
    }

    /// <summary>A judge's own words; of a panel those of each, under its name.</summary>
    private static string? Words(JudgeAnswerRow[] said, ShownOrder order, IReadOnlyList<ModelSettings> judges) => judges.Count == 1
        ? said[(int)order].Text
        : string.Join("\n\n", judges.Select((judge, i) => $"{judge.Name}: {said[(2 * i) + (int)order].Text ?? "(no answer)"}"));
}
