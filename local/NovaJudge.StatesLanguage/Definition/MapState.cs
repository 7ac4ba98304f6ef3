using System.Collections.Immutable;
using NovaJudge.StatesLanguage.Templates;

namespace NovaJudge.StatesLanguage.Definition;

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
