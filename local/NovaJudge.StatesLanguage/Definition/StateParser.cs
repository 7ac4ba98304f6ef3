using System.Collections.Immutable;
using NovaJudge.StatesLanguage.Choices;
using NovaJudge.StatesLanguage.Json;
using NovaJudge.StatesLanguage.Templates;

namespace NovaJudge.StatesLanguage.Definition;

/// <summary>Parses one state.</summary>
internal sealed class StateParser(DefinitionParser definition, TransitionLinks links, string name, Fields fields)
{
    private const int LongestName = 80;

    public HandlerParser Handlers => new(this, links, fields);

    public State? Parse()
    {
        if (name.Length is 0 or > LongestName)
        {
            fields.Problem($"A state's name has 1 to {LongestName} characters");
        }

        fields.Any("Comment");
        DefinitionParser.CheckQueryLanguage(fields, $"the state '{name}'");
        var type = fields.Text("Type", required: true);
        if (RefuseJsonata())
        {
            return Abandon();
        }

        State? state = type switch
        {
            "Pass" => ParsePass(),
            "Task" => ParseTask(),
            "Choice" => ParseChoice(),
            "Wait" => ParseWait(),
            "Succeed" => ParseSucceed(),
            "Fail" => ParseFail(),
            "Parallel" => ParseParallel(),
            "Map" => new MapParser(definition, this, fields).Parse(name),
            _ => null,
        };
        if (state is null)
        {
            if (type is not (null or "Task" or "Choice" or "Map" or "Parallel" or "Wait"))
            {
                fields.ProblemAt("Type", $"Value is not one of Pass, Task, Choice, Wait, Succeed, Fail, Parallel, Map: '{type}'");
            }

            return Abandon();
        }

        fields.RefuseOthers();
        return state;
    }

    /// <summary>What cannot be parsed should not make its neighbours look unreachable, too.</summary>
    private State? Abandon()
    {
        links.AddTerminal();
        foreach (var field in new[] { "Next", "Default" })
        {
            if (fields.Json[field] is JsonString target)
            {
                links.Add(target.Text, fields.Location.Field(field));
            }
        }

        return null;
    }

    /// <summary>Next or End, of which one must be there.</summary>
    public Target? Transition()
    {
        var next = fields.Text("Next");
        var end = fields.Flag("End");
        if (next is not null && end == true)
        {
            fields.Problem("There should only be one of the following fields: [Next, End]");
        }
        else if (next is null && end != true && !fields.Has("Next"))
        {
            fields.Missing("Next");
        }

        if (end == true)
        {
            links.AddTerminal();
        }

        return next is null ? null : links.Add(next, fields.Location.Field("Next"));
    }

    /// <summary>Assign: an object whose top-level names become variables.</summary>
    public PayloadTemplate? Assign(Fields from)
    {
        if (!from.Has("Assign"))
        {
            return null;
        }

        if (from.Any("Assign") is not JsonObject variables)
        {
            from.ProblemAt("Assign", Fields.Expected("Object"));
            return null;
        }

        foreach (var (variable, _) in variables.Properties)
        {
            var plain = variable.EndsWith(".$", StringComparison.Ordinal) ? variable[..^2] : variable;
            if (plain.Length is 0 or > 80 || plain == "states" || !Paths.JsonPathParser.IsNameStart(plain[0]) || !plain.All(Paths.JsonPathParser.IsNamePart))
            {
                from.ProblemAt("Assign", $"'{plain}' is not a valid variable name");
            }

            definition.Variables.Note(plain, from.Location.Field("Assign").ToString());
        }

        return from.Template("Assign");
    }

    private static readonly ImmutableArray<string> JsonataFields = ["Arguments", "Output", "Condition", "Items"];

    private bool RefuseJsonata()
    {
        var refused = false;
        foreach (var field in JsonataFields.Where(fields.Has))
        {
            // Output and the others exist in JSONata states only.
            fields.Any(field);
            fields.Problem($"The QueryLanguage is set to 'JSONPath', but field '{field}' is only supported for the 'JSONata' QueryLanguage");
            refused = true;
        }

        return refused;
    }

    private SucceedState ParseSucceed()
    {
        links.AddTerminal();
        return new SucceedState { Name = name, InputPath = fields.PathOrNull("InputPath"), OutputPath = fields.PathOrNull("OutputPath") };
    }

    private PassState ParsePass() => new()
    {
        Name = name,
        InputPath = fields.PathOrNull("InputPath"),
        OutputPath = fields.PathOrNull("OutputPath"),
        ResultPath = fields.ResultPath("ResultPath"),
        Parameters = fields.Template("Parameters"),
        Result = fields.Any("Result"),
        Assign = Assign(fields),
        Next = Transition(),
    };

    private TaskState? ParseTask()
    {
        var text = fields.Text("Resource", required: true);
        var resource = text is null ? null : TaskResource.Parse(text);
        if (text is not null && resource is null)
        {
            fields.ProblemAt("Resource", "Value is not a valid resource ARN");
        }
        else if (resource?.Kind is TaskResourceKind.Service or TaskResourceKind.Activity && !definition.Options.SupportsResource(resource.Arn))
        {
            fields.ProblemAt("Resource", $"The integration '{resource.Arn}' of the state '{name}' is not supported: none is plugged in for it", ProblemCodes.NotSupported);
        }

        if (fields.Has("Credentials"))
        {
            fields.Template("Credentials");
        }

        var state = new TaskState
        {
            Name = name,
            Resource = resource ?? TaskResource.Parse("arn:aws:states:::lambda:invoke")!,
            InputPath = fields.PathOrNull("InputPath"),
            OutputPath = fields.PathOrNull("OutputPath"),
            Parameters = fields.Template("Parameters"),
            ResultSelector = fields.Template("ResultSelector"),
            ResultPath = fields.ResultPath("ResultPath"),
            Assign = Assign(fields),
            Timeout = fields.NumberOrPath("TimeoutSeconds", 1),
            Heartbeat = fields.NumberOrPath("HeartbeatSeconds", 1),
            Retry = Handlers.Retriers(),
            Catch = Handlers.Catchers(),
            Next = Transition(),
        };
        if (state.Timeout?.Value is { } timeout && state.Heartbeat?.Value is { } heartbeat && heartbeat >= timeout)
        {
            fields.ProblemAt("HeartbeatSeconds", "Value must be smaller than TimeoutSeconds");
        }

        return state;
    }

    private ChoiceState ParseChoice()
    {
        var branches = ImmutableArray.CreateBuilder<ChoiceBranch>();
        foreach (var choice in fields.Objects("Choices", required: true, orEmpty: false))
        {
            var next = choice.Text("Next", required: true);
            var assign = Assign(choice);
            if (ChoiceParser.Parse(choice, top: true) is { } rule && next is not null)
            {
                branches.Add(new ChoiceBranch(rule, links.Add(next, choice.Location.Field("Next")), assign));
            }
            else if (next is not null)
            {
                links.Add(next, choice.Location.Field("Next"));
            }
        }

        var fallback = fields.Text("Default");
        return new ChoiceState
        {
            Name = name,
            InputPath = fields.PathOrNull("InputPath"),
            OutputPath = fields.PathOrNull("OutputPath"),
            Assign = Assign(fields),
            Choices = branches.ToImmutable(),
            Default = fallback is null ? null : links.Add(fallback, fields.Location.Field("Default")),
        };
    }

    private WaitState? ParseWait()
    {
        string[] forms = ["Seconds", "SecondsPath", "Timestamp", "TimestampPath"];
        fields.OnlyOne(forms);
        if (!forms.Any(fields.Has))
        {
            fields.Problem($"There should be one of the following fields: [{string.Join(", ", forms)}]");
        }

        DateTimeOffset? timestamp = null;
        if (fields.Text("Timestamp") is { } text)
        {
            timestamp = Timestamp.Read(text);
            if (timestamp is null)
            {
                fields.ProblemAt("Timestamp", "Value is not a valid timestamp");
            }
        }

        return new WaitState
        {
            Name = name,
            InputPath = fields.PathOrNull("InputPath"),
            OutputPath = fields.PathOrNull("OutputPath"),
            Assign = Assign(fields),
            Seconds = fields.Integer("Seconds", 0),
            SecondsPath = fields.Path("SecondsPath"),
            Timestamp = timestamp,
            TimestampPath = fields.Path("TimestampPath"),
            Next = Transition(),
        };
    }

    private FailState ParseFail()
    {
        fields.OnlyOne("Error", "ErrorPath");
        fields.OnlyOne("Cause", "CausePath");
        links.AddTerminal();

        return new FailState
        {
            Name = name,
            Error = fields.Text("Error"),
            Cause = fields.Text("Cause"),
            ErrorPath = fields.Path("ErrorPath", calls: true),
            CausePath = fields.Path("CausePath", calls: true),
        };
    }

    private ParallelState ParseParallel()
    {
        var branches = ImmutableArray.CreateBuilder<StateGraph>();
        foreach (var branch in fields.Objects("Branches", required: true, orEmpty: false))
        {
            branch.Any("Comment");
            DefinitionParser.CheckQueryLanguage(branch, $"a branch of the state '{name}'");
            if (definition.ParseInnerGraph(branch, isolated: false) is { } graph)
            {
                branches.Add(graph);
            }

            branch.RefuseOthers();
        }

        return new ParallelState
        {
            Name = name,
            Branches = branches.ToImmutable(),
            InputPath = fields.PathOrNull("InputPath"),
            OutputPath = fields.PathOrNull("OutputPath"),
            Parameters = fields.Template("Parameters"),
            ResultSelector = fields.Template("ResultSelector"),
            ResultPath = fields.ResultPath("ResultPath"),
            Assign = Assign(fields),
            Retry = Handlers.Retriers(),
            Catch = Handlers.Catchers(),
            Next = Transition(),
        };
    }
}
