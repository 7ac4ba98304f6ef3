using Microsoft.Extensions.AI;
using NovaJudge.Aws.BedrockRuntime;
using NovaJudge.Aws.SageMakerRuntime;
using NovaJudge.Pipeline.Generation;

namespace NovaJudge.LocalAws.Tests.Models;

/// <summary>A model behind Bedrock and behind an endpoint looks the same as the model itself, in success and in failure.</summary>
public sealed class HostedModelTests
{
    private const string Id = "global.example.model-v1:0";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<ModelFailureKind, string> Failures => new()
    {
        { ModelFailureKind.Throttled, "throttled" },
        { ModelFailureKind.Warming, "notReady" },
        { ModelFailureKind.Item, "contextTooLong" },
        { ModelFailureKind.Item, "refused" },
        { ModelFailureKind.Transient, "http500" },
        { ModelFailureKind.Transient, "timeout" },
        { ModelFailureKind.Permanent, "unknownModel" },
    };

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_answer_arrives_with_its_tokens_and_its_end(bool bedrock)
    {
        await using var aws = await StartAsync(new ScriptedModel((messages, options) =>
        {
            messages.Select(message => $"{message.Role}: {message.Text}").ShouldBe(["system: Be brief.", "user: Größe \"7\"?\n😀"]);
            (options?.MaxOutputTokens, options?.Temperature, options?.StopSequences?.Single()).ShouldBe((12, 0.5f, "END"));
            return new ChatResponse(new ChatMessage(ChatRole.Assistant, "Sieben — 7")) { FinishReason = ChatFinishReason.Length, Usage = new UsageDetails { InputTokenCount = 5, OutputTokenCount = 2, TotalTokenCount = 7 } };
        }));

        var answer = await Open(aws, bedrock).GetResponseAsync(
            [new ChatMessage(ChatRole.System, "Be brief."), new ChatMessage(ChatRole.User, "Größe \"7\"?\n😀")],
            new ChatOptions { MaxOutputTokens = 12, Temperature = 0.5f, StopSequences = ["END"] }, Token);

        (answer.Text, answer.FinishReason, answer.Usage?.InputTokenCount, answer.Usage?.OutputTokenCount).ShouldBe(("Sieben — 7", ChatFinishReason.Length, 5, 2));
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task A_failure_of_bedrock_keeps_its_kind(ModelFailureKind kind, string code)
    {
        await using var aws = await StartAsync(new ScriptedModel((_, _) => throw new ModelException(kind, code, "for a reason")));

        var failure = await Should.ThrowAsync<ModelException>(() => Open(aws, bedrock: true).GetResponseAsync("Why?", cancellationToken: Token));

        failure.Kind.ShouldBe(kind);
        failure.Message.ShouldContain("for a reason");
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task A_failure_of_an_endpoint_keeps_its_kind(ModelFailureKind kind, string code)
    {
        await using var aws = await StartAsync(new ScriptedModel((_, _) => throw new ModelException(kind, code, "for a reason")));

        var failure = await Should.ThrowAsync<ModelException>(() => Open(aws, bedrock: false).GetResponseAsync("Why?", cancellationToken: Token));

        failure.Kind.ShouldBe(kind);
        failure.Message.ShouldContain("for a reason");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_model_that_is_not_there_will_never_answer(bool bedrock)
    {
        await using var aws = await SignedLocalAws.StartAsync(new LocalAwsOptions());

        var failure = await Should.ThrowAsync<ModelException>(() => Open(aws, bedrock).GetResponseAsync("Why?", cancellationToken: Token));

        (failure.Kind, failure.Code).ShouldBe((ModelFailureKind.Permanent, "unknownModel"));
    }

    private static Task<SignedLocalAws> StartAsync(IChatClient model) => SignedLocalAws.StartAsync(new LocalAwsOptions
    {
        Models = id => id == Id ? model : null,
        Endpoints = name => name == "qwen" ? model : null,
    });

    private static IChatClient Open(SignedLocalAws aws, bool bedrock) => bedrock
        ? new BedrockChatClient(new(() => new AmazonBedrockRuntimeClient(SignedLocalAws.Credentials, Once(aws.Config<AmazonBedrockRuntimeConfig>()))), Id)
        : new SageMakerChatClient(new(() => new AmazonSageMakerRuntimeClient(SignedLocalAws.Credentials, Once(aws.Config<AmazonSageMakerRuntimeConfig>()))), "qwen");

    private static TConfig Once<TConfig>(TConfig config)
        where TConfig : Amazon.Runtime.ClientConfig
    {
        config.MaxErrorRetry = 0;
        return config;
    }

    /// <summary>A model that does as it is told.</summary>
    private sealed class ScriptedModel(Func<IReadOnlyList<ChatMessage>, ChatOptions?, ChatResponse> answer) : IChatClient
    {
        public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            Task.FromResult(answer([.. messages], options));

        public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
