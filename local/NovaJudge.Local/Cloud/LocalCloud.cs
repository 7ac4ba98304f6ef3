using System.Text.Json;
using NovaJudge.Local.Judging;
using NovaJudge.Local.Models;
using NovaJudge.Local.Progress;
using NovaJudge.Local.Storage;
using NovaJudge.Pipeline;
using NovaJudge.Pipeline.Costs;
using NovaJudge.Pipeline.Runs;
using NovaJudge.Pipeline.Steps;
using NovaJudge.Reports;
using NovaJudge.Reports.History;
using NovaJudge.StatesLanguage;
using NovaJudge.StatesLanguage.History;

namespace NovaJudge.Local.Cloud;

/// <summary>
/// The whole pipeline on one machine: the synthesized state machine, interpreted; the steps behind its functions;
/// the event rules and schedules of the same template; a folder as the store.
/// </summary>
public sealed class LocalCloud : IAsyncDisposable, IStepPorts
{
    private readonly PipelineTemplate _template;
    private readonly StateMachineDefinition _definition;
    private readonly Interpreter _interpreter;
    private readonly LocalJudgeJobs _localJudges;
    private readonly FileJournal _journal;
    private readonly FileCallLog _calls;
    private readonly StepTasks _tasks;
    private readonly EventBus _bus;
    private readonly Schedules _schedules;
    private readonly StillAtEnd _atEnd;

    /// <param name="store">The store of the runs.</param>
    /// <param name="template">What <c>cdk synth</c> wrote.</param>
    /// <param name="time">The clock of the whole pipeline.</param>
    /// <param name="progress">Told how far the run is.</param>
    /// <param name="judges">Jobs of the judge; absent: the local judge's.</param>
    public LocalCloud(FileObjectStore store, PipelineTemplate template, TimeProvider time, RunProgress progress, IJudgeJobs? judges = null)
    {
        _template = template;
        _definition = StateMachineDefinition.Parse(System.Text.Encoding.UTF8.GetBytes(template.Definition));
        Files = store;
        Time = time;
        Progress = progress;
        _journal = new FileJournal(store);
        _calls = new FileCallLog(store);
        Spending = new ProcessSpending(store, spending => progress.Spending = spending);
        Journal = new ProgressJournal(_journal, progress);
        Datasets = new LocalDatasetSources(store);
        Models = new LocalModelProvider(store, time);
        Announcer = new LocalAnnouncer(store);
        _localJudges = new LocalJudgeJobs(store, time, progress);
        Judges = judges ?? _localJudges;
        _tasks = new StepTasks(this, template, progress);
        _atEnd = new StillAtEnd(new PhaseObserver(template.Definition, progress), time);
        _interpreter = new Interpreter(new InterpreterOptions { Tasks = _tasks, Storage = new StoreMapStorage(store), Time = time, Observer = _atEnd });
        Callbacks = new TokenCallbacks(_interpreter.Tokens);
        _bus = new EventBus(template)
        {
            InvokeFunction = _tasks.InvokeFunctionAsync,
            StartExecution = (input, token) => RunAsync(ExecutionNames.Of(input), input, token),
        };
        _localJudges.Announce = _bus.PutAsync;
        _schedules = new Schedules(template, _tasks, time);
    }

    public FileObjectStore Files { get; }

    public RunProgress Progress { get; }

    public IObjectStore Store => Files;

    public IJournal Journal { get; }

    public ICallLog Calls => _calls;

    public ISpending Spending { get; }

    public IDatasetSources Datasets { get; }

    public IModelProvider Models { get; init; }

    public IJudgeJobs Judges { get; }

    public ITaskCallbacks Callbacks { get; }

    public IReportRenderer Reports { get; } = new ReportRenderer();

    public IRunAnnouncer Announcer { get; }

    public RequestDefaults Defaults { get; } = LocalDefaults.Request;

    /// <summary>The clock of the steps: that of the whole pipeline, unless they are given another.</summary>
    public TimeProvider Time { get; init; }

    /// <summary>Where the steps run.</summary>
    internal StepInvoker Steps
    {
        get => _tasks.Steps;
        set => _tasks.Steps = value;
    }

    /// <summary>What came of the execution that was run last.</summary>
    public ExecutionResult? LastResult { get; private set; }

    /// <summary>What went wrong when the machine cleaned up after it; <c>null</c>: nothing did.</summary>
    public Exception? CleanUpProblem { get; private set; }

    /// <summary>The history of the execution that was run last.</summary>
    public IReadOnlyList<HistoryEvent> LastHistory { get; private set; } = [];

    /// <summary>Sends an event to the template's rules; ends when everything it started has ended. Returns the rules that matched.</summary>
    public Task<IReadOnlyList<string>> PutEventAsync(JsonElement @event, CancellationToken cancellationToken) => _bus.PutAsync(@event, cancellationToken);

    /// <summary>Runs one execution of the machine to its end.</summary>
    public async Task<ExecutionResult> RunAsync(string name, JsonElement input, CancellationToken cancellationToken)
    {
        var execution = _interpreter.Start(_definition, new ExecutionRequest
        {
            StateMachineArn = CloudNames.StateMachineArn,
            StateMachineName = CloudNames.StateMachine,
            ExecutionArn = CloudNames.ExecutionArn(name),
            ExecutionName = name,
            RoleArn = CloudNames.RoleArn,
            Input = System.Text.Encoding.UTF8.GetBytes(input.GetRawText()),
        }, cancellationToken);
        try
        {
            await using (_schedules.Start())
            {
                LastResult = await execution.Completion;
                LastHistory = execution.History;
            }

            if (LastResult.Status is not ExecutionStatus.Succeeded)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            await FollowAsync(name, LastResult, cancellationToken);
            return LastResult;
        }
        finally
        {
            _atEnd.Release(execution.Arn);
        }
    }

    /// <summary>What comes after the end of an execution.</summary>
    private async Task FollowAsync(string name, ExecutionResult result, CancellationToken cancellationToken)
    {
        if (result.Status is ExecutionStatus.Succeeded)
        {
            // Here and not in the announcer: steps in processes of their own announce as on AWS, and know nothing of this folder.
            // An interruption comes too late: a run that is finished and says otherwise would be begun again.
            await HistoryIndex.WriteAsync(Files, CancellationToken.None);
        }
        else
        {
            CleanUpProblem = null;
            try
            {
                await _bus.PutAsync(CloudEvents.ExecutionEnded(CloudNames.ExecutionArn(name), name, StatusName(result.Status), Time.GetUtcNow()), cancellationToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // On AWS a function that cleans up fails beside the execution, not in its place.
                CleanUpProblem = e;
            }
        }
    }

    /// <summary>The status as events spell it.</summary>
    private static string StatusName(ExecutionStatus status) => status switch
    {
        ExecutionStatus.TimedOut => "TIMED_OUT",
        ExecutionStatus.Aborted => "ABORTED",
        _ => "FAILED",
    };

    public async ValueTask DisposeAsync()
    {
        await _localJudges.DisposeAsync();
        _journal.Dispose();
        _calls.Dispose();
    }
}
