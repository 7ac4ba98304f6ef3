using System.Collections.Concurrent;
using System.Text.Json;
using NovaJudge.Local.Cloud;
using NovaJudge.Local.Progress;
using NovaJudge.Pipeline;
using NovaJudge.Pipeline.Judging;
using NovaJudge.Pipeline.Runs;
using NovaJudge.StatesLanguage.Time;

namespace NovaJudge.Local.Judging;

/// <summary>
/// The judge's jobs on a laptop: a job is a background task that leaves the archive where a training job would, and
/// announces its end on the event bus. An archive that exists is a completed job, also after a restart; a job that
/// was cut off has left none and is simply started again.
/// </summary>
public sealed class LocalJudgeJobs(IObjectStore store, TimeProvider time, RunProgress progress) : IJudgeJobs, IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, RunningJob> _jobs = new(StringComparer.Ordinal);

    /// <summary>Where the event of a job's end goes; set by the composition, since the bus leads back here.</summary>
    public Func<JsonElement, CancellationToken, Task>? Announce { get; set; }

    /// <summary>What a job does: by default it judges the run's pairs.</summary>
    public Func<JudgeJobRequest, CancellationToken, Task> Work { get; init; } =
        (request, cancellationToken) => new TokenF1Judge(store, time, progress).JudgeAsync(request.RunId, request.JobName, cancellationToken);

    public ValueTask<string?> CheckAsync(JudgeSettings judge, CancellationToken cancellationToken) => ValueTask.FromResult(judge.Kind switch
    {
        TokenF1Judge.Kind => null,
        "nova" or "nova-rubric" => $"the judge {judge.Kind} is a SageMaker training job and needs the pipeline on AWS (docs/operations.md); here use {TokenF1Judge.Kind} or model:<spec>.",
        _ => $"there is no judge {judge.Kind}; known here are {TokenF1Judge.Kind} and model:<spec>.",
    });

    public async Task<JudgeJob?> FindAsync(string jobName, CancellationToken cancellationToken)
    {
        if (_jobs.TryGetValue(jobName, out var running))
        {
            return running.Job;
        }

        return RunOf(jobName) is { } runId && await store.FindAsync(new RunKeys(runId).JudgeArchive(jobName), cancellationToken) is not null
            ? new JudgeJob(jobName, JudgeJobState.Completed)
            : null;
    }

    public Task StartAsync(JudgeJobRequest request, CancellationToken cancellationToken)
    {
        var job = new RunningJob(new JudgeJob(request.JobName, JudgeJobState.InProgress));
        if (_jobs.TryAdd(request.JobName, job))
        {
            // A virtual clock does not jump over a job that works.
            var held = (time as VirtualTime)?.Hold();
            job.Work = Task.Run(() => RunAsync(request, job, held), CancellationToken.None);
        }

        return Task.CompletedTask;
    }

    public async Task StopAsync(string jobName, CancellationToken cancellationToken)
    {
        if (_jobs.TryGetValue(jobName, out var job))
        {
            await job.Cancellation.CancelAsync();
        }
    }

    /// <summary>Ends when every job has ended and told so.</summary>
    public Task WhenAllEndedAsync() => Task.WhenAll(_jobs.Values.Select(job => job.Work));

    /// <summary>Stops every job and waits until none writes any more.</summary>
    public async ValueTask DisposeAsync()
    {
        Announce = null;
        foreach (var job in _jobs.Values)
        {
            await job.Cancellation.CancelAsync();
            await job.Work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            job.Cancellation.Dispose();
        }
    }

    private async Task RunAsync(JudgeJobRequest request, RunningJob job, IDisposable? held)
    {
        using var released = held;
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(request.Judge.MaxRuntimeMinutes), time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, job.Cancellation.Token);
        try
        {
            await Work(request, either.Token);
            job.Job = job.Job with { State = JudgeJobState.Completed };
        }
        catch (OperationCanceledException)
        {
            job.Job = job.Job with { State = limit.IsCancellationRequested ? JudgeJobState.TimedOut : JudgeJobState.Stopped, Reason = "stopped" };
        }
        catch (Exception e)
        {
            job.Job = job.Job with { State = JudgeJobState.Failed, Reason = e.Message };
        }

        if (Announce is { } announce)
        {
            await announce(CloudEvents.JobEnded(job.Job, time.GetUtcNow()), CancellationToken.None);
        }
    }

    /// <summary>The run in a job's name <c>nova-{run}-{n}</c>.</summary>
    private static RunId? RunOf(string jobName)
    {
        var dash = jobName.LastIndexOf('-');
        return jobName.StartsWith("nova-", StringComparison.Ordinal) && dash > 5 && RunId.TryParse(jobName[5..dash], out var runId) ? runId : null;
    }

    private sealed class RunningJob(JudgeJob job)
    {
        public JudgeJob Job { get; set; } = job;

        public CancellationTokenSource Cancellation { get; } = new();

        public Task Work { get; set; } = Task.CompletedTask;
    }
}
