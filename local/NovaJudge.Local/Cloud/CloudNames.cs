namespace NovaJudge.Local.Cloud;

/// <summary>What the template's references resolve to on a laptop: the names that the files under <c>events/</c> use.</summary>
internal static class CloudNames
{
    public const string Account = "123456789012";
    public const string Region = "us-east-1";
    public const string Bucket = "nova-judge-data";
    public const string StateMachine = "nova-judge";
    public const string StateMachineArn = $"arn:aws:states:{Region}:{Account}:stateMachine:{StateMachine}";
    public const string RoleArn = $"arn:aws:iam::{Account}:role/{StateMachine}";

    public static string FunctionArn(string logicalId) => $"arn:aws:lambda:{Region}:{Account}:function:{logicalId}";

    public static string ExecutionArn(string name) => $"arn:aws:states:{Region}:{Account}:execution:{StateMachine}:{name}";

    public static string JobArn(string jobName) => $"arn:aws:sagemaker:{Region}:{Account}:training-job/{jobName}";
}
