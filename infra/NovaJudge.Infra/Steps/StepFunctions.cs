using System.Text.Json;
using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.Lambda;
using Amazon.CDK.AWS.Logs;
using Amazon.CDK.AWS.SQS;
using Constructs;
using NovaJudge.Infra.Access;
using NovaJudge.Infra.Operations;
using NovaJudge.Infra.Settings;
using NovaJudge.Infra.Storage;
using NovaJudge.Pipeline.Steps;
using static Amazon.CDK.Duration;
using LogGroupProps = Amazon.CDK.AWS.Logs.LogGroupProps;

namespace NovaJudge.Infra.Steps;

/// <summary>One Lambda function for each step; the function's handler is the step's name.</summary>
public sealed class StepFunctions : Construct
{
    private readonly Dictionary<string, Function> _functions = [];

    public StepFunctions(Construct scope, string id, StepFunctionsProps props) : base(scope, id)
    {
        var (names, settings, targets) = (props.Names, props.Settings, props.Targets);
        var store = new StoreAccess(props.Store.Bucket, props.Store.Key);
        var permissions = new StepPermissions(store, names, settings, targets);
        var code = Code.FromAsset(props.Asset.Path, new Amazon.CDK.AWS.S3.Assets.AssetOptions { Exclude = ["*.dbg", "*.pdb", "*.xml"] });
        var environment = new Dictionary<string, string>
        {
            [FunctionEnvironment.Bucket] = props.Store.Bucket.BucketName,
            [FunctionEnvironment.StateMachineArn] = names.StateMachineArn,
            [FunctionEnvironment.JudgeRoleArn] = targets.JudgeRoleArn,
            [FunctionEnvironment.KmsKeyArn] = targets.KeyArn,
            [FunctionEnvironment.TopicArn] = targets.TopicArn,
            [FunctionEnvironment.AllowedModels] = JsonSerializer.Serialize(settings.Models.Select(model => model.ToString())),
            [FunctionEnvironment.AllowedBuckets] = $"[{string.Join(',', settings.DatasetBuckets.Prepend(props.Store.Bucket.BucketName).Select(bucket => $"\"{bucket}\""))}]",
            [FunctionEnvironment.AllowedInstanceTypes] = JsonSerializer.Serialize(settings.JudgeInstanceTypes),
            [FunctionEnvironment.Defaults] = settings.Defaults,
        };

        Add(StepNames.PlanRun, Minutes(2), memory: 1024);
        Add(StepNames.SamplePrompts, Minutes(15), memory: 1024);
        Add(StepNames.GenerateResponses, Minutes(15), memory: 512);
        Add(StepNames.WriteJudgeDataset, Minutes(15), memory: 1024);
        Add(StepNames.StartJudge, Minutes(2), memory: 512);
        Add(StepNames.CompleteJudge, Minutes(2), memory: 512, nobodyWaits: true);
        Add(StepNames.SweepJudges, Minutes(4), memory: 512, nobodyWaits: true);
        Add(StepNames.JudgeResponses, Minutes(15), memory: 512);
        Add(StepNames.CollectVerdicts, Minutes(15), memory: 1024);
        Add(StepNames.ComputeMetrics, Minutes(15), memory: 2048);
        Add(StepNames.RenderReport, Minutes(15), memory: 2048);
        Add(StepNames.PublishSummary, Minutes(5), memory: 512);
        Add(StepNames.RecordFailure, Minutes(2), memory: 512);
        Add(StepNames.CleanUpRun, Minutes(2), memory: 512, nobodyWaits: true);

        // A function that nobody waits for has nobody to tell that it failed: its event goes to the queue.
        void Add(string step, Duration timeout, int memory, bool nobodyWaits = false)
        {
            var logs = new LogGroup(this, $"{step}Logs", new LogGroupProps
            {
                LogGroupName = names.FunctionLogGroup(step),
                Retention = LogDays.Of(settings.LogRetentionDays),
                RemovalPolicy = RemovalPolicy.DESTROY,
            });
            var role = new Role(this, $"{step}Role", new RoleProps
            {
                Description = $"Runs the step {step}",
                AssumedBy = new ServicePrincipal("lambda.amazonaws.com"),
                InlinePolicies = Allow.Only(
                [
                    .. permissions.Of(step),
                    store.List,
                    store.UseKey,
                    Allow.To("WriteLogs", ["logs:CreateLogStream", "logs:PutLogEvents"],
                        [names.Arn("logs", "log-group", $"{names.FunctionLogGroup(step)}:log-stream:*", ArnFormat.COLON_RESOURCE_NAME)]),
                    Allow.To("Trace", ["xray:PutTraceSegments", "xray:PutTelemetryRecords"], ["*"]),
                    .. nobodyWaits ? [Allow.To("ReportLoss", ["sqs:SendMessage"], [props.Undelivered.QueueArn])] : Array.Empty<PolicyStatement>(),
                ]),
            });
            _functions[step] = new Function(this, step, new FunctionProps
            {
                FunctionName = names.Function(step),
                Runtime = Runtime.PROVIDED_AL2023,
                Architecture = settings.Architecture == "arm64" ? Architecture.ARM_64 : Architecture.X86_64,
                Handler = step,
                Code = code,
                Timeout = timeout,
                MemorySize = memory,
                Environment = environment,
                Role = role.WithoutPolicyUpdates(),
                LogGroup = logs,
                LoggingFormat = LoggingFormat.JSON,
                Tracing = Tracing.ACTIVE,
                DeadLetterQueue = nobodyWaits ? props.Undelivered : null,
            });
        }
    }

    public Function this[string step] => _functions[step];

    public IEnumerable<Function> All => StepNames.All.Select(step => _functions[step]);
}

public sealed record StepFunctionsProps
{
    public required FunctionsAsset Asset { get; init; }

    public required PipelineNames Names { get; init; }

    public required PipelineSettings Settings { get; init; }

    public required RunStore Store { get; init; }

    public required StepTargets Targets { get; init; }

    /// <summary>Where events go that a function failed on.</summary>
    public required IQueue Undelivered { get; init; }
}
