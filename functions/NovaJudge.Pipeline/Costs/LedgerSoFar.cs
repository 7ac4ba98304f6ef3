using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Pipeline.Costs;

/// <summary>What a run has cost that has not finished, or never will: from complete batches, and from the journals of the others.</summary>
public static class LedgerSoFar
{
    /// <summary>The ledger as of now.</summary>
    /// <param name="store">The store of the run.</param>
    /// <param name="journal">The journals of unfinished batches; only read.</param>
    /// <param name="jobs">Knows the judge's jobs.</param>
    /// <param name="request">The run's request.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    public static async Task<RunLedger> BuildAsync(
        IObjectStore store, IJournal journal, IJudgeJobs jobs, EvaluationRequest request, CancellationToken cancellationToken)
    {
        var sample = await store.FindDocumentAsync(new RunKeys(request.RunId).Sample, PipelineJson.Documents.SampleCounts, cancellationToken);
        return (await new LedgerBuilder(store, jobs, journal).BuildAsync(request, sample?.Prompts ?? 0, cancellationToken)).Ledger;
    }

    /// <summary>Why the run ended, as its steps wrote it down; <c>null</c> when none of them did.</summary>
    public static Task<RunFailure?> FindFailureAsync(IObjectStore store, RunId runId, CancellationToken cancellationToken) =>
        store.FindDocumentAsync(new RunKeys(runId).Failure, PipelineJson.Documents.RunFailure, cancellationToken);
}
