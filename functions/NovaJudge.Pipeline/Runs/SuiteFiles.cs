using System.Runtime.CompilerServices;
using NovaJudge.Pipeline.Judging.Archive;
using NovaJudge.Pipeline.Metrics;

namespace NovaJudge.Pipeline.Runs;

/// <summary>What is kept of a suite over time: its baseline and one summary for each finished run.</summary>
public static class SuiteFiles
{
    extension(IObjectStore store)
    {
        /// <summary>The pinned run of a suite, or <c>null</c>.</summary>
        public Task<PinnedBaseline?> FindBaselineAsync(string suite, CancellationToken cancellationToken) =>
            store.FindDocumentAsync(RunKeys.Baseline(suite), PipelineJson.Documents.PinnedBaseline, cancellationToken);

        /// <summary>Pins a finished run of its suite and returns what was written.</summary>
        /// <exception cref="PipelineException"><see cref="ErrorNames.BadInput"/>: there is no such finished run, or it has nothing to compare with.</exception>
        public async Task<PinnedBaseline> PinBaselineAsync(RunId runId, DateTimeOffset now, CancellationToken cancellationToken)
        {
            var keys = new RunKeys(runId);
            var request = await store.FindRequestAsync(keys, cancellationToken);
            var metrics = await store.FindMetricsAsync(keys, cancellationToken);
            if (request is null || metrics is null)
            {
                throw PipelineException.BadInput($"Run {runId} {(request is null ? "does not exist" : "has not finished")}, so it cannot be a baseline. See the runs: nova list");
            }

            var baseline = PinnedBaseline.Of(request, metrics, now);
            await store.WriteDocumentAsync(RunKeys.Baseline(request.Suite), baseline, PipelineJson.Documents.PinnedBaseline, cancellationToken);
            return baseline;
        }

        /// <summary>The finished runs of a suite in the order of their requests, from a time on.</summary>
        public async IAsyncEnumerable<RunSummary> ReadHistoryAsync(
            string suite, DateTimeOffset? since, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            var first = since is { } time ? RunKeys.HistoryFrom(suite, time) : "";
            await foreach (var entry in store.ListAsync(RunKeys.HistoryPrefix(suite), cancellationToken))
            {
                if (string.CompareOrdinal(entry.Key.Value, first) >= 0
                    && await store.FindDocumentAsync(entry.Key, PipelineJson.Documents.RunSummary, cancellationToken) is { } summary)
                {
                    yield return summary;
                }
            }
        }

        /// <summary>Prompt hash and outcome of each prompt of a run, in order; nothing when the run has no verdicts.</summary>
        internal async IAsyncEnumerable<KeyedOutcome> ReadOutcomesAsync(RunKeys keys, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            if (await store.FindAsync(keys.Verdicts, cancellationToken) is null || await store.FindAsync(keys.Prompts, cancellationToken) is null)
            {
                yield break;
            }

            await using var verdicts = store.ReadVerdictsAsync(keys, cancellationToken).GetAsyncEnumerator(cancellationToken);
            await foreach (var prompt in store.ReadPromptsAsync(keys, cancellationToken))
            {
                if (!await verdicts.MoveNextAsync() || verdicts.Current.Id != prompt.Id)
                {
                    throw new PipelineException(ErrorNames.StoreFailed, $"{keys.Verdicts} and {keys.Prompts} part at prompt \"{prompt.Id}\"; one of the files was changed.");
                }

                yield return new KeyedOutcome(PromptHash.Of(prompt.Text), prompt.Id, verdicts.Current.Verdict);
            }
        }
    }
}

/// <summary>What became of a prompt, by the hash of its text.</summary>
internal readonly record struct KeyedOutcome(PromptHash Prompt, string Id, Judging.PromptOutcome Outcome);
