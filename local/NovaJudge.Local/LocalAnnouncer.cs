using NovaJudge.Local.Storage;
using NovaJudge.Pipeline;
using NovaJudge.Pipeline.Metrics;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Local;

/// <summary>
/// On a laptop nobody subscribes: the summary in the store is the announcement. Links are
/// relative to the store, so that equal runs in two stores are equal.
/// </summary>
public sealed class LocalAnnouncer(FileObjectStore store) : IRunAnnouncer
{
    public ValueTask<RunLinks> LinkAsync(RunId runId, CancellationToken cancellationToken)
    {
        var keys = new RunKeys(runId);
        return ValueTask.FromResult(new RunLinks(Existing(keys.Report("report.html")), Existing(keys.Report("figure.png"))));
    }

    public Task AnnounceAsync(RunSummary summary, CancellationToken cancellationToken) => Task.CompletedTask;

    private string? Existing(ObjectKey key) => File.Exists(store.PathOf(key)) ? key.Value : null;
}
