using System.Text.RegularExpressions;

namespace NovaJudge.Infra.Tests.Permissions;

[Collection(SynthesisGroup.Name)]
public sealed class LeastPrivilegeTests(Synthesized stacks)
{
    /// <summary>Resources with a star, each with the reason why nothing narrower will do.</summary>
    private static readonly (string Statements, string Resource, string Reason)[] Wildcards =
    [
        ("SignInToRegistry", @"^\*$", "ecr:GetAuthorizationToken takes no resource"),
        ("ReportUse", @"^\*$", "cloudwatch:PutMetricData takes no resource; the condition names the namespace"),
        ("DeliverLogs", @"^\*$", "log delivery to CloudWatch takes no resource"),
        ("Trace", @"^\*$", "X-Ray takes no resource"),
        ("ReadObjects|WriteObjects|DeleteObjects|WriteMapResults", @"\.Arn}/(runs|incoming|callbacks|history|baselines|cache|exams)/", "keys hold the id of the run, which is not known beforehand"),
        ("ReadDatasets", @"^arn:aws:s3:::our-datasets/\*$", "the deployment lists the bucket, requests name its objects"),
        ("StartJobs|TagJobs|DescribeJobs|StopJobs", @":training-job/nova-\*$", "jobs are named after runs"),
        ("WatchMaps|RedriveMaps", @":execution:[a-z-]+(/(ModelA|ModelB|Judge))?:\*$", "executions of this machine and of its Maps"),
        ("WriteLogs", @":log-group:/aws/(lambda/[a-z-]+-[A-Za-z]+:log-stream:\*|sagemaker/TrainingJobs:log-stream:nova-\*|sagemaker/(Endpoints|InferenceComponents)/[a-z0-9-]+:log-stream:\*)$", "the service names the streams"),
        ("Invoke[A-Za-z0-9]+Everywhere", @"^arn:aws:bedrock:\*::foundation-model/[a-z0-9.:-]+$", "an inference profile chooses the region; the condition names the profile"),
    ];

    private Statement[] Statements { get; } =
        [.. new[] { stacks.Pipeline, stacks.Other, stacks.QwenEndpoint }.SelectMany(stack => new RolePolicies(stack).All)];

    [Fact]
    public void No_role_is_allowed_all_actions_of_a_service()
    {
        var broad = Statements.Where(statement => statement.Actions.Any(action => action.Contains('*', StringComparison.Ordinal)));

        broad.ShouldBeEmpty();
    }

    [Fact]
    public void Every_wildcard_in_a_resource_has_its_reason()
    {
        var unexplained = from statement in Statements
                          from resource in statement.Resources
                          where resource.Contains('*', StringComparison.Ordinal) && !Wildcards.Any(wildcard => Explains(wildcard, statement, resource))
                          select $"{statement.Role} {statement.Sid}: {resource}";

        unexplained.ShouldBeEmpty();
    }

    [Fact]
    public void Every_reason_is_needed()
    {
        var idle = Wildcards.Where(wildcard => !Statements.Any(statement => statement.Resources.Any(resource => Explains(wildcard, statement, resource))));

        idle.ShouldBeEmpty();
    }

    [Fact]
    public void A_role_has_its_own_policy_and_nothing_else()
    {
        foreach (var stack in new[] { stacks.Pipeline, stacks.Other, stacks.QwenEndpoint })
        {
            stack.Resources("AWS::IAM::Policy").ShouldBeEmpty();
            stack.Resources("AWS::IAM::ManagedPolicy").ShouldBeEmpty();
            stack.Resources("AWS::IAM::Role").ShouldAllBe(role => role.Properties["ManagedPolicyArns"] == null);
        }
    }

    [Fact]
    public void No_two_functions_share_a_role()
    {
        var roles = stacks.Pipeline.Resources("AWS::Lambda::Function").Select(function => (string)function.Properties["Role"]!).ToArray();

        roles.ShouldBeUnique();
    }

    [Fact]
    public void Services_take_a_role_for_this_account_only()
    {
        var trusts = from stack in new[] { stacks.Pipeline, stacks.Other, stacks.QwenEndpoint }
                     from role in stack.Resources("AWS::IAM::Role")
                     from statement in role.Properties["AssumeRolePolicyDocument"]!["Statement"]!.AsArray()
                     select (Service: (string)statement["Principal"]!["Service"]!, Condition: statement["Condition"]);

        foreach (var (service, condition) in trusts.Where(trust => trust.Service != "lambda.amazonaws.com"))
        {
            ((string?)condition?["StringEquals"]?["aws:SourceAccount"]).ShouldBe("123456789012", service);
        }
    }

    [Fact]
    public void The_key_is_used_through_a_service_only_except_by_SageMaker()
    {
        var direct = Statements.Where(statement => statement.Actions.Any(action => action.StartsWith("kms:", StringComparison.Ordinal))
            && (string?)statement.Condition?["StringEquals"]?["kms:ViaService"] is not ("s3.us-east-1.amazonaws.com" or "sns.us-east-1.amazonaws.com"));

        direct.ShouldAllBe(statement => statement.Role.StartsWith("JudgeRole", StringComparison.Ordinal));
    }

    [Fact]
    public void Nobody_may_pass_a_role_but_the_judges_to_SageMaker()
    {
        var passing = new RolePolicies(stacks.Pipeline).All.Where(statement => statement.Actions.Contains("iam:PassRole")).ShouldHaveSingleItem();

        passing.Resources.ShouldHaveSingleItem().ShouldStartWith("{JudgeRole");
        ((string?)passing.Condition!["StringEquals"]!["iam:PassedToService"]).ShouldBe("sagemaker.amazonaws.com");
    }

    private static bool Explains((string Statements, string Resource, string Reason) wildcard, Statement statement, string resource) =>
        Regex.IsMatch(statement.Sid, $"^({wildcard.Statements})$") && Regex.IsMatch(resource, wildcard.Resource);
}
