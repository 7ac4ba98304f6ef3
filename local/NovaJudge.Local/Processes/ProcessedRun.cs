using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Extensions.AI;
using NovaJudge.Local.Cloud;
using NovaJudge.LocalAws;
using NovaJudge.LocalAws.Protocol;
using NovaJudge.Pipeline;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Local.Processes;

/// <summary>
/// Lets the steps of one run be done by the functions' own executable, one process for each function, which calls AWS's
/// interfaces: they are answered by stand-ins over the local store, models and judge.
/// </summary>
internal sealed class ProcessedRun : IAsyncDisposable
{
    /// <summary>Access key, secret and session token of the functions: of use here only.</summary>
    public const string Credential = "local";

    private readonly LocalAwsServer _aws;
    private readonly FunctionProcesses _processes;

    private ProcessedRun(LocalAwsServer aws, FunctionProcesses processes) => (_aws, _processes) = (aws, processes);

    /// <summary>Gives the steps of a pipeline to processes until this is disposed.</summary>
    /// <param name="cloud">The pipeline.</param>
    /// <param name="request">The request that will be run.</param>
    /// <param name="program">The functions' executable.</param>
    /// <param name="signatureProblem">Says what is wrong with the signature of a call; absent: signatures are not looked at.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    public static async Task<ProcessedRun> StartAsync(
        LocalCloud cloud, EvaluationRequest request, FunctionProgram program, Func<SignedRequest, string?>? signatureProblem, CancellationToken cancellationToken)
    {
        var standIns = StandIns.Of(request, cloud.Time is FixedClock ? cloud.Time.GetUtcNow() : null);
        var records = new PromptRecords(cloud.Store, request.RunId);
        var models = new ConcurrentDictionary<ModelSettings, IChatClient>();
        var aws = await LocalAwsServer.StartAsync(
            new LocalAwsOptions
            {
                Buckets = new Dictionary<string, IObjectStore>
                {
                    [CloudNames.Bucket] = cloud.Store,
                    [StandIns.DatasetBucket] = new DatasetObject(cloud.Datasets, request.Dataset.Source),
                },
                Endpoints = name => Model(standIns.Find(bedrock: false, name)),
                Models = id => Model(standIns.Find(bedrock: true, id)),
                Jobs = cloud.Judges,
                JudgeImages = standIns.Judges.ToDictionary(judge => judge.Value, judge => judge.Key),
                Callbacks = cloud.Callbacks,
                SignatureProblem = signatureProblem,
                Region = CloudNames.Region,
                Account = CloudNames.Account,
            },
            cancellationToken);
        var variables = Variables(aws.Address, standIns, cloud.Defaults);
        var processes = new FunctionProcesses(program, aws.Functions, FunctionTemplate.Embedded(), template =>
            template.Variables.Concat(OfEveryFunction).Distinct().ToDictionary(name => name, name => variables.GetValueOrDefault(name, "")));
        cloud.Steps = processes.InvokeAsync;
        return new ProcessedRun(aws, processes);

        IChatClient? Model(ModelSettings? settings) =>
            settings is null ? null : models.GetOrAdd(settings, wanted => new HostedModel(cloud.Models.Open(wanted), records));
    }

    public async ValueTask DisposeAsync()
    {
        await _processes.DisposeAsync();
        await _aws.DisposeAsync();
    }

    /// <summary>What Lambda gives to every function by itself, and the one variable that only stands here.</summary>
    private static string[] OfEveryFunction { get; } =
        ["AWS_REGION", "AWS_DEFAULT_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_ENDPOINT_URL", "AWS_EC2_METADATA_DISABLED", "NOVA_STAND_INS"];

    private static Dictionary<string, string> Variables(string address, StandIns standIns, RequestDefaults defaults) => new(StringComparer.Ordinal)
    {
        ["AWS_REGION"] = CloudNames.Region,
        ["AWS_DEFAULT_REGION"] = CloudNames.Region,
        ["AWS_ACCESS_KEY_ID"] = Credential,
        ["AWS_SECRET_ACCESS_KEY"] = Credential,
        ["AWS_SESSION_TOKEN"] = Credential,
        ["AWS_ENDPOINT_URL"] = address,
        ["AWS_EC2_METADATA_DISABLED"] = "true",
        ["NOVA_BUCKET"] = CloudNames.Bucket,
        ["NOVA_STATE_MACHINE_ARN"] = CloudNames.StateMachineArn,
        ["NOVA_JUDGE_ROLE_ARN"] = CloudNames.RoleArn,
        ["NOVA_TOPIC_ARN"] = $"arn:aws:sns:{CloudNames.Region}:{CloudNames.Account}:{CloudNames.StateMachine}",
        ["NOVA_ALLOWED_MODELS"] = JsonSerializer.Serialize(standIns.Hosted.Keys.Select(model => model.ToString()), LocalJson.Line.IEnumerableString),
        ["NOVA_ALLOWED_BUCKETS"] = JsonSerializer.Serialize([CloudNames.Bucket, StandIns.DatasetBucket], LocalJson.Line.IEnumerableString),
        ["NOVA_DEFAULTS"] = JsonSerializer.Serialize(
            new FunctionDefaults(defaults.DatasetSource, defaults.ModelA, defaults.ModelB, defaults.JudgeKind, defaults.SampleSize, defaults.BatchSize), LocalJson.Line.FunctionDefaults),
        ["NOVA_STAND_INS"] = standIns.ToJson(),
    };
}
