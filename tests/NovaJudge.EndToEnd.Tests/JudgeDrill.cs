using System.Collections.Concurrent;
using System.Text.Json;
using NovaJudge.Local.Cloud;
using NovaJudge.Local.Judging;
using NovaJudge.Local.Progress;
using NovaJudge.Local.Storage;
using NovaJudge.Pipeline;
using NovaJudge.Pipeline.Judging;
using NovaJudge.Pipeline.Runs;
using NovaJudge.StatesLanguage;

namespace NovaJudge.EndToEnd.Tests;

/// <summary>A run whose judge does its work but never announces its end: whoever tests decides when, and how, the event comes.</summary>
internal sealed class JudgeDrill : IAsyncDisposable
{
    private readonly FileObjectStore _store;
    private readonly SilentJobs _jobs;

    public JudgeDrill(string store)
    {
        _store = new FileObjectStore(store);
        _jobs = new SilentJobs(_store);
        Cloud = new LocalCloud(_store, PipelineTemplate.Embedded() with { Schedules = [] }, TimeProvider.System, new RunProgress(), _jobs);
    }

    public LocalCloud Cloud { get; }

    /// <summary>Ends when the judge's job exists and its task waits.</summary>
    public Task Waiting => _jobs.Started.Task;

    public IReadOnlyCollection<string> Stopped => _jobs.Stopped;

    public Task<ExecutionResult> RunAsync(string runId, CancellationToken cancellationToken = default) => Cloud.RunAsync(
        runId, JsonSerializer.SerializeToElement(new { runId, trigger = "local", dataset = new { sample = new { method = "first", size = 20 } } }), cancellationToken);

    public int OpenCallbacks()
    {
        var folder = Path.Combine(_store.Root, "callbacks");
        return Directory.Exists(folder) ? Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Length : 0;
    }

    public ValueTask DisposeAsync() => Cloud.DisposeAsync();

    private sealed class SilentJobs(IObjectStore store) : IJudgeJobs
    {
        private readonly ConcurrentDictionary<string, JudgeJob> _jobs = new();

        public TaskCompletionSource Started { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ConcurrentQueue<string> Stopped { get; } = new();

        public ValueTask<string?> CheckAsync(JudgeSettings judge, CancellationToken cancellationToken) => ValueTask.FromResult<string?>(null);

        public Task<JudgeJob?> FindAsync(string jobName, CancellationToken cancellationToken)
        {
            if (_jobs.TryGetValue(jobName, out var job))
            {
                // Asked for by "start the judge" once more after its creation: only then does the task surely wait.
                Started.TrySetResult();
            }

            return Task.FromResult(job);
        }

        public async Task StartAsync(JudgeJobRequest request, CancellationToken cancellationToken)
        {
            await new TokenF1Judge(store, TimeProvider.System, new RunProgress()).JudgeAsync(request.RunId, request.JobName, cancellationToken);
            _jobs[request.JobName] = new JudgeJob(request.JobName, JudgeJobState.InProgress);
        }

        public Task StopAsync(string jobName, CancellationToken cancellationToken)
        {
            Stopped.Enqueue(jobName);
            return Task.CompletedTask;
        }
    }
}
