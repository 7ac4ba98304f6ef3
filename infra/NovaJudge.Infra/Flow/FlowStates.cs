using Amazon.CDK;
using Amazon.CDK.AWS.S3;
using Amazon.CDK.AWS.StepFunctions;
using Amazon.CDK.AWS.StepFunctions.Tasks;
using Constructs;
using NovaJudge.Infra.Steps;
using Timeout = Amazon.CDK.AWS.StepFunctions.Timeout;

namespace NovaJudge.Infra.Flow;

/// <summary>The kinds of states that the flow is made of.</summary>
public sealed class FlowStates(Construct scope, StepFunctions functions, IBucket bucket)
{
    /// <summary>Calls a step and waits for its answer.</summary>
    public LambdaInvoke Task(string name, string step, TaskInput? payload, string into, Duration within) => new(scope, name, new LambdaInvokeProps
    {
        LambdaFunction = functions[step],
        PayloadResponseOnly = true,
        Payload = payload,
        ResultPath = into,
        TaskTimeout = Timeout.Duration(within),
        RetryOnServiceExceptions = false,
    });

    /// <summary>Calls a step and waits until somebody answers the task token, or for a heartbeat in vain.</summary>
    public LambdaInvoke TaskWithToken(string name, string step, TaskInput payload, string into, string withinSecondsAt, Duration heartbeat) =>
        new(scope, name, new LambdaInvokeProps
        {
            LambdaFunction = functions[step],
            IntegrationPattern = IntegrationPattern.WAIT_FOR_TASK_TOKEN,
            Payload = payload,
            ResultPath = into,
            TaskTimeout = Timeout.At(withinSecondsAt),
            HeartbeatTimeout = Timeout.Duration(heartbeat),
            RetryOnServiceExceptions = false,
        });

    /// <summary>
    /// Runs a task for each line of an object, as child executions of their own history. No failed batch is tolerated here:
    /// a prompt that fails is data, and "Write the judge dataset" counts it against the request's limit.
    /// </summary>
    public DistributedMap Map(string name, string over, string concurrency, string label, LambdaInvoke task, string? slot = null)
    {
        var item = Payloads.BatchOfRun;
        if (slot is not null)
        {
            item["slot"] = slot;
        }

        var map = new DistributedMap(scope, name, new DistributedMapProps
        {
            ItemReader = new JsonLinesItemReader(new S3FileItemReaderProps { Bucket = bucket, Key = JsonPath.StringAt(over) }),
            ItemSelector = item,
            MaxConcurrencyPath = concurrency,
            MapExecutionType = StateMachineType.STANDARD,
            ResultWriter = new ResultWriter(new ResultWriterProps { Bucket = bucket, Prefix = JsonPath.StringAt("$.mapResultsPrefix") }),
            ResultPath = JsonPath.DISCARD,
            ToleratedFailurePercentage = 0,
            Label = label,
        });
        map.ItemProcessor(task);
        return map;
    }

}
