using System.Collections.Immutable;
using NovaJudge.StatesLanguage.Json;

namespace NovaJudge.StatesLanguage.Definition;

/// <summary>The states that do work and may retry it: Task and Parallel; Map has a parser of its own.</summary>
internal sealed partial class StateParser
{
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

        if (resource?.Kind == TaskResourceKind.LambdaInvoke)
        {
            CheckInvocation();
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

    private ParallelState ParseParallel()
    {
        var branches = ImmutableArray.CreateBuilder<StateGraph>();
        foreach (var branch in fields.Objects("Branches", required: true, orEmpty: false))
        {
            branch.Any("Comment");
            if (DefinitionParser.RefusesQueryLanguage(branch, $"a branch of the state '{name}'"))
            {
                continue;
            }

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

    /// <summary>The parameters of lambda:invoke that AWS knows, of which the function's name must be there.</summary>
    private void CheckInvocation()
    {
        var parameters = fields.Json["Parameters"] as JsonObject ?? JsonObject.Empty;
        var names = parameters.Properties.ToArray().Select(static p => p.Key.EndsWith(".$", StringComparison.Ordinal) ? p.Key[..^2] : p.Key).ToList();
        if (!names.Contains("FunctionName"))
        {
            fields.ProblemAt("Parameters", "The field 'FunctionName' is required but was missing");
        }

        foreach (var name in names.Where(static name => name is not ("FunctionName" or "Payload" or "InvocationType" or "ClientContext" or "Qualifier" or "LogType")))
        {
            fields.ProblemAt("Parameters", $"The field '{name}' is not supported by Step Functions");
        }
    }
}
