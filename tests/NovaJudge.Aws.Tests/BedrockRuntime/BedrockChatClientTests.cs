using System.Text;
using System.Text.Json;
using Amazon.Runtime;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;
using NovaJudge.Aws.BedrockRuntime;
using NovaJudge.Aws.Models;
using NovaJudge.Pipeline.Generation;

namespace NovaJudge.Aws.Tests.BedrockRuntime;

public sealed class BedrockChatClientTests
{
    private const string ModelId = "eu.anthropic.claude-sonnet-4-5-20250929-v1:0";
    private static readonly ChatMessage[] Question = [new(ChatRole.User, "Where is the Eiffel tower?")];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<int, string, string, ModelFailureKind, string> Failures { get; } = new()
    {
        { 429, "ThrottlingException", "Too many requests", ModelFailureKind.Throttled, "throttled" },
        { 400, "ThrottlingException", "Too many tokens, please wait", ModelFailureKind.Throttled, "throttled" },
        { 429, "ModelNotReadyException", "The model is not ready", ModelFailureKind.Warming, "notReady" },
        { 408, "ModelTimeoutException", "took too long", ModelFailureKind.Transient, "timeout" },
        { 424, "ModelErrorException", "An error in the model", ModelFailureKind.Transient, "modelError" },
        { 500, "InternalServerException", "oops", ModelFailureKind.Transient, "http500" },
        { 503, "ServiceUnavailableException", "try later", ModelFailureKind.Transient, "http503" },
        { 403, "AccessDeniedException", "You don't have access to the model with the specified model ID.", ModelFailureKind.Permanent, "accessDenied" },
        { 403, "ExpiredTokenException", "The security token included in the request is expired", ModelFailureKind.Permanent, "credentials" },
        { 403, "UnrecognizedClientException", "The security token included in the request is invalid.", ModelFailureKind.Permanent, "credentials" },
        { 404, "ResourceNotFoundException", "This model version has reached the end of its life. Please refer to the documentation.", ModelFailureKind.Permanent, "retired" },
        { 404, "ResourceNotFoundException", "Access denied. This Model is marked by provider as Legacy and you have not been actively using the model in the last 30 days.", ModelFailureKind.Permanent, "retired" },
        { 404, "ResourceNotFoundException", "The provisioned model ARN was not found.", ModelFailureKind.Permanent, "unknownModel" },
        { 404, "UnknownOperationException", "", ModelFailureKind.Permanent, "wrongEndpoint" },
        { 400, "ValidationException", "The provided model identifier is invalid.", ModelFailureKind.Permanent, "unknownModel" },
        { 400, "ValidationException", "Invocation of model ID anthropic.x with on-demand throughput isn’t supported.", ModelFailureKind.Permanent, "needsProfile" },
        { 400, "ValidationException", "The maximum tokens you requested exceeds the model limit of 4096.", ModelFailureKind.Permanent, "maxTokens" },
        { 400, "ValidationException", "Input is too long for requested model.", ModelFailureKind.Item, "contextTooLong" },
        { 400, "ValidationException", "The model returned the following errors: prompt is too long: 210031 tokens > 200000 maximum", ModelFailureKind.Item, "contextTooLong" },
        { 400, "ValidationException", "input length and `max_tokens` exceed context limit: 199900 + 512 > 200000", ModelFailureKind.Item, "contextTooLong" },
        { 400, "ValidationException", "Output blocked by content filtering policy", ModelFailureKind.Item, "contentFiltered" },
        { 400, "ValidationException", "The text field in the ContentBlock object at messages.0.content.0 is blank.", ModelFailureKind.Item, "rejected" },
    };

    [Fact]
    public async Task A_question_is_asked_as_converse_wants_it()
    {
        await using var aws = await LoopbackAws.StartAsync("bedrock", Answer("Paris"));
        using var client = Client(aws);

        var response = await client.GetResponseAsync(
            [new(ChatRole.System, "Be brief."), .. Question],
            new ChatOptions
            {
                MaxOutputTokens = 512,
                Temperature = 0.9f,
                TopP = 0.5f,
                StopSequences = ["\n\n"],
                Seed = 3,
                AdditionalProperties = new() { ["question"] = "of the record, not of the call", ["extra"] = JsonElement.Parse("""{"top_k":50}""") },
            },
            Token);

        response.Text.ShouldBe("Paris");
        var call = aws.Server.Calls.ShouldHaveSingleItem();
        call.RawTarget.ShouldBe("/model/eu.anthropic.claude-sonnet-4-5-20250929-v1%3A0/converse");
        call.Header("Content-Type").ShouldBe("application/json");
        Encoding.UTF8.GetString(call.Body).ShouldBe(
            """{"messages":[{"role":"user","content":[{"text":"Where is the Eiffel tower?"}]}],"system":[{"text":"Be brief."}],"inferenceConfig":{"maxTokens":512,"temperature":0.9,"topP":0.5,"stopSequences":["\n\n"]},"additionalModelRequestFields":{"top_k":50}}""");
        aws.Server.SignatureProblems.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("arn:aws:bedrock:eu-west-1:111122223333:application-inference-profile/abc", "arn%3Aaws%3Abedrock%3Aeu-west-1%3A111122223333%3Aapplication-inference-profile%2Fabc")]
    [InlineData("a model/of+mine~1", "a%20model%2Fof%2Bmine~1")]
    public async Task An_id_with_any_characters_is_signed_as_it_is_sent(string modelId, string sent)
    {
        await using var aws = await LoopbackAws.StartAsync("bedrock", Answer("yes"));
        using var client = Client(aws, modelId);

        await client.GetResponseAsync(Question, cancellationToken: Token);

        aws.Server.SignatureProblems.ShouldBeEmpty();
        aws.Server.Calls.ShouldHaveSingleItem().RawTarget.ShouldBe($"/model/{sent}/converse");
    }

    [Fact]
    public async Task Texts_are_joined_and_thoughts_are_left_out()
    {
        await using var aws = await LoopbackAws.StartAsync("bedrock", LoopbackServer.Reply(200, """
            {"output":{"message":{"role":"assistant","content":[
               {"reasoningContent":{"reasoningText":{"text":"They ask for a city.","signature":"x"}}},
               {"text":"In "},{"text":"Paris."},{"citationsContent":{"content":[]}}]}},
             "stopReason":"max_tokens","usage":{"inputTokens":10,"outputTokens":512,"totalTokens":527,"cacheReadInputTokens":5},"metrics":{"latencyMs":10}}
            """));
        using var client = Client(aws);

        var response = await client.GetResponseAsync(Question, cancellationToken: Token);

        response.Text.ShouldBe("In Paris.");
        response.FinishReason.ShouldBe(ChatFinishReason.Length);
        response.Usage.ShouldNotBeNull().InputTokenCount.ShouldBe(15);
        response.Usage.OutputTokenCount.ShouldBe(512);
    }

    [Theory]
    [InlineData("end_turn", "stop")]
    [InlineData("stop_sequence", "stop")]
    [InlineData("model_context_window_exceeded", "length")]
    [InlineData("something_new", "something_new")]
    public async Task The_reason_of_the_end_is_told(string reason, string expected)
    {
        await using var aws = await LoopbackAws.StartAsync("bedrock", Answer("text", reason));
        using var client = Client(aws);

        var response = await client.GetResponseAsync(Question, cancellationToken: Token);

        response.FinishReason.ShouldNotBeNull().Value.ShouldBe(expected);
    }

    [Theory]
    [InlineData("content_filtered", "Sorry, I cannot.", ModelFailureKind.Item, "contentFiltered")]
    [InlineData("guardrail_intervened", "Blocked.", ModelFailureKind.Item, "contentFiltered")]
    [InlineData("model_context_window_exceeded", "", ModelFailureKind.Item, "contextTooLong")]
    [InlineData("malformed_model_output", "{", ModelFailureKind.Transient, "unreadable")]
    public async Task An_answer_that_is_none_is_a_failure_of_its_own(string reason, string text, ModelFailureKind kind, string code)
    {
        await using var aws = await LoopbackAws.StartAsync("bedrock", Answer(text, reason));
        using var client = Client(aws);

        var exception = await Should.ThrowAsync<ModelException>(() => client.GetResponseAsync(Question, cancellationToken: Token));

        (exception.Kind, exception.Code).ShouldBe((kind, code));
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Each_refusal_of_bedrock_means_what_it_means(int status, string code, string message, ModelFailureKind kind, string expected)
    {
        await using var aws = await LoopbackAws.StartAsync("bedrock", Error(status, code, message));
        using var client = Client(aws);

        var exception = await Should.ThrowAsync<ModelException>(() => client.GetResponseAsync(Question, new ChatOptions { Temperature = 0.5f }, Token));

        (exception.Kind, exception.Code).ShouldBe((kind, expected));
        exception.Message.ShouldContain(message);
    }

    [Theory]
    [InlineData("`temperature` is deprecated for this model.", """{"maxTokens":512,"topP":0.5}""")]
    [InlineData("`temperature` and `top_p` cannot both be specified for this model. Please use only one.", """{"maxTokens":512,"temperature":0.9}""")]
    [InlineData("The model does not support temperature and topP", """{"maxTokens":512}""")]
    public async Task Sampling_settings_that_a_model_refuses_are_left_out_from_then_on(string message, string sent)
    {
        await using var aws = await LoopbackAws.StartAsync("bedrock", Error(400, "ValidationException", message), Answer("first"), Answer("second"));
        using var client = Client(aws);
        var options = new ChatOptions { MaxOutputTokens = 512, Temperature = 0.9f, TopP = 0.5f };

        var first = await client.GetResponseAsync(Question, options, Token);
        var second = await client.GetResponseAsync(Question, options, Token);

        (first.Text, second.Text).ShouldBe(("first", "second"));
        aws.Server.Calls.Select(call => JsonElement.Parse(Encoding.UTF8.GetString(call.Body)).GetProperty("inferenceConfig").GetRawText())
            .ShouldBe(["""{"maxTokens":512,"temperature":0.9,"topP":0.5}""", sent, sent]);
    }

    [Fact]
    public async Task A_refused_setting_that_was_not_sent_is_not_asked_again()
    {
        await using var aws = await LoopbackAws.StartAsync("bedrock", Error(400, "ValidationException", "`temperature` is deprecated for this model."));
        using var client = Client(aws);

        var exception = await Should.ThrowAsync<ModelException>(() => client.GetResponseAsync(Question, cancellationToken: Token));

        exception.Kind.ShouldBe(ModelFailureKind.Item);
        aws.Server.Calls.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_wait_that_the_service_asks_for_is_passed_on()
    {
        await using var aws = await LoopbackAws.StartAsync("bedrock", LoopbackServer.Reply(429, "", ("Retry-After", "7")));
        using var client = Client(aws);

        var exception = await Should.ThrowAsync<ModelException>(() => client.GetResponseAsync(Question, cancellationToken: Token));

        exception.RetryAfter.ShouldBe(TimeSpan.FromSeconds(7));
    }

    [Fact]
    public async Task A_dead_address_is_a_passing_failure()
    {
        var aws = await LoopbackAws.StartAsync("bedrock");
        using var client = Client(aws);
        await aws.DisposeAsync();

        var exception = await Should.ThrowAsync<ModelException>(() => client.GetResponseAsync(Question, cancellationToken: Token));

        (exception.Kind, exception.Code).ShouldBe((ModelFailureKind.Transient, "connection"));
    }

    [Fact]
    public async Task A_caller_without_credentials_is_told_where_to_put_them()
    {
        var config = new AmazonBedrockRuntimeConfig { ServiceURL = "http://127.0.0.1:9", AuthenticationRegion = LoopbackAws.Region };
        using var client = new BedrockChatClient(new(() => new AmazonBedrockRuntimeClient(new NoCredentials(), config)), ModelId);

        var exception = await Should.ThrowAsync<ModelException>(() => client.GetResponseAsync(Question, cancellationToken: Token));

        (exception.Kind, exception.Code).ShouldBe((ModelFailureKind.Permanent, "credentials"));
        exception.Message.ShouldContain("AWS_PROFILE");
    }

    [Fact]
    public async Task A_cancelled_call_is_cancelled_and_not_a_failure()
    {
        await using var aws = await LoopbackAws.StartAsync("bedrock", LoopbackServer.Hang());
        using var client = Client(aws);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Token);
        deadline.CancelAfter(TimeSpan.FromMilliseconds(200));

        await Should.ThrowAsync<OperationCanceledException>(() => client.GetResponseAsync(Question, cancellationToken: deadline.Token));
    }

    [Fact]
    public async Task A_time_limit_of_the_client_is_a_passing_failure()
    {
        await using var aws = await LoopbackAws.StartAsync("bedrock", LoopbackServer.Hang());
        using var client = new BedrockChatClient(new(() => aws.Bedrock(config => (config.Timeout, config.MaxErrorRetry) = (TimeSpan.FromMilliseconds(100), 0))), ModelId);

        var exception = await Should.ThrowAsync<ModelException>(() => client.GetResponseAsync(Question, cancellationToken: Token));

        (exception.Kind, exception.Code).ShouldBe((ModelFailureKind.Transient, "timeout"));
    }

    [Fact]
    public async Task Hundreds_of_calls_at_once_are_all_answered()
    {
        await using var aws = await LoopbackAws.StartAsync("bedrock", Answer("yes"));
        using var client = Client(aws);

        var texts = await Task.WhenAll(Enumerable.Range(0, 300).Select(async _ => (await client.GetResponseAsync(Question, cancellationToken: Token)).Text));

        texts.ShouldAllBe(text => text == "yes");
        aws.Server.SignatureProblems.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_picture_is_refused()
    {
        await using var aws = await LoopbackAws.StartAsync("bedrock", Answer("yes"));
        using var client = Client(aws);

        var exception = await Should.ThrowAsync<ModelException>(() =>
            client.GetResponseAsync([new(ChatRole.User, [new DataContent("data:image/png;base64,AAAA")])], cancellationToken: Token));

        exception.Code.ShouldBe("notText");
    }

    private static BedrockChatClient Client(LoopbackAws aws, string modelId = ModelId) =>
        new(new Lazy<AmazonBedrockRuntimeClient>(() => aws.Bedrock(config => AwsModelProvider.OneRetry(config))), modelId);

    private static Func<HttpContext, Task> Answer(string text, string reason = "end_turn") => LoopbackServer.Reply(200, JsonSerializer.Serialize(new
    {
        output = new { message = new { role = "assistant", content = new[] { new { text } } } },
        stopReason = reason,
        usage = new { inputTokens = 12, outputTokens = 3, totalTokens = 15 },
    }));

    // Bedrock names the error in a header.
    private static Func<HttpContext, Task> Error(int status, string code, string message) => LoopbackServer.Reply(
        status, JsonSerializer.Serialize(new { message }), ("x-amzn-ErrorType", $"{code}:http://internal.amazon.com/coral/com.amazon.bedrock/"));

    private sealed class NoCredentials : AWSCredentials
    {
        public override ImmutableCredentials GetCredentials() => throw new AmazonClientException("Failed to resolve AWS credentials.");
    }
}
