using Microsoft.Extensions.AI;
using NovaJudge.Aws.BedrockRuntime;
using NovaJudge.Aws.Models;
using NovaJudge.Aws.SageMaker;
using NovaJudge.Aws.SageMakerRuntime;
using NovaJudge.Pipeline;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Aws.Tests.Models;

public sealed class AwsModelProviderTests
{
    private static readonly string[] Allowed = ["bedrock:global.anthropic.claude-sonnet-4-6", "sagemaker:qwen", "sagemaker:qwen/one"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("bedrock:global.anthropic.claude-sonnet-4-6", null)]
    [InlineData("bedrock:us.anthropic.claude-haiku-4-5-20251001-v1:0", "add it to \"models\" in cdk.json")]
    [InlineData("sagemaker:other", "add it to \"models\" in cdk.json")]
    [InlineData("embedded:first-sentence", "cannot be called from AWS")]
    [InlineData("ollama:qwen2.5", "cannot be called from AWS")]
    [InlineData("openai:http://localhost:1#m", "cannot be called from AWS")]
    [InlineData("file:a.jsonl", "cannot be called from AWS")]
    [InlineData("run:earlier/b", "cannot be called from AWS")]
    public async Task Only_what_the_stack_allows_may_be_called(string spec, string? problem)
    {
        await using var aws = await LoopbackAws.StartAsync("sagemaker");

        var found = await Provider(aws, Allowed).CheckAsync(Settings(spec), Token);

        ShouldTell(found, problem);
        aws.Server.Calls.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("bedrock:us.anthropic.claude-3-7-sonnet-20250219-v1:0", "end of its life on 2026-04-28")]
    [InlineData("bedrock:global.anthropic.claude-sonnet-4-20250514-v1:0", "end of its life on 2026-10-14")]
    [InlineData("bedrock:anthropic.claude-sonnet-4-6", "use global.anthropic.claude-sonnet-4-6")]
    [InlineData("bedrock:anthropic.claude-3-haiku-20240307-v1:0", null)]
    [InlineData("bedrock:amazon.nova-lite-v1:0", null)]
    public async Task A_model_that_cannot_answer_is_refused_by_name(string spec, string? problem)
    {
        await using var aws = await LoopbackAws.StartAsync("sagemaker");

        var found = await Provider(aws, allowed: null).CheckAsync(Settings(spec), Token);

        ShouldTell(found, problem);
    }

    [Theory]
    [InlineData("InService", null)]
    [InlineData("Updating", null)]
    [InlineData("Creating", "aws sagemaker wait endpoint-in-service --endpoint-name qwen")]
    [InlineData("Failed", "is Failed (out of disk); deploy it again")]
    [InlineData("Deleting", "is Deleting")]
    public async Task An_endpoint_is_looked_up_before_anything_is_spent(string status, string? problem)
    {
        await using var aws = await LoopbackAws.StartAsync("sagemaker",
            LoopbackServer.Reply(200, $$"""{"EndpointName":"qwen","EndpointArn":"arn","EndpointStatus":"{{status}}","FailureReason":"out of disk"}"""));

        var found = await Provider(aws, Allowed).CheckAsync(Settings("sagemaker:qwen/one"), Token);

        ShouldTell(found, problem);
        aws.Server.Calls.ShouldHaveSingleItem().Header("X-Amz-Target").ShouldBe("SageMaker.DescribeEndpoint");
    }

    [Fact]
    public async Task An_endpoint_that_is_not_there_is_told_with_the_command_that_lists_them()
    {
        await using var aws = await LoopbackAws.StartAsync("sagemaker",
            LoopbackServer.Reply(400, """{"__type":"ValidationException","message":"Could not find endpoint \"qwen\"."}"""));

        var found = await Provider(aws, Allowed).CheckAsync(Settings("sagemaker:qwen"), Token);

        ShouldTell(found, "aws sagemaker list-endpoints");
    }

    [Fact]
    public async Task One_client_serves_a_model_for_good()
    {
        await using var aws = await LoopbackAws.StartAsync("bedrock");
        var provider = Provider(aws, Allowed);

        var first = provider.Open(Settings("bedrock:m"));
        first.Dispose();
        var second = provider.Open(Settings("bedrock:m"));

        second.ShouldBeSameAs(first);
    }

    [Fact]
    public async Task Replays_are_opened_by_whoever_knows_them()
    {
        await using var aws = await LoopbackAws.StartAsync("bedrock");
        var provider = new AwsModelProvider(Allowed, new(() => aws.Bedrock()), new(() => aws.SageMakerRuntime()), new(aws.SageMaker), new Replays());

        var problem = await provider.CheckAsync(Settings("run:earlier/b"), Token);

        problem.ShouldBe("asked the replays");
    }

    private static ModelSettings Settings(string spec) => ModelSettings.Of(ModelSpec.Parse(spec));

    private static void ShouldTell(string? found, string? problem)
    {
        if (problem is null)
        {
            found.ShouldBeNull();
        }
        else
        {
            found.ShouldNotBeNull().ShouldContain(problem);
        }
    }

    private static AwsModelProvider Provider(LoopbackAws aws, IReadOnlyCollection<string>? allowed) => new(
        allowed,
        new Lazy<AmazonBedrockRuntimeClient>(() => aws.Bedrock()),
        new Lazy<AmazonSageMakerRuntimeClient>(() => aws.SageMakerRuntime()),
        new Lazy<AmazonSageMakerClient>(aws.SageMaker));

    private sealed class Replays : IModelProvider
    {
        public ValueTask<string?> CheckAsync(ModelSettings settings, CancellationToken cancellationToken) => ValueTask.FromResult<string?>("asked the replays");

        public IChatClient Open(ModelSettings settings) => throw new NotSupportedException();
    }
}
