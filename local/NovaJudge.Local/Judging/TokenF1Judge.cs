using System.Runtime.CompilerServices;
using NovaJudge.Local.Progress;
using NovaJudge.Pipeline;
using NovaJudge.Pipeline.Generation;
using NovaJudge.Pipeline.Judging;
using NovaJudge.Pipeline.Judging.Archive;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Local.Judging;

/// <summary>
/// The embedded judge: the answer with the higher token F1 against the gold answers wins, equal ones tie. It cannot
/// prefer a position, so both passes say the same. Reads what a training job would read, and the gold answers beside it.
/// </summary>
public sealed class TokenF1Judge(IObjectStore store, TimeProvider time, RunProgress progress)
{
    /// <summary>How requests name it.</summary>
    public const string Kind = "embedded:token-f1";

    private const int ProgressEvery = 256;

    /// <summary>Judges every row of a run and leaves the archive of the job.</summary>
    /// <exception cref="PipelineException"><see cref="ErrorNames.BadInput"/>: a prompt has no gold answers.</exception>
    public Task JudgeAsync(RunId runId, string jobName, CancellationToken cancellationToken)
    {
        var keys = new RunKeys(runId);
        var header = new JudgeArchiveHeader
        {
            RunName = jobName,
            Timestamp = time.GetUtcNow(),
            JudgeName = Kind,
            Marker = JudgeArchiveHeader.LocalJudgeMarker,
        };
        return store.WriteAsync(
            keys.JudgeArchive(jobName),
            (stream, token) => JudgeArchiveWriter.WriteAsync(stream, header, RowsAsync(keys, token), token),
            PutCondition.Always, cancellationToken);
    }

    private async IAsyncEnumerable<JudgedRow> RowsAsync(RunKeys keys, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var judged = 0;
        await using var prompts = store.ReadPromptsAsync(keys, cancellationToken).GetAsyncEnumerator(cancellationToken);
        await using var index = store.ReadJudgeIndexAsync(keys, cancellationToken).GetAsyncEnumerator(cancellationToken);
        await using var anchors = store.ReadJudgeAnchorsAsync(keys, cancellationToken).GetAsyncEnumerator(cancellationToken);
        await foreach (var pair in store.ReadJudgePairsAsync(keys, cancellationToken))
        {
            await index.MoveNextAsync();
            var references = await FindReferencesAsync(prompts, index.Current.Id) ?? (await anchors.MoveNextAsync() ? anchors.Current.References : null)
                ?? throw PipelineException.BadInput($"Prompt \"{index.Current.Id}\" has no references to score against.");
            var verdict = TokenF1.Score(pair.ResponseA, references).CompareTo(TokenF1.Score(pair.ResponseB, references)) switch
            {
                > 0 => PassVerdict.A,
                < 0 => PassVerdict.B,
                _ => PassVerdict.Tie,
            };
            yield return new JudgedRow { Prompt = pair.Prompt, Forward = verdict, Backward = verdict };
            if (++judged % ProgressEvery == 0)
            {
                progress.JudgedSoFar(judged);
            }
        }

        progress.JudgedSoFar(judged);
    }

    /// <summary>The gold answers of a prompt; <c>null</c> when it has none, or when all prompts have passed and the frozen pairs follow.</summary>
    private static async ValueTask<IReadOnlyList<string>?> FindReferencesAsync(IAsyncEnumerator<PromptRow> prompts, string id)
    {
        // Prompts that the judge does not get lie between.
        while (await prompts.MoveNextAsync())
        {
            if (prompts.Current.Id == id)
            {
                return prompts.Current.References is { Count: > 0 } given ? given : null;
            }
        }

        return null;
    }
}
