using Microsoft.Extensions.AI;
using NovaJudge.Pipeline.Judging;
using NovaJudge.Pipeline.Metrics;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Pipeline;

// Everything the steps need from outside, on one page. Each port has a real implementation on AWS and one on a laptop.

/// <summary>Objects by key. A write is seen whole or not at all. No key may be the folder of another: <c>a</c> and <c>a/b</c> do not go together.</summary>
public interface IObjectStore
{
    /// <summary>The content, or <c>null</c> when there is no such object.</summary>
    Task<Stream?> OpenReadAsync(ObjectKey key, CancellationToken cancellationToken);

    /// <summary>A range of bytes, or <c>null</c> when there is no such object.</summary>
    Task<Stream?> OpenReadAsync(ObjectKey key, long offset, long length, CancellationToken cancellationToken);

    /// <summary>Writes what <paramref name="write"/> puts into the stream; false when the condition did not hold and nothing was changed.</summary>
    Task<bool> WriteAsync(ObjectKey key, Func<Stream, CancellationToken, Task> write, PutCondition condition, CancellationToken cancellationToken);

    Task<ObjectInfo?> FindAsync(ObjectKey key, CancellationToken cancellationToken);

    /// <summary>Objects whose key starts with the prefix, in ordinal order of keys.</summary>
    IAsyncEnumerable<ObjectInfo> ListAsync(string prefix, CancellationToken cancellationToken);

    /// <summary>Deletes an object; one that is not there is no error.</summary>
    Task DeleteAsync(ObjectKey key, CancellationToken cancellationToken);
}

/// <summary>When a write may happen.</summary>
public enum PutCondition
{
    Always,

    /// <summary>Only when no object has the key: the first writer wins, whoever else tries.</summary>
    IfAbsent,
}

/// <summary>An object without its content.</summary>
public sealed record ObjectInfo(ObjectKey Key, long Size);

/// <summary>Where data sets come from.</summary>
public interface IDatasetSources
{
    /// <summary>Why this source cannot be used here, with what to do, or <c>null</c>.</summary>
    ValueTask<string?> CheckAsync(string source, CancellationToken cancellationToken);

    /// <summary>Opens the source from its beginning; may be called more than once.</summary>
    Task<Stream> OpenAsync(string source, CancellationToken cancellationToken);
}

/// <summary>Models by their spec.</summary>
public interface IModelProvider
{
    /// <summary>Why this model cannot be used here, with what to do, or <c>null</c>. Costs nothing.</summary>
    ValueTask<string?> CheckAsync(ModelSettings settings, CancellationToken cancellationToken);

    /// <summary>A client for the model; failures of its calls are <see cref="Generation.ModelException"/>s.</summary>
    IChatClient Open(ModelSettings settings);
}

/// <summary>Jobs of the judge: SageMaker training jobs, or the local judge in their place.</summary>
public interface IJudgeJobs
{
    /// <summary>Why this judge cannot be used here, with what to do, or <c>null</c>. Costs nothing.</summary>
    ValueTask<string?> CheckAsync(JudgeSettings judge, CancellationToken cancellationToken);

    /// <summary>The instance that a job of this judge would be paid for; <c>null</c> where nobody is paid.</summary>
    JudgeInstance? InstanceOf(JudgeSettings judge) => null;

    /// <summary>The job as it stands, or <c>null</c> when there is none of that name.</summary>
    Task<JudgeJob?> FindAsync(string jobName, CancellationToken cancellationToken);

    /// <summary>Starts a job; one of that name that exists already is left as it is.</summary>
    /// <exception cref="PipelineException"><see cref="ErrorNames.JudgeCapacity"/> when there is no instance for it now.</exception>
    Task StartAsync(JudgeJobRequest request, CancellationToken cancellationToken);

    /// <summary>Stops a job; one that has ended already is no error.</summary>
    Task StopAsync(string jobName, CancellationToken cancellationToken);
}

/// <summary>The answers to tasks that wait for a token.</summary>
public interface ITaskCallbacks
{
    Task<CallbackAnswer> SucceedAsync(string taskToken, string outputJson, CancellationToken cancellationToken);

    Task<CallbackAnswer> FailAsync(string taskToken, string error, string cause, CancellationToken cancellationToken);

    Task<CallbackAnswer> HeartbeatAsync(string taskToken, CancellationToken cancellationToken);
}

/// <summary>What became of an answer to a task.</summary>
public enum CallbackAnswer
{
    Accepted,

    /// <summary>The task is over already (answered, timed out or gone): nothing is left to do.</summary>
    Closed,
}

/// <summary>Draws the reports of a run.</summary>
public interface IReportRenderer
{
    /// <summary>Writes every report file of the run under its report prefix; returns their names in the order a person would open them.</summary>
    Task<IReadOnlyList<string>> RenderAsync(RunId runId, RunMetrics metrics, IObjectStore store, CancellationToken cancellationToken);
}

/// <summary>Tells others that a run has ended.</summary>
public interface IRunAnnouncer
{
    /// <summary>Links that open the run's reports, for people.</summary>
    ValueTask<RunLinks> LinkAsync(RunId runId, CancellationToken cancellationToken);

    Task AnnounceAsync(RunSummary summary, CancellationToken cancellationToken);
}

/// <summary>Lines that must survive the end of the process before their object is complete.</summary>
public interface IJournal
{
    /// <summary>The lines kept so far under the key, whole ones only.</summary>
    Task<IReadOnlyList<ReadOnlyMemory<byte>>> ReadAsync(ObjectKey key, CancellationToken cancellationToken);

    /// <summary>Keeps one more line.</summary>
    ValueTask AppendAsync(ObjectKey key, ReadOnlyMemory<byte> line, CancellationToken cancellationToken);

    /// <summary>Called when time runs out: afterwards every appended line survives.</summary>
    Task SaveAsync(ObjectKey key, CancellationToken cancellationToken);

    /// <summary>Forgets the lines: their object is complete.</summary>
    Task DeleteAsync(ObjectKey key, CancellationToken cancellationToken);
}

/// <summary>What calls took, for the ledger of costs: telemetry, which no step needs to go on.</summary>
public interface ICallLog
{
    /// <summary>Notes the calls of one batch.</summary>
    /// <param name="runId">The run they were made for.</param>
    /// <param name="purpose">What for: <c>a</c>, <c>b</c> or <c>judge</c>.</param>
    /// <param name="batch">Number of the batch.</param>
    /// <param name="calls">The calls, in any order.</param>
    /// <param name="cancellationToken">Ends the write.</param>
    Task WriteAsync(RunId runId, string purpose, int batch, IReadOnlyCollection<Generation.CallTelemetry> calls, CancellationToken cancellationToken);
}
