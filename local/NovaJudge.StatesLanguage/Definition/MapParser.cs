using System.Buffers;
using System.Collections.Immutable;

namespace NovaJudge.StatesLanguage.Definition;

/// <summary>Parses a Map state.</summary>
internal sealed class MapParser(DefinitionParser definition, StateParser state, Fields fields)
{
    private static readonly ImmutableArray<string> DistributedOnly =
    [
        "ItemReader", "ItemBatcher", "ResultWriter", "ToleratedFailureCount", "ToleratedFailureCountPath",
        "ToleratedFailurePercentage", "ToleratedFailurePercentagePath", "Label",
    ];

    private static readonly SearchValues<char> NotInLabels = SearchValues.Create("?*<>{}[]:;,\\|^~$#%&`\"");

    public MapState? Parse(string name)
    {
        var processorName = fields.Has("Iterator") && !fields.Has("ItemProcessor") ? "Iterator" : "ItemProcessor";
        var processor = fields.Object(processorName, required: true);
        if (processor is null)
        {
            return null;
        }

        processor.Any("Comment");
        var (distributed, express) = ParseMode(processor);
        var graph = definition.ParseInnerGraph(processor, isolated: distributed);
        processor.RefuseOthers();
        foreach (var field in DistributedOnly.Where(fields.Has).Where(_ => !distributed))
        {
            fields.Any(field);
            fields.Problem($"Field '{field}' is not supported");
        }

        fields.OnlyOne("Parameters", "ItemSelector");
        fields.OnlyOne("ItemReader", "ItemsPath");
        fields.OnlyOne("ItemProcessor", "Iterator");
        fields.Any("Iterator");

        return new MapState
        {
            Name = name,
            Processor = graph!,
            IsDistributed = distributed,
            IsExpress = express,
            InputPath = fields.PathOrNull("InputPath"),
            OutputPath = fields.PathOrNull("OutputPath"),
            ItemsPath = fields.Path("ItemsPath"),
            ItemSelector = fields.Template("ItemSelector") ?? fields.Template("Parameters"),
            MaxConcurrency = fields.NumberOrPath("MaxConcurrency", 0),
            ResultSelector = fields.Template("ResultSelector"),
            ResultPath = fields.ResultPath("ResultPath"),
            Assign = state.Assign(fields),
            Retry = state.Handlers.Retriers(),
            Catch = state.Handlers.Catchers(),
            Next = state.Transition(),
            Label = Label(),
            ItemReader = fields.Object("ItemReader") is { } reader ? ParseReader(reader) : null,
            ItemBatcher = fields.Object("ItemBatcher") is { } batcher ? ParseBatcher(batcher) : null,
            ResultWriter = fields.Object("ResultWriter") is { } writer ? ParseWriter(writer) : null,
            ToleratedFailureCount = fields.Tolerance("ToleratedFailureCount", 10_000_000),
            ToleratedFailurePercentage = fields.Tolerance("ToleratedFailurePercentage", 100),
        };
    }

    private string? Label()
    {
        var label = fields.Text("Label");
        if (label is { Length: 0 or > 40 } || label?.AsSpan().IndexOfAny(NotInLabels) >= 0 || label?.Any(char.IsWhiteSpace) == true)
        {
            fields.ProblemAt("Label", "A label has 1 to 40 characters and none of white space ? * < > { } [ ] : ; , \\ | ^ ~ $ # % & ` \"", ProblemCodes.InvalidLabelName);
        }
        else if (label is not null && !definition.TakeLabel(label))
        {
            fields.ProblemAt("Label", $"Duplicate label: {label}", ProblemCodes.DuplicateLabelName);
        }

        return label;
    }

    private static (bool Distributed, bool Express) ParseMode(Fields processor)
    {
        if (processor.Object("ProcessorConfig") is not { } config)
        {
            return (false, false);
        }

        var mode = config.Text("Mode");
        var execution = config.Text("ExecutionType");
        if (mode is not (null or "INLINE" or "DISTRIBUTED"))
        {
            config.ProblemAt("Mode", "Value is not one of INLINE, DISTRIBUTED");
        }

        if (mode == "DISTRIBUTED" && execution is not ("STANDARD" or "EXPRESS"))
        {
            config.ProblemAt("ExecutionType", "A DISTRIBUTED processor needs an ExecutionType, STANDARD or EXPRESS");
        }

        config.RefuseOthers();
        return (mode == "DISTRIBUTED", execution == "EXPRESS");
    }

    private static ItemReader? ParseReader(Fields reader)
    {
        var resource = reader.Text("Resource", required: true);
        var parameters = reader.Template("Parameters");
        var config = reader.Object("ReaderConfig");
        if (resource is not (null or MapResources.GetObject or MapResources.ListObjects))
        {
            reader.ProblemAt("Resource", $"The reader '{resource}' is not supported; it is one of {MapResources.GetObject}, {MapResources.ListObjects}", ProblemCodes.NotSupported);
        }

        if (parameters is null)
        {
            reader.Missing("Parameters");
        }

        reader.RefuseOthers();
        var inputType = config?.Text("InputType");
        if (inputType is "PARQUET" or "MANIFEST")
        {
            config!.ProblemAt("InputType", $"The InputType {inputType} is not supported; use JSON, JSONL or CSV", ProblemCodes.NotSupported);
        }
        else if (inputType is not (null or "CSV" or "JSON" or "JSONL"))
        {
            config!.ProblemAt("InputType", "Value is not one of CSV, JSON, JSONL, MANIFEST, PARQUET");
        }

        if (resource == MapResources.GetObject && inputType is null && config?.Has("InputType") != true)
        {
            reader.Problem("ReaderConfig needs an InputType to read an object");
        }

        if (resource is null || parameters is null)
        {
            return null;
        }

        var result = new ItemReader
        {
            Resource = resource,
            Parameters = parameters,
            InputType = inputType,
            MaxItems = config?.NumberOrPath("MaxItems", 0, 100_000_000),
            CsvHeaderLocation = config?.Text("CSVHeaderLocation"),
            CsvHeaders = config?.Texts("CSVHeaders") ?? [],
            ItemsPointer = config is null ? null : Pointer(config),
            CsvDelimiter = config is null ? ',' : Delimiter(config),
        };
        if (inputType == "CSV")
        {
            CheckHeaders(config!, result);
        }

        config?.RefuseOthers();
        return result;
    }

    private static void CheckHeaders(Fields config, ItemReader reader)
    {
        switch (reader.CsvHeaderLocation)
        {
            case "FIRST_ROW":
                break;
            case "GIVEN" when reader.CsvHeaders.IsEmpty:
                config.Missing("CSVHeaders");
                break;
            case "GIVEN":
                break;
            default:
                config.ProblemAt("CSVHeaderLocation", "Value is not one of FIRST_ROW, GIVEN");
                break;
        }
    }

    /// <summary>ItemsPointer: a JSON Pointer (RFC 6901) to the items inside a JSON object.</summary>
    private static string? Pointer(Fields config)
    {
        var pointer = config.Text("ItemsPointer");
        if (pointer is not (null or "") && pointer[0] != '/')
        {
            config.ProblemAt("ItemsPointer", "Value is not a JSON Pointer");
        }

        return pointer;
    }

    private static char Delimiter(Fields config)
    {
        var name = config.Text("CSVDelimiter");
        switch (name)
        {
            case null or "COMMA":
                return ',';
            case "PIPE":
                return '|';
            case "SEMICOLON":
                return ';';
            case "SPACE":
                return ' ';
            case "TAB":
                return '\t';
            default:
                config.ProblemAt("CSVDelimiter", "Value is not one of COMMA, PIPE, SEMICOLON, SPACE, TAB");
                return ',';
        }
    }

    private static ItemBatcher ParseBatcher(Fields batcher)
    {
        var result = new ItemBatcher
        {
            MaxItemsPerBatch = batcher.NumberOrPath("MaxItemsPerBatch", 1, 100_000_000),
            MaxInputBytesPerBatch = batcher.NumberOrPath("MaxInputBytesPerBatch", 1, 262_144),
            BatchInput = batcher.Template("BatchInput"),
        };
        if (result.MaxItemsPerBatch is null && result.MaxInputBytesPerBatch is null)
        {
            batcher.Problem("ItemBatcher needs MaxItemsPerBatch or MaxInputBytesPerBatch");
        }

        batcher.RefuseOthers();
        return result;
    }

    private static ResultWriter ParseWriter(Fields writer)
    {
        var resource = writer.Text("Resource");
        if (resource is not (null or MapResources.PutObject))
        {
            writer.ProblemAt("Resource", $"The writer '{resource}' is not supported; it is {MapResources.PutObject}", ProblemCodes.NotSupported);
        }

        var config = writer.Object("WriterConfig");
        var result = new ResultWriter
        {
            Parameters = writer.Template("Parameters"),
            Transformation = config?.Text("Transformation") ?? (resource is null ? "COMPACT" : "NONE"),
            OutputType = config?.Text("OutputType") ?? "JSON",
        };
        if (result.Transformation is not ("NONE" or "COMPACT" or "FLATTEN"))
        {
            config!.ProblemAt("Transformation", "Value is not one of NONE, COMPACT, FLATTEN");
        }

        if (result.OutputType is not ("JSON" or "JSONL"))
        {
            config!.ProblemAt("OutputType", "Value is not one of JSON, JSONL");
        }

        if ((resource is null) != (result.Parameters is null))
        {
            writer.Problem("ResultWriter needs Resource and Parameters together");
        }
        else if (resource is null && !writer.Has("WriterConfig"))
        {
            writer.Problem("ResultWriter needs Resource and Parameters, WriterConfig, or all three");
        }

        writer.RefuseOthers();
        config?.RefuseOthers();
        return result;
    }
}

internal static class MapResources
{
    public const string GetObject = "arn:aws:states:::s3:getObject";
    public const string ListObjects = "arn:aws:states:::s3:listObjectsV2";
    public const string PutObject = "arn:aws:states:::s3:putObject";
}
