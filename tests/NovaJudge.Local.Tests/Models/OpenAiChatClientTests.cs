using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;
using NovaJudge.Local.Models.OpenAi;
using NovaJudge.Pipeline.Generation;
using NovaJudge.Pipeline.Runs;
using NovaJudge.Tests.Shared;

namespace NovaJudge.Local.Tests.Models;

public sealed class OpenAiChatClientTests
{
    private const string Answer = """{"model":"m-2","choices":[{"message":{"role":"assistant","content":"Yes."},"finish_reason":"stop"}],"usage":{"prompt_tokens":7,"completion_tokens":2}}""";
    private const string KeyVariable = "NOVA_TEST_OPENAI_KEY";
    private const string FakeKey = "sk-not-a-real-key";

    static OpenAiChatClientTests() => Environment.SetEnvironmentVariable(KeyVariable, FakeKey);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_call_sends_what_the_settings_say_and_nothing_else()
    {
        await using var server = await LoopbackServer.StartAsync(null, LoopbackServer.Reply(200, Answer));

        var response = await CallAsync(server, new ChatOptions
        {
            MaxOutputTokens = 50,
            Temperature = 0.7f,
            TopP = 0.9f,
            Seed = 11,
            StopSequences = ["END"],
            AdditionalProperties = new() { ["id"] = "q1", ["extra"] = Json("""{"top_k":5,"seed":12}""") },
        });

        var call = server.Calls.ShouldHaveSingleItem();
        call.RawTarget.ShouldBe("/v1/chat/completions");
        Encoding.UTF8.GetString(call.Body).ShouldBe("""{"model":"m","messages":[{"role":"system","content":"Be brief."},{"role":"user","content":"Is ‚it’ \"so\"?"}],"max_tokens":50,"temperature":0.7,"top_p":0.9,"stop":["END"],"top_k":5,"seed":12}""");
        call.Header("Authorization").ShouldBe($"Bearer {FakeKey}");
        response.Text.ShouldBe("Yes.");
        response.ModelId.ShouldBe("m-2");
        response.FinishReason.ShouldBe(ChatFinishReason.Stop);
        (response.Usage!.InputTokenCount, response.Usage.OutputTokenCount).ShouldBe((7, 2));
    }

    [Fact]
    public async Task A_further_field_that_is_null_takes_ours_out()
    {
        await using var server = await LoopbackServer.StartAsync(null, LoopbackServer.Reply(200, Answer));

        await CallAsync(server, new ChatOptions { MaxOutputTokens = 50, Temperature = 1, AdditionalProperties = new() { ["extra"] = Json("""{"temperature":null}""") } });

        Encoding.UTF8.GetString(server.Calls[0].Body).ShouldNotContain("temperature");
    }

    [Theory]
    [InlineData("""{"error":{"message":"The upstream is overloaded"}}""", "sent HTTP 200 with an error: The upstream is overloaded")]
    [InlineData("""{"error":"busy"}""", "sent HTTP 200 with an error: busy")]
    [InlineData("""{"error":{"message":"sk-not-a-real-key is unknown"}}""", "an error: *** is unknown")]
    [InlineData("""{"choices":[]}""", "without a message")]
    [InlineData("null", "without a message")]
    public async Task An_answer_that_says_200_and_holds_an_error_is_a_failure_in_the_servers_words(string body, string words)
    {
        await using var server = await LoopbackServer.StartAsync(null, LoopbackServer.Reply(200, body));

        var failure = await Should.ThrowAsync<ModelException>(() => CallAsync(server));

        (failure.Kind, failure.Code).ShouldBe((ModelFailureKind.Transient, "unreadable"));
        failure.Message.ShouldContain(words);
    }

    [Fact]
    public async Task The_newer_name_of_the_longest_answer_is_learnt_once()
    {
        await using var server = await LoopbackServer.StartAsync(null,
            LoopbackServer.Reply(400, """{"error":{"message":"Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.","code":"unsupported_parameter","param":"max_tokens"}}"""),
            LoopbackServer.Reply(200, Answer));
        using var client = Client(server);

        await client.GetResponseAsync("One?", new ChatOptions { MaxOutputTokens = 50 }, Token);
        await client.GetResponseAsync("Two?", new ChatOptions { MaxOutputTokens = 50 }, Token);

        server.Calls.Select(call => Encoding.UTF8.GetString(call.Body).Contains("\"max_completion_tokens\":50", StringComparison.Ordinal)).ShouldBe([false, true, true]);
    }

    [Theory]
    [InlineData(429, """{"error":{"message":"Slow down","code":"rate_limit_exceeded"}}""", ModelFailureKind.Throttled, "throttled")]
    [InlineData(429, """{"error":{"message":"You exceeded your quota","code":"insufficient_quota"}}""", ModelFailureKind.Permanent, "quota")]
    [InlineData(500, "oops", ModelFailureKind.Transient, "http500")]
    [InlineData(502, "<html>", ModelFailureKind.Transient, "http502")]
    [InlineData(503, """{"error":{"message":"Loading model","code":503}}""", ModelFailureKind.Warming, "warming")]
    [InlineData(408, "", ModelFailureKind.Transient, "timeout")]
    [InlineData(400, """{"error":{"message":"This model's maximum context length is 4096 tokens.","code":"context_length_exceeded"}}""", ModelFailureKind.Item, "contextTooLong")]
    [InlineData(400, """{"error":{"message":"the request exceeds the available context size (4096 tokens), try increasing it","type":"exceed_context_size_error"}}""", ModelFailureKind.Item, "contextTooLong")]
    [InlineData(413, "", ModelFailureKind.Item, "contextTooLong")]
    [InlineData(400, """{"error":{"message":"filtered","code":"content_filter"}}""", ModelFailureKind.Item, "contentFiltered")]
    [InlineData(400, """{"error":{"message":"no temperature here","code":"unsupported_value","param":"temperature"}}""", ModelFailureKind.Permanent, "unsupportedSetting")]
    [InlineData(422, """{"detail":"what?"}""", ModelFailureKind.Item, "rejected")]
    [InlineData(401, "", ModelFailureKind.Permanent, "accessDenied")]
    [InlineData(403, """{"error":"no"}""", ModelFailureKind.Permanent, "accessDenied")]
    [InlineData(404, """{"error":{"message":"model 'm' not found"}}""", ModelFailureKind.Permanent, "notFound")]
    [InlineData(302, "", ModelFailureKind.Permanent, "wrongAddress")]
    public async Task What_a_status_means_for_the_run(int status, string body, ModelFailureKind kind, string code)
    {
        await using var server = await LoopbackServer.StartAsync(null, LoopbackServer.Reply(status, body, ("Location", "http://elsewhere.invalid/")));

        var failure = await Should.ThrowAsync<ModelException>(() => CallAsync(server));

        (failure.Kind, failure.Code).ShouldBe((kind, code));
        server.Calls.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("Retry-After", "3", 3000)]
    [InlineData("retry-after-ms", "250", 250)]
    [InlineData("Retry-After", "Thu, 01 Jan 1970 00:00:00 GMT", 0)]
    [InlineData("Retry-After", "soon", null)]
    public async Task A_refused_call_says_when_to_come_back(string header, string value, int? milliseconds)
    {
        await using var server = await LoopbackServer.StartAsync(null, LoopbackServer.Reply(429, "{}", (header, value)));

        var failure = await Should.ThrowAsync<ModelException>(() => CallAsync(server));

        failure.RetryAfter?.TotalMilliseconds.ShouldBe(milliseconds!.Value);
        failure.RetryAfter.HasValue.ShouldBe(milliseconds is not null);
    }

    [Fact]
    public async Task A_server_that_repeats_the_key_does_not_spread_it()
    {
        await using var server = await LoopbackServer.StartAsync(null, LoopbackServer.Reply(401, $"{{\"error\":{{\"message\":\"Incorrect API key provided: {FakeKey}\"}}}}"));

        var failure = await Should.ThrowAsync<ModelException>(() => CallAsync(server));

        failure.Message.ShouldNotContain(FakeKey);
        failure.Message.ShouldContain(KeyVariable);
    }

    [Theory]
    [InlineData("")]
    [InlineData("not json")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("""{"choices":[]}""")]
    [InlineData("""{"choices":[{}]}""")]
    [InlineData("""{"choices":[{"message":{"content":12}}]}""")]
    [InlineData("""{"choices":[{"message":{"content":[7]}}]""")]
    [InlineData("""{"choices":[{"message":{"content":"Yes."}}]} and more""")]
    [InlineData("""{"choices":[{"message":{"content":"Yes"}},""")]
    [InlineData("""{"choices":"Yes."}""")]
    [InlineData("""[{"message":{"content":"Yes."}}]""")]
    public async Task What_is_no_chat_completion_is_tried_again(string body)
    {
        await using var server = await LoopbackServer.StartAsync(null, LoopbackServer.Reply(200, body));

        var failure = await Should.ThrowAsync<ModelException>(() => CallAsync(server));

        (failure.Kind, failure.Code).ShouldBe((ModelFailureKind.Transient, "unreadable"));
    }

    [Theory]
    [InlineData("""{"choices":[{"message":{"content":null}}]}""", "")]
    [InlineData("""{"choices":[{"message":{"content":null,"refusal":"I will not."}}]}""", "I will not.")]
    [InlineData("""{"choices":[{"message":{"content":[{"type":"text","text":"In "},{"type":"text","text":"parts."}]}}]}""", "In parts.")]
    [InlineData("""{"choices":[{"message":{"content":[{"type":"image","url":{"text":"x"}},7,{"type":"text","text":"One part."}]}}]}""", "One part.")]
    [InlineData("""{"choices":[{"logprobs":{"content":[{"token":"No"}]},"message":{"tool_calls":[{"content":"No"}],"content":"First."}},{"message":{"content":"Second."}}],"message":{"content":"No"}}""", "First.")]
    [InlineData("""{"choices":[{"message":{"content":"Cut \ud83d"}}],"usage":7}""", "Cut \uFFFD")]
    [InlineData("""{"choices":[{"message":{"content":"\ud83d\ude00 \"and\" \\ \n\u00e9 \ude00"}}],"usage":{"prompt_tokens":1.5}}""", "\U0001F600 \"and\" \\ \n\u00e9 \uFFFD")]
    public async Task An_answer_is_whatever_the_model_said(string body, string text)
    {
        await using var server = await LoopbackServer.StartAsync(null, LoopbackServer.Reply(200, body));

        (await CallAsync(server)).Text.ShouldBe(text);
    }

    [Fact]
    public async Task A_long_answer_whose_length_nobody_announced_is_read_to_its_end()
    {
        var text = new string('x', 100_000);
        await using var server = await LoopbackServer.StartAsync(null, async context =>
        {
            await context.Response.WriteAsync("\uFEFF{\"choices\":[{\"message\":{\"content\":\"");
            await context.Response.Body.FlushAsync();
            await context.Response.WriteAsync($"{text}\"}}}}]}}");
        });

        (await CallAsync(server)).Text.ShouldBe(text);
    }

    [Fact]
    public async Task A_body_that_ends_in_the_middle_is_tried_again()
    {
        await using var server = await LoopbackServer.StartAsync(null, async context =>
        {
            context.Response.ContentLength = 1000;
            await context.Response.WriteAsync("{\"choices\":");
            await context.Response.Body.FlushAsync();
            context.Abort();
        });

        var failure = await Should.ThrowAsync<ModelException>(() => CallAsync(server));

        (failure.Kind, failure.Code).ShouldBe((ModelFailureKind.Transient, "connection"));
    }

    [Fact]
    public async Task Nothing_listening_is_a_broken_connection()
    {
        var address = "";
        await using (var server = await LoopbackServer.StartAsync(null, LoopbackServer.Reply(200, Answer)))
        {
            address = server.Address;
        }

        var failure = await Should.ThrowAsync<ModelException>(() => Client(address).GetResponseAsync("Anyone?", null, Token));

        (failure.Kind, failure.Code).ShouldBe((ModelFailureKind.Transient, "connection"));
    }

    private static Task<ChatResponse> CallAsync(LoopbackServer server, ChatOptions? options = null) => Client(server).GetResponseAsync(
        [new ChatMessage(ChatRole.System, "Be brief."), new ChatMessage(ChatRole.User, "Is ‚it’ \"so\"?")], options, Token);

    private static IChatClient Client(LoopbackServer server) => Client(server.Address);

    private static OpenAiChatClient Client(string address)
    {
        var settings = ModelSettings.Of(ModelSpec.Parse($"openai:{address}/v1#m")) with { ApiKeyVariable = KeyVariable };
        return new OpenAiChatClient(OpenAiEndpoint.TryCreate(settings, out _)!, OpenAiConnections.Shared, TimeProvider.System);
    }

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;
}
