using System.Text.Json;
using NovaJudge.Local.Cloud;
using NovaJudge.Local.Judging;
using NovaJudge.Local.Models;
using NovaJudge.Local.Progress;
using NovaJudge.Local.Storage;
using NovaJudge.LocalAws.Lambda;
using NovaJudge.Pipeline;
using NovaJudge.Pipeline.Judging;
using NovaJudge.Pipeline.Runs;
using NovaJudge.StatesLanguage;
using NovaJudge.StatesLanguage.Time;

namespace NovaJudge.Local.Drills;

/// <summary>
/// One run of the approved template on virtual time, with places where trouble can be made: what becomes of the event of the
/// judge's end, what a step does, what the models answer, what happens at a time.
/// </summary>
internal sealed class DrillStage : IAsyncDisposable
{
    public const string DefaultRunId = "drill";

    /// <summary>How long the judge's job works: long enough for two sweeps.</summary>
    public static readonly TimeSpan JudgeTakes = TimeSpan.FromMinutes(12);

    private static readonly DateTimeOffset Start = new(2026, 1, 5, 6, 0, 0, TimeSpan.Zero);
    private readonly List<Task> _scripts = [];
    private readonly string _runId;
    private IDisposable? _stillBefore;
    private CancellationTokenSource? _abort;
    private Task _run = Task.CompletedTask;
    private LocalJudgeJobs _jobs;

    /// <param name="folder">Folder of the store.</param>
    /// <param name="runId">The run, and the execution.</param>
    public DrillStage(string folder, string runId = DefaultRunId)
    {
        _runId = runId;
        Store = new FileObjectStore(folder);
        Clock = new VirtualTime(Start);
        _stillBefore = Clock.Hold();
        Timeline = new Timeline(Clock);
        Models = new DrilledModels(new LocalModelProvider(Store, Clock));
        JudgeEnded = DeliverAsync;
        (Cloud, _jobs) = Build();
    }

    public FileObjectStore Store { get; }

    public VirtualTime Clock { get; }

    public Timeline Timeline { get; }

    public DrilledModels Models { get; }

    public LocalCloud Cloud { get; private set; }

    /// <summary>What becomes of the event of the judge's end; by default it is delivered.</summary>
    public Func<JsonElement, Task> JudgeEnded { get; set; }

    /// <summary>Called when the judge has judged and its job has not ended yet.</summary>
    public Func<Task> BeforeJudgeEnds { get; set; } = () => Task.CompletedTask;

    /// <summary>Called when a step is done and before anybody is told: what it throws is what the machine gets.</summary>
    public Action<string> AfterStep { get; set; } = _ => { };

    /// <summary>Jobs of the judge that were stopped.</summary>
    public List<string> Stopped { get; } = [];

    /// <summary>Runs the machine to its end; <c>null</c> when <see cref="AbortAsync"/> was that end.</summary>
    public async Task<ExecutionResult?> RunAsync(CancellationToken cancellationToken)
    {
        using var abort = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var run = Cloud.RunAsync(_runId, JsonElement.Parse($$$"""
            {
              "runId": "{{{_runId}}}",
              "trigger": "local",
              "suite": "{{{DefaultRunId}}}",
              "dataset": { "sample": { "method": "first", "size": 40 } },
              "generation": { "batchSize": 10, "concurrency": { "a": 4, "b": 1 } }
            }
            """), abort.Token);
        (_run, _abort) = (run, abort);
        Interlocked.Exchange(ref _stillBefore, null)?.Dispose();
        try
        {
            return await run;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <summary>Ends the execution from outside, and waits until it has ended.</summary>
    public async Task AbortAsync()
    {
        await _abort!.CancelAsync();
        await _run.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Waits until nothing is left that will happen by itself.</summary>
    public async Task SettleAsync()
    {
        await Task.WhenAll(_scripts);
        await _jobs.WhenAllEndedAsync();
    }

    /// <summary>Does something when so much time has passed since the start.</summary>
    public void At(TimeSpan after, Func<Task> act)
    {
        var held = Clock.Hold();
        _scripts.Add(ActAsync());

        async Task ActAsync()
        {
            using var released = held;
            await Clock.DelayAsync(Start + after - Clock.GetUtcNow(), CancellationToken.None);
            await act();
        }
    }

    /// <summary>Sends an event to the rules of the template.</summary>
    public Task DeliverAsync(JsonElement @event) => Cloud.PutEventAsync(@event, CancellationToken.None);

    /// <summary>Loses everything that only the process knows, as its end would: waiting tasks, working jobs.</summary>
    public async Task LoseProcessAsync()
    {
        await CloseAsync();
        (Cloud, _jobs) = Build();
    }

    /// <summary>Task tokens that somebody is believed to wait by.</summary>
    public int OpenCallbacks() => Files(RunKeys.CallbacksPrefix).Length;

    /// <summary>Files of the store below a folder, or one file.</summary>
    public string[] Files(string prefix)
    {
        var path = Path.Combine(Store.Root, prefix);
        return File.Exists(path) ? [path] : Directory.Exists(path) ? Directory.GetFiles(path, "*", SearchOption.AllDirectories) : [];
    }

    /// <summary>Files of the run below a folder, or one file.</summary>
    public string[] RunFiles(string prefix) => Files($"{RunKeys.RunsPrefix}{_runId}/{prefix}");

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        Interlocked.Exchange(ref _stillBefore, null)?.Dispose();
    }

    private async ValueTask CloseAsync()
    {
        await _jobs.DisposeAsync();
        await Cloud.DisposeAsync();
    }

    private (LocalCloud Cloud, LocalJudgeJobs Jobs) Build()
    {
        var progress = new RunProgress();
        var jobs = new LocalJudgeJobs(Store, Clock, progress)
        {
            Announce = (@event, _) =>
            {
                Timeline.Note($"The judge's job ends: {@event.GetProperty("detail").GetProperty("TrainingJobStatus").GetString()}");
                return JudgeEnded(@event);
            },
            Work = WorkAsync,
        };
        var cloud = new LocalCloud(Store, PipelineTemplate.Embedded(), Clock, progress, new NotedJobs(jobs, this)) { Time = new StepClock(Clock), Models = Models };
        var steps = cloud.Steps;
        cloud.Steps = (step, payload, cancellationToken) => NotedAsync(steps, step, payload, cancellationToken);
        return (cloud, jobs);
    }

    private async Task WorkAsync(JudgeJobRequest request, CancellationToken cancellationToken)
    {
        Timeline.Note($"Job {request.JobName} starts to judge");
        await Clock.DelayAsync(JudgeTakes, cancellationToken);
        await new TokenF1Judge(Store, new FixedClock(Start), new RunProgress()).JudgeAsync(request.RunId, request.JobName, cancellationToken);
        await BeforeJudgeEnds();
    }

    private async Task<byte[]> NotedAsync(StepInvoker steps, string step, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        try
        {
            var output = await steps(step, payload, cancellationToken);
            AfterStep(step);
            if (StepNotes.Of(step, output) is { } note)
            {
                Timeline.Note(note);
            }

            return output;
        }
        catch (PipelineException e)
        {
            Timeline.Note(StepNotes.OfFailure(step, payload, e.ErrorName));
            throw;
        }
        catch (FunctionErrorException e)
        {
            Timeline.Note(StepNotes.OfFailure(step, payload, e.ErrorType));
            throw;
        }
    }

    /// <summary>Notes which jobs are stopped.</summary>
    private sealed class NotedJobs(LocalJudgeJobs jobs, DrillStage stage) : IJudgeJobs
    {
        public ValueTask<string?> CheckAsync(JudgeSettings judge, CancellationToken cancellationToken) => jobs.CheckAsync(judge, cancellationToken);

        public Task<JudgeJob?> FindAsync(string jobName, CancellationToken cancellationToken) => jobs.FindAsync(jobName, cancellationToken);

        public Task StartAsync(JudgeJobRequest request, CancellationToken cancellationToken) => jobs.StartAsync(request, cancellationToken);

        public Task StopAsync(string jobName, CancellationToken cancellationToken)
        {
            stage.Stopped.Add(jobName);
            return jobs.StopAsync(jobName, cancellationToken);
        }
    }
}
