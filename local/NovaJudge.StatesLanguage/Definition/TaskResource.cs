namespace NovaJudge.StatesLanguage.Definition;

/// <summary>A task's Resource, taken apart once.</summary>
internal sealed record TaskResource(string Arn, TaskResourceKind Kind, string ResourceType, string Resource, TaskPattern Pattern)
{
    private const string Callback = ".waitForTaskToken";

    /// <summary>Null when the text is no ARN of a kind that a Task may name.</summary>
    public static TaskResource? Parse(string arn)
    {
        var parts = arn.Split(':', 7);
        if (parts.Length < 6 || parts[0] != "arn")
        {
            return null;
        }

        if (parts[2] == "lambda" && parts.Length == 7 && parts[5] == "function")
        {
            return new TaskResource(arn, TaskResourceKind.Function, "lambda", arn, TaskPattern.Request);
        }

        if (parts[2] == "states" && parts[5] == "activity")
        {
            return new TaskResource(arn, TaskResourceKind.Activity, "activity", arn, TaskPattern.Request);
        }

        if (parts[2] != "states" || parts.Length < 7)
        {
            return null;
        }

        var action = parts[6];
        var pattern = action.EndsWith(Callback, StringComparison.Ordinal) ? TaskPattern.Callback
            : action.EndsWith(".sync", StringComparison.Ordinal) || action.EndsWith(".sync:2", StringComparison.Ordinal) ? TaskPattern.Job
            : TaskPattern.Request;
        var kind = parts[5] == "lambda" && action is "invoke" or "invoke.waitForTaskToken" ? TaskResourceKind.LambdaInvoke : TaskResourceKind.Service;
        return new TaskResource(arn, kind, parts[5], action, pattern);
    }
}

internal enum TaskResourceKind
{
    /// <summary>The ARN of a Lambda function: its answer is the result.</summary>
    Function,

    /// <summary>`lambda:invoke`: the answer is wrapped.</summary>
    LambdaInvoke,

    Activity,
    Service,
}

internal enum TaskPattern
{
    Request,

    /// <summary>`.sync`: the integration answers when the job it started is done.</summary>
    Job,

    /// <summary>`.waitForTaskToken`: the answer comes by token.</summary>
    Callback,
}
