using Amazon.CDK;

namespace NovaJudge.Infra.Steps;

/// <summary>Refuses the deployment of a template that was made without the published functions: by CloudFormation itself, before anything is touched.</summary>
public static class DeploymentGuard
{
    public const string Message = "The functions are not published: run ./nova publish, then deploy.";

    public static void Add(Stack stack, FunctionsAsset asset)
    {
        if (asset.MayBeDeployed)
        {
            return;
        }

        Annotations.Of(stack).AddWarningV2("nova-judge:placeholder", Message);
        _ = new CfnRule(stack, "FunctionsArePublished", new CfnRuleProps
        {
            Assertions = [new CfnRuleAssertion { Assert = Fn.ConditionEquals("published", "placeholder"), AssertDescription = Message }],
        });
    }
}
