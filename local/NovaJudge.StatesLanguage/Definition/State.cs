using System.Collections.Immutable;
using NovaJudge.StatesLanguage.Choices;
using NovaJudge.StatesLanguage.Json;
using NovaJudge.StatesLanguage.Templates;

namespace NovaJudge.StatesLanguage.Definition;

/// <summary>What every kind of state has. States are linked to one another once, while they are parsed.</summary>
internal abstract record State
{
    public required string Name { get; init; }

    public PathField InputPath { get; init; } = PathField.Whole;

    public PathField OutputPath { get; init; } = PathField.Whole;

    public PayloadTemplate? Assign { get; init; }

    /// <summary>Where to go; null ends the branch.</summary>
    public Target? Next { get; init; }

    public abstract string Type { get; }
}

/// <summary>A transition, resolved when all states of the level are known.</summary>
internal sealed class Target(string name)
{
    public string Name { get; } = name;

    public State State { get => field ?? throw new InvalidOperationException($"State '{Name}' is not linked."); set; }
}

internal sealed record PassState : State
{
    public override string Type => "Pass";

    public JsonValue? Result { get; init; }

    public PayloadTemplate? Parameters { get; init; }

    public ResultPathField ResultPath { get; init; } = ResultPathField.Whole;
}

internal sealed record SucceedState : State
{
    public override string Type => "Succeed";
}

internal sealed record FailState : State
{
    public override string Type => "Fail";

    public string? Error { get; init; }

    public string? Cause { get; init; }

    public Expression? ErrorPath { get; init; }

    public Expression? CausePath { get; init; }
}

internal sealed record WaitState : State
{
    public override string Type => "Wait";

    public long? Seconds { get; init; }

    public Expression? SecondsPath { get; init; }

    public DateTimeOffset? Timestamp { get; init; }

    public Expression? TimestampPath { get; init; }
}

internal sealed record ChoiceState : State
{
    public override string Type => "Choice";

    public required ImmutableArray<ChoiceBranch> Choices { get; init; }

    public Target? Default { get; init; }
}

/// <summary>One entry of Choices: a rule, where it leads, what it assigns.</summary>
internal sealed record ChoiceBranch(ChoiceRule Rule, Target Next, PayloadTemplate? Assign);

internal sealed record TaskState : WorkState
{
    public override string Type => "Task";

    public required TaskResource Resource { get; init; }

    public NumberField? Timeout { get; init; }

    public NumberField? Heartbeat { get; init; }
}

internal sealed record ParallelState : WorkState
{
    public override string Type => "Parallel";

    public required ImmutableArray<StateGraph> Branches { get; init; }
}
