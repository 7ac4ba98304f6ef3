using Amazon.S3;
using NovaJudge.Aws.Announcing;
using NovaJudge.Aws.BedrockRuntime;
using NovaJudge.Aws.EventBridge;
using NovaJudge.Aws.Models;
using NovaJudge.Aws.S3;
using NovaJudge.Aws.SageMaker;
using NovaJudge.Aws.SageMakerRuntime;
using NovaJudge.Aws.SimpleNotificationService;
using NovaJudge.Aws.StepFunctions;
using NovaJudge.Functions.StandIns;
using NovaJudge.Pipeline;
using NovaJudge.Pipeline.Generation;
using NovaJudge.Pipeline.Runs;
using NovaJudge.Pipeline.Steps;
using NovaJudge.Reports;

namespace NovaJudge.Functions;

/// <summary>The ports of the steps on AWS. Each is made when a step first asks for it: a client costs milliseconds of every cold start.</summary>
/// <param name="settings">What the environment says.</param>
/// <param name="output">Where metrics are written as log lines.</param>
internal sealed class Composition(FunctionSettings settings, TextWriter output) : IStepPorts
{
    private readonly Lazy<IAmazonS3> _s3 = new(() => S3Connection.Open());
    private readonly Lazy<AmazonSageMakerClient> _sageMaker = new(() => new AmazonSageMakerClient());

    public IObjectStore Store => field ??= new S3ObjectStore(_s3.Value, settings.Bucket);

    public IJournal Journal => field ??= new StoreJournal(Store);

    public IDatasetSources Datasets => field ??= StandInDatasets.Over(
        new S3DatasetSources(_s3.Value, settings.Bucket, settings.AllowedBuckets), settings.StandIns);

    public IModelProvider Models => field ??= StandInModels.Over(
        new AwsModelProvider(
            settings.AllowedModels,
            new(() => new AmazonBedrockRuntimeClient(config: AwsModelProvider.OneRetry(new AmazonBedrockRuntimeConfig()))),
            new(() => new AmazonSageMakerRuntimeClient(config: AwsModelProvider.OneRetry(new AmazonSageMakerRuntimeConfig()))),
            _sageMaker,
            new RunReplays(Store)),
        settings.StandIns);

    public IJudgeJobs Judges => field ??= new SageMakerJudgeJobs(_sageMaker, new SageMakerJudgeSettings
    {
        Region = settings.Region,
        Bucket = settings.Bucket,
        RoleArn = settings.JudgeRoleArn,
        KmsKeyArn = settings.KmsKeyArn,
        AllowedInstanceTypes = settings.AllowedInstanceTypes,
        OtherJudges = settings.StandIns?.Judges,
    });

    public ITaskCallbacks Callbacks => field ??= new StepFunctionsCallbacks(new AmazonStepFunctionsClient());

    public IReportRenderer Reports => field ??= new ReportRenderer();

    public IRunAnnouncer Announcer => field ??= new AwsRunAnnouncer(
        new(() => new AmazonEventBridgeClient()),
        new(() => new AmazonSimpleNotificationServiceClient()),
        new AnnouncementSettings { Region = settings.Region, Bucket = settings.Bucket, TopicArn = settings.TopicArn, LinkBase = settings.StandIns?.LinkBase },
        output);

    public RequestDefaults Defaults => settings.Defaults;

    public TimeProvider Time => field ??= settings.StandIns?.Clock is { } clock ? new FixedTime(clock) : TimeProvider.System;
}
