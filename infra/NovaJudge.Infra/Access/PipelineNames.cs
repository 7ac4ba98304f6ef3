using Amazon.CDK;

namespace NovaJudge.Infra.Access;

/// <summary>
/// Names that are known before anything exists. The machine calls the functions and the functions' roles name the machine:
/// an ARN made of names breaks that circle.
/// </summary>
public sealed class PipelineNames(Stack stack, string name)
{
    /// <summary>How the names of all judge jobs begin.</summary>
    public const string JudgeJobPrefix = "nova-";

    public string StateMachine => name;

    public string StateMachineArn => Arn("states", "stateMachine", name, ArnFormat.COLON_RESOURCE_NAME);

    public string StateMachineLogGroup => $"/aws/vendedlogs/states/{name}";

    public string Dashboard => name;

    public string Topic => name;

    /// <summary>All judge jobs.</summary>
    public string JudgeJobsArn => Arn("sagemaker", "training-job", $"{JudgeJobPrefix}*");

    public string Function(string step) => $"{name}-{step}";

    public string FunctionLogGroup(string step) => $"/aws/lambda/{Function(step)}";

    /// <summary>The executions of the machine, or those that one of its Maps starts.</summary>
    public string ExecutionsArn(string? mapLabel = null) =>
        Arn("states", "execution", mapLabel is null ? $"{name}:*" : $"{name}/{mapLabel}:*", ArnFormat.COLON_RESOURCE_NAME);

    /// <summary>An ARN in this account and region.</summary>
    public string Arn(string service, string resource, string resourceName, ArnFormat format = ArnFormat.SLASH_RESOURCE_NAME) =>
        stack.FormatArn(new ArnComponents { Service = service, Resource = resource, ResourceName = resourceName, ArnFormat = format });
}
