using NovaJudge.StatesLanguage.Maps;
using NovaJudge.StatesLanguage.Tasks;

namespace NovaJudge.StatesLanguage;

/// <summary>What an interpreter works with.</summary>
public sealed record InterpreterOptions
{
    /// <summary>Carries out the tasks.</summary>
    public required ITaskIntegration Tasks { get; init; }

    /// <summary>Objects for item readers and result writers. Without it a Map that needs one fails by name.</summary>
    public IMapStorage? Storage { get; init; }

    /// <summary>The only source of time: every wait, time-out and backoff is one of its timers.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Seeds jitter, States.MathRandom and States.UUID, together with the execution's ARN.</summary>
    public int Seed { get; init; }

    /// <summary>Sees every event as it happens, child executions of distributed Maps included.</summary>
    public IExecutionObserver? Observer { get; init; }

    public ExecutionLimits Limits { get; init; } = ExecutionLimits.Aws;

    /// <summary>
    /// How tasks are invoked: by default on the thread pool, all at once. <see cref="TaskInvocation.InOrder"/> calls them one after the
    /// other from the execution's own loop, which is reproducible but asks the integration not to block.
    /// </summary>
    public TaskInvocation Invocation { get; init; } = TaskInvocation.Concurrent;

    /// <summary>Makes ids (map runs, child executions, task tokens, request ids) from what they identify; by default a hash, so equal runs have equal ids.</summary>
    public Func<string, Guid> NewId { get; init; } = DerivedId.Of;

    /// <summary>Whether child executions of distributed Maps keep their histories; the observer sees their events in any case.</summary>
    public bool KeepChildHistories { get; init; }
}

/// <summary>How tasks are invoked.</summary>
public enum TaskInvocation
{
    /// <summary>On the thread pool.</summary>
    Concurrent,

    /// <summary>On the execution's loop, in the order in which states are reached.</summary>
    InOrder,
}
