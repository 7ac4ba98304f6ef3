using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using NovaJudge.LocalAws.Protocol;
using NovaJudge.Pipeline;
using NovaJudge.Pipeline.Judging;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.LocalAws.SageMaker;

/// <summary>SageMaker's training jobs and the look at endpoints. A job is one of the judge's; its image says of which.</summary>
internal sealed class SageMakerService(LocalAwsOptions options)
{
    private const string RunTag = "nova:run";
    private const string ExecutionTag = "nova:execution";
    private readonly ConcurrentDictionary<string, string> _images = new(StringComparer.Ordinal);

    public async Task AnswerAsync(SignedRequest request, HttpContext context)
    {
        using var document = JsonDocument.Parse(request.Body);
        var body = document.RootElement;
        var token = context.RequestAborted;
        await AwsAnswers.JsonAsync(context, request.Operation switch
        {
            "CreateTrainingJob" => await CreateAsync(body, token),
            "DescribeTrainingJob" => await DescribeAsync(Text(body, "TrainingJobName"), token),
            "StopTrainingJob" => await StopAsync(Text(body, "TrainingJobName"), token),
            "DescribeEndpoint" => DescribeEndpoint(Text(body, "EndpointName")),
            var other => throw new AwsErrorException(404, "UnknownOperationException", $"{other} is not part of this stand-in."),
        });
    }

    private IJudgeJobs Jobs => options.Jobs ?? throw new AwsErrorException(400, "ValidationException", "No training jobs run here.");

    private async Task<JsonObject> CreateAsync(JsonElement body, CancellationToken cancellationToken)
    {
        var name = Text(body, "TrainingJobName");
        var image = Text(body.GetProperty("AlgorithmSpecification"), "TrainingImage");
        if (!options.JudgeImages.TryGetValue(image, out var kind))
        {
            throw new AwsErrorException(400, "ValidationException", $"There is no image {image}.");
        }

        if (!_images.TryAdd(name, image) || await Jobs.FindAsync(name, cancellationToken) is not null)
        {
            throw new AwsErrorException(400, "ResourceInUse", "Training job names must be unique within an AWS account and region, and a training job with this name already exists.");
        }

        var judge = new JudgeSettings
        {
            Kind = kind,
            InstanceType = Text(body.GetProperty("ResourceConfig"), "InstanceType"),
            Image = image,
            MaxRuntimeMinutes = body.GetProperty("StoppingCondition").GetProperty("MaxRuntimeInSeconds").GetInt32() / 60,
            Concurrency = 1,
        };
        await Jobs.StartAsync(new JudgeJobRequest(name, RunId.Parse(Tag(body, RunTag)), judge, Tag(body, ExecutionTag)), cancellationToken);
        return new JsonObject { ["TrainingJobArn"] = JobArn(name) };
    }

    private async Task<JsonObject> DescribeAsync(string name, CancellationToken cancellationToken)
    {
        var job = await Jobs.FindAsync(name, cancellationToken) ?? throw new AwsErrorException(400, "ValidationException", "Requested resource not found.");
        var description = new JsonObject
        {
            ["TrainingJobName"] = name,
            ["TrainingJobArn"] = JobArn(name),
            ["TrainingJobStatus"] = job.State == JudgeJobState.TimedOut ? "Stopped" : job.State.ToString(),
            ["SecondaryStatus"] = job.State switch
            {
                JudgeJobState.TimedOut => "MaxRuntimeExceeded",
                JudgeJobState.InProgress => "Training",
                var state => state.ToString(),
            },
            ["AlgorithmSpecification"] = new JsonObject { ["TrainingImage"] = _images.GetValueOrDefault(name, job.Image ?? ""), ["TrainingInputMode"] = "File" },
        };
        if (job.Reason is not null)
        {
            description["FailureReason"] = job.Reason;
        }

        if (job.BillableSeconds is { } seconds)
        {
            description["BillableTimeInSeconds"] = seconds;
        }

        return description;
    }

    private async Task<JsonObject> StopAsync(string name, CancellationToken cancellationToken)
    {
        var job = await Jobs.FindAsync(name, cancellationToken) ?? throw new AwsErrorException(400, "ResourceNotFound", "Requested resource not found.");
        if (JudgeFailure.HasEnded(job.State))
        {
            throw new AwsErrorException(400, "ValidationException", $"The request was rejected because the training job is in status {job.State}.");
        }

        await Jobs.StopAsync(name, cancellationToken);
        return [];
    }

    private JsonObject DescribeEndpoint(string name) => options.Endpoints(name) is not null
        ? new JsonObject { ["EndpointName"] = name, ["EndpointArn"] = $"arn:aws:sagemaker:{options.Region}:{options.Account}:endpoint/{name}", ["EndpointStatus"] = "InService" }
        : throw new AwsErrorException(400, "ValidationException", $"Could not find endpoint \"{name}\".");

    private string JobArn(string name) => $"arn:aws:sagemaker:{options.Region}:{options.Account}:training-job/{name}";

    private static string Tag(JsonElement body, string key) =>
        body.TryGetProperty("Tags", out var tags) && tags.EnumerateArray().FirstOrDefault(tag => tag.GetProperty("Key").ValueEquals(key)) is { ValueKind: JsonValueKind.Object } found
            ? Text(found, "Value")
            : throw new AwsErrorException(400, "ValidationException", $"The judge's jobs carry the tag {key}.");

    private static string Text(JsonElement body, string name) => body.TryGetProperty(name, out var value) && value.GetString() is { Length: > 0 } text
        ? text
        : throw new AwsErrorException(400, "ValidationException", $"1 validation error detected: Value at '{name}' failed to satisfy constraint: Member must not be null");
}
