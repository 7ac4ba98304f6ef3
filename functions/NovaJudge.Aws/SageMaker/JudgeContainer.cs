using NovaJudge.Pipeline.Judging.Nova;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Aws.SageMaker;

/// <summary>What a judge's job runs, and on what.</summary>
/// <param name="Image">The container's image.</param>
/// <param name="InstanceType">The instance type.</param>
/// <param name="Model">The catalogue's entry; <c>null</c> for a judge that is not the Nova container's.</param>
internal sealed record JudgeContainer(string Image, string InstanceType, NovaJudgeModel? Model)
{
    /// <summary>What a judge without an own wish runs on, where no list says otherwise.</summary>
    private const string SmallInstance = "ml.m5.large";

    /// <summary>The container for a request; the problem says why there is none, and what to do.</summary>
    public static JudgeContainer? Find(JudgeSettings judge, SageMakerJudgeSettings settings, out string? problem)
    {
        var allowed = settings.AllowedInstanceTypes;
        if (settings.OtherJudges?.GetValueOrDefault(judge.Kind) is { } other)
        {
            var type = judge.InstanceType ?? (allowed is [var preferred, ..] ? preferred : SmallInstance);
            problem = NotAllowed(type, allowed);
            return problem is null ? new JudgeContainer(judge.Image ?? other, type, null) : null;
        }

        problem = NovaJudgeCatalog.Check(judge, settings.Region);
        if (problem is not null)
        {
            return null;
        }

        // The judge's cheapest instance may be one that this deployment does not allow.
        var model = NovaJudgeCatalog.Judges[judge.Kind];
        var instanceType = judge.InstanceType
            ?? (allowed is null ? null : model.InstanceTypes.FirstOrDefault(allowed.Contains))
            ?? NovaJudgeCatalog.InstanceType(judge);
        problem = NotAllowed(instanceType, allowed);
        return problem is null ? new JudgeContainer(NovaJudgeCatalog.Image(judge, settings.Region)!, instanceType, model) : null;
    }

    private static string? NotAllowed(string instanceType, IReadOnlyList<string>? allowed) => allowed is null || allowed.Contains(instanceType)
        ? null
        : $"{instanceType} is not among the instance types that judges of this stack may run on ({(allowed.Count == 0 ? "none" : string.Join(", ", allowed))}); "
          + "add it to \"judgeInstanceTypes\" in cdk.json and deploy.";
}
