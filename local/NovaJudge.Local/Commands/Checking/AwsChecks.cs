using Amazon.Runtime;
using NovaJudge.Aws.BedrockRuntime;
using NovaJudge.Aws.Models;
using NovaJudge.Aws.SageMaker;
using NovaJudge.Aws.SageMakerRuntime;
using NovaJudge.Pipeline.Judging.Nova;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Local.Commands.Checking;

/// <summary>What can be known of an AWS account without paying and without asking for more rights than looking an endpoint up.</summary>
internal static class AwsChecks
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Why a model on AWS cannot be used, or <c>null</c>.</summary>
    public static async Task<string?> ModelAsync(ModelSettings model, CancellationToken cancellationToken)
    {
        if (model.Model.Scheme == "sagemaker" && (Credentials() is null || Region() is null))
        {
            return "the endpoint cannot be looked up without AWS credentials and a region.";
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        var provider = new AwsModelProvider(
            null, new(() => new AmazonBedrockRuntimeClient()), new(() => new AmazonSageMakerRuntimeClient()),
            new(() => new AmazonSageMakerClient(config: AwsModelProvider.OneRetry(new AmazonSageMakerConfig()))));
        try
        {
            return await provider.CheckAsync(model, limit.Token);
        }
        catch (Exception e) when (e is HttpRequestException or AmazonClientException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return $"it cannot be looked up: {e.Message}";
        }
    }

    public static IEnumerable<Diagnosis> Run(JudgeSettings judge)
    {
        yield return Credentials() is { } credentials
            ? Diagnosis.Ok("AWS credentials", credentials)
            : Diagnosis.Problem("AWS credentials", "none in the environment and no profile", "aws configure sso, or export AWS_PROFILE");
        var region = Region();
        yield return region is not null ? Diagnosis.Ok("AWS region", region) : Diagnosis.Problem("AWS region", "none is set", "export AWS_REGION=us-east-1");
        if (NovaJudgeCatalog.Find(judge.Kind) is null)
        {
            yield break;
        }

        if (region is not null)
        {
            yield return NovaJudgeCatalog.Check(judge, region) is { } problem
                ? Diagnosis.Problem("Nova judge", problem)
                : Diagnosis.Ok("Nova judge", $"{region} has an image of the container; the job runs on {NovaJudgeCatalog.InstanceType(judge)}");
        }

        yield return Diagnosis.NotChecked("Quota", $"one instance of {judge.InstanceType ?? NovaJudgeCatalog.InstanceType(judge)} for training jobs; new accounts have none",
            $"aws service-quotas list-service-quotas --service-code sagemaker --query \"Quotas[?QuotaName=='{judge.InstanceType ?? NovaJudgeCatalog.InstanceType(judge)} for training job usage'].Value\"");
    }

    /// <summary>Where credentials are, without reading them and without asking the machine's metadata service.</summary>
    private static string? Credentials()
    {
        foreach (var variable in new[] { "AWS_ACCESS_KEY_ID", "AWS_PROFILE", "AWS_WEB_IDENTITY_TOKEN_FILE", "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "AWS_CONTAINER_CREDENTIALS_FULL_URI" })
        {
            if (Environment.GetEnvironmentVariable(variable) is { Length: > 0 })
            {
                return $"by {variable}";
            }
        }

        var shared = Environment.GetEnvironmentVariable("AWS_SHARED_CREDENTIALS_FILE")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".aws", "credentials");
        return File.Exists(shared) ? "the shared credentials file" : null;
    }

    private static string? Region() => new[] { "AWS_REGION", "AWS_DEFAULT_REGION" }
        .Select(Environment.GetEnvironmentVariable).FirstOrDefault(region => !string.IsNullOrWhiteSpace(region));
}
