using System.Collections.Immutable;
using NovaJudge.StatesLanguage.Templates;

namespace NovaJudge.StatesLanguage.Definition;

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
