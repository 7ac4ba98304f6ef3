using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;
using NovaJudge.Aws.Models;
using NovaJudge.Aws.SageMakerRuntime;
using NovaJudge.Pipeline.Generation;

namespace NovaJudge.Aws.Tests.SageMakerRuntime;

public sealed class SageMakerChatClientTests
{
    private static readonly ChatMessage[] Question = [new(ChatRole.System, "Be brief."), new(ChatRole.User, "Where is <it>?")];

    private static readonly ChatOptions Options = new()
    {
        MaxOutputTokens = 500,
        Temperature = 0.9f,
        Seed = 42,
        AdditionalProperties = new() { ["extra"] = JsonElement.Parse("""{"max_tokens":1,"repetition_penalty":1.1}""") },
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string, string, string?, long?> Answers { get; } = new()
    {
        { """{"id":"1","object":"chat.completion","choices":[{"index":0,"message":{"role":"assistant","content":"Paris"},"finish_reason":"stop"}],"usage":{"prompt_tokens":3,"completion_tokens":2,"total_tokens":5}}""", "Paris", "stop", 2 },
        { """{"choices":[{"message":{"content":[{"type":"text","text":"Pa"},{"type":"text","text":"ris"}]},"finish_reason":"length"}]}""", "Paris", "length", null },
        { """{"choices":[{"message":{"content":null,"reasoning_content":"hm"},"finish_reason":"length"}]}""", "", "length", null },
        { """[{"generated_text":"Paris","details":{"finish_reason":"eos_token","generated_tokens":2,"tokens":[]}}]""", "Paris", "stop", 2 },
        { """[{"generated_text":"Paris"}]""", "Paris", null, null },
        { """{"generated_text":"Paris","details":{"finish_reason":"length","generated_tokens":500}}""", "Paris", "length", 500 },
    };

    public static TheoryData<string, ModelFailureKind, string> AnswersThatAreNone { get; } = new()
    {
        { """{"generated_text":"","details":{"finish_reason":"error"}}""", ModelFailureKind.Transient, "modelError" },
        { """{"error":"CUDA out of memory","code":424}""", ModelFailureKind.Transient, "modelError" },
        { """{"error":{"message":"This model's maximum context length is 4096 tokens."}}""", ModelFailureKind.Item, "contextTooLong" },
        { """{"choices":[{"message":{"content":""},"finish_reason":"content_filter"}]}""", ModelFailureKind.Item, "contentFiltered" },
        { """{"outputs":["Paris"]}""", ModelFailureKind.Permanent, "unknownAnswer" },
        { "[]", ModelFailureKind.Permanent, "unknownAnswer" },
        { "3", ModelFailureKind.Permanent, "unknownAnswer" },
        { """{"choices":[{"message":{"content":"half an emoji \ud83d"}}]}""", ModelFailureKind.Transient, "unreadable" },
        { """{"generated_text":{"a":1}}""", ModelFailureKind.Transient, "unreadable" },
        { "Paris", ModelFailureKind.Transient, "unreadable" },
        { "", ModelFailureKind.Transient, "unreadable" },
    };

    public static TheoryData<int, string, ModelFailureKind, string> Failures { get; } = new()
    {
        { 424, Container(400, "This model's maximum context length is 4096 tokens. However, you requested 5000 tokens"), ModelFailureKind.Item, "contextTooLong" },
        { 424, Container(422, "Input validation error: `inputs` tokens + `max_new_tokens` must be <= 4096. Given: 4000 `inputs` tokens"), ModelFailureKind.Item, "contextTooLong" },
        { 424, Container(422, "Input validation error: `top_p` must be > 0"), ModelFailureKind.Item, "http422" },
        { 424, Container(429, "Model is overloaded"), ModelFailureKind.Throttled, "modelBusy" },
        { 424, Container(404, "Not Found"), ModelFailureKind.Permanent, "wrongContainer" },
        { 424, Container(500, "Internal error"), ModelFailureKind.Transient, "modelError" },
        { 424, Container(0, "Your invocation timed out while waiting for a response from container primary."), ModelFailureKind.Transient, "timeout" },
        { 400, Code("ValidationError", "Endpoint qwen of account 111122223333 not found."), ModelFailureKind.Permanent, "unknownModel" },
        { 400, Code("ValidationError", "Inference Component has no capacity to process this request. ApplicationAutoScaling may be in-progress"), ModelFailureKind.Warming, "noCapacity" },
        { 400, Code("ValidationError", "Inference Component Name header is required for endpoints to which you plan to deploy inference components."), ModelFailureKind.Permanent, "needsComponent" },
        { 429, Code("ModelNotReadyException", "loading"), ModelFailureKind.Warming, "notReady" },
        { 400, Code("ThrottlingException", "Rate exceeded"), ModelFailureKind.Throttled, "throttled" },
        { 413, "<html>too large</html>", ModelFailureKind.Item, "contextTooLong" },
        { 403, Code("AccessDeniedException", "not authorized"), ModelFailureKind.Permanent, "accessDenied" },
        { 503, Code("ServiceUnavailable", "try later"), ModelFailureKind.Transient, "http503" },
        { 530, Code("InternalDependencyException", "try later"), ModelFailureKind.Transient, "http530" },
    };

    [Fact]
    public async Task A_question_is_asked_in_the_chat_schema_first()
    {
        await using var aws = await LoopbackAws.StartAsync("sagemaker", Answer("""{"choices":[{"message":{"content":"Paris"}}]}"""));
        using var client = Client(aws, component: "qwen-1");

        var response = await client.GetResponseAsync(Question, Options, Token);

        response.Text.ShouldBe("Paris");
        var call = aws.Server.Calls.ShouldHaveSingleItem();
        call.RawTarget.ShouldBe("/endpoints/qwen/invocations");
        call.Header("X-Amzn-SageMaker-Inference-Component").ShouldBe("qwen-1");
        Encoding.UTF8.GetString(call.Body).ShouldBe(
            """{"messages":[{"role":"system","content":"Be brief."},{"role":"user","content":"Where is <it>?"}],"max_tokens":500,"temperature":0.9,"seed":42,"repetition_penalty":1.1}""");
        aws.Server.SignatureProblems.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_container_that_knows_no_chat_is_asked_in_the_older_schema_from_then_on()
    {
        await using var aws = await LoopbackAws.StartAsync("sagemaker",
            Reply(424, Container(422, "Failed to deserialize the JSON body into the target type: missing field `inputs` at line 1 column 97")),
            Answer("""[{"generated_text":"Paris"}]"""));
        using var client = Client(aws);

        var first = await client.GetResponseAsync(Question, Options, Token);
        var second = await client.GetResponseAsync(Question, Options, Token);

        (first.Text, second.Text).ShouldBe(("Paris", "Paris"));
        aws.Server.Calls.Count.ShouldBe(3);
        Encoding.UTF8.GetString(aws.Server.Calls[2].Body).ShouldBe(
            """{"inputs":"Be brief.\n\nWhere is <it>?","parameters":{"max_new_tokens":500,"do_sample":true,"temperature":0.9,"details":true,"return_full_text":false,"seed":42,"max_tokens":1,"repetition_penalty":1.1}}""");
    }

    [Fact]
    public async Task A_temperature_of_zero_means_no_sampling_where_it_is_refused()
    {
        await using var aws = await LoopbackAws.StartAsync("sagemaker",
            Reply(424, Container(422, "missing field `inputs`")), Answer("""[{"generated_text":"Paris"}]"""));
        using var client = Client(aws);

        await client.GetResponseAsync(Question, new ChatOptions { Temperature = 0 }, Token);

        Encoding.UTF8.GetString(aws.Server.Calls[1].Body).ShouldEndWith(""","parameters":{"do_sample":false,"details":true,"return_full_text":false}}""");
    }

    [Fact]
    public async Task A_container_that_refuses_both_schemas_is_not_asked_for_ever()
    {
        await using var aws = await LoopbackAws.StartAsync("sagemaker", Reply(424, Container(422, "missing field `inputs`")));
        using var client = Client(aws);

        var exception = await Should.ThrowAsync<ModelException>(() => client.GetResponseAsync(Question, Options, Token));

        exception.Kind.ShouldBe(ModelFailureKind.Item);
        aws.Server.Calls.Count.ShouldBe(2);
    }

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task Every_shape_of_answer_is_read(string body, string text, string? reason, long? outputTokens)
    {
        await using var aws = await LoopbackAws.StartAsync("sagemaker", Answer(body));
        using var client = Client(aws);

        var response = await client.GetResponseAsync(Question, Options, Token);

        response.Text.ShouldBe(text);
        response.FinishReason?.Value.ShouldBe(reason);
        response.Usage?.OutputTokenCount.ShouldBe(outputTokens);
    }

    [Theory]
    [MemberData(nameof(AnswersThatAreNone))]
    public async Task An_answer_that_is_none_is_a_failure_of_its_own(string body, ModelFailureKind kind, string code)
    {
        await using var aws = await LoopbackAws.StartAsync("sagemaker", Answer(body));
        using var client = Client(aws);

        var exception = await Should.ThrowAsync<ModelException>(() => client.GetResponseAsync(Question, Options, Token));

        (exception.Kind, exception.Code).ShouldBe((kind, code));
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Each_refusal_of_service_or_container_means_what_it_means(int status, string body, ModelFailureKind kind, string code)
    {
        await using var aws = await LoopbackAws.StartAsync("sagemaker", Reply(status, body));
        using var client = Client(aws);

        var exception = await Should.ThrowAsync<ModelException>(() => client.GetResponseAsync(Question, Options, Token));

        (exception.Kind, exception.Code).ShouldBe((kind, code));
    }

    [Fact]
    public async Task A_missing_component_says_how_to_name_one()
    {
        await using var aws = await LoopbackAws.StartAsync("sagemaker", Reply(400, Code("ValidationError", "Inference Component Name header is required for endpoints.")));
        using var client = Client(aws);

        var exception = await Should.ThrowAsync<ModelException>(() => client.GetResponseAsync(Question, Options, Token));

        exception.Message.ShouldContain("sagemaker:qwen/<component>");
    }

    private static SageMakerChatClient Client(LoopbackAws aws, string? component = null) =>
        new(new Lazy<AmazonSageMakerRuntimeClient>(() => aws.SageMakerRuntime(config => AwsModelProvider.OneRetry(config))), "qwen", component);

    private static Func<HttpContext, Task> Answer(string body) => Reply(200, body);

    private static Func<HttpContext, Task> Reply(int status, string body) => LoopbackServer.Reply(status, body);

    private static string Container(int status, string message) => JsonSerializer.Serialize(new
    {
        ErrorCode = "CLIENT_ERROR_FROM_MODEL",
        LogStreamArn = "arn:aws:logs:eu-west-1:111122223333:log-group:/aws/sagemaker/Endpoints/qwen",
        Message = $"Received client error ({status}) from primary with message \"{message}\".",
        OriginalMessage = message,
        OriginalStatusCode = status,
        __type = "ModelError",
    });

    private static string Code(string code, string message) => JsonSerializer.Serialize(new { __type = code, Message = message });
}
