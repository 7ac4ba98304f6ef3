using System.Collections.Immutable;
using NovaJudge.StatesLanguage.Choices;
using NovaJudge.StatesLanguage.Json;
using NovaJudge.StatesLanguage.Paths;
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

/// <summary>InputPath or OutputPath: a path, the whole document when absent, an empty object when null.</summary>
internal sealed record PathField(Expression? Expression, bool IsNull)
{
    public static readonly PathField Whole = new(null, false);
    public static readonly PathField Nothing = new(null, true);
}

/// <summary>ResultPath: a place in the input, the whole output when absent (`$`), nothing kept when null.</summary>
internal sealed record ResultPathField(ReferencePath? Path, bool Discard)
{
    public static readonly ResultPathField Whole = new(null, false);
    public static readonly ResultPathField None = new(null, true);
}

/// <summary>A number of a state that may also come from a path.</summary>
internal sealed record NumberField(string Name, long? Value, Expression? Path);

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

/// <summary>A state that does work, and so may fail, be retried and be caught.</summary>
internal abstract record WorkState : State
{
    public PayloadTemplate? Parameters { get; init; }

    public PayloadTemplate? ResultSelector { get; init; }

    public ResultPathField ResultPath { get; init; } = ResultPathField.Whole;

    public ImmutableArray<Retrier> Retry { get; init; } = [];

    public ImmutableArray<Catcher> Catch { get; init; } = [];
}

internal sealed record Retrier
{
    public required ImmutableArray<string> ErrorEquals { get; init; }

    public long IntervalSeconds { get; init; } = 1;

    public long MaxAttempts { get; init; } = 3;

    public double BackoffRate { get; init; } = 2.0;

    public long? MaxDelaySeconds { get; init; }

    public bool FullJitter { get; init; }
}

internal sealed record Catcher
{
    public required ImmutableArray<string> ErrorEquals { get; init; }

    public required Target Next { get; init; }

    public ResultPathField ResultPath { get; init; } = ResultPathField.Whole;

    public PayloadTemplate? Assign { get; init; }
}

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

internal sealed record MapState : WorkState
{
    public override string Type => "Map";

    public required StateGraph Processor { get; init; }

    public required bool IsDistributed { get; init; }

    public bool IsExpress { get; init; }

    public Expression? ItemsPath { get; init; }

    public PayloadTemplate? ItemSelector { get; init; }

    public NumberField? MaxConcurrency { get; init; }

    public ItemReader? ItemReader { get; init; }

    public ItemBatcher? ItemBatcher { get; init; }

    public ResultWriter? ResultWriter { get; init; }

    public ToleranceField? ToleratedFailureCount { get; init; }

    public ToleranceField? ToleratedFailurePercentage { get; init; }

    public string? Label { get; init; }
}

internal sealed record ToleranceField(string Name, double? Value, Expression? Path);

internal sealed record ItemReader
{
    public required string Resource { get; init; }

    public required PayloadTemplate Parameters { get; init; }

    public string? InputType { get; init; }

    public string? ItemsPointer { get; init; }

    public string? CsvHeaderLocation { get; init; }

    public ImmutableArray<string> CsvHeaders { get; init; } = [];

    public char CsvDelimiter { get; init; } = ',';

    public NumberField? MaxItems { get; init; }
}

internal sealed record ItemBatcher
{
    public NumberField? MaxItemsPerBatch { get; init; }

    public NumberField? MaxInputBytesPerBatch { get; init; }

    public PayloadTemplate? BatchInput { get; init; }
}

internal sealed record ResultWriter
{
    public PayloadTemplate? Parameters { get; init; }

    public string Transformation { get; init; } = "NONE";

    public string OutputType { get; init; } = "JSON";
}
