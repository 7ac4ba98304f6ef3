using NovaJudge.Local.Models.OnAws;
using NovaJudge.Pipeline.Judging.Nova;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Local.Commands.Checking;

/// <summary>What can be known of an AWS account without paying and without asking for more rights than looking an endpoint up.</summary>
internal static class AwsChecks
{
    public static IEnumerable<Diagnosis> Run(JudgeSettings judge)
    {
        yield return AwsAccount.FindCredentialsProblem() is { } none
            ? Diagnosis.Problem("AWS credentials", none)
            : Diagnosis.Ok("AWS credentials", AwsAccount.FindCredentials()!);
        var region = AwsAccount.FindRegion();
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
}
