using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using NovaJudge.Functions.Runtime;
using NovaJudge.Pipeline;

namespace NovaJudge.Functions.Tests.Runtime;

/// <summary>The loop over HTTP, against a Runtime API that answers as it is told.</summary>
[Collection(nameof(Environment))]
public sealed class LambdaRuntimeTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private readonly FakeTimeProvider _time = new(Now);
    private readonly CancellationTokenSource _stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
    private readonly StringWriter _log = new();

    private static Func<HttpContext, Task> Accepted => LoopbackServer.Reply(202, "{}");

    public void Dispose()
    {
        _stop.Dispose();
        _log.Dispose();
    }

    [Fact]
    public async Task Each_answer_goes_to_the_call_it_belongs_to()
    {
        await using var api = await LoopbackServer.StartAsync(null, Next("first", """{"n":1}"""), Accepted, Next("second", """{"n":2}"""), Last);

        await RunAsync(api, (invocation, _) => Task.FromResult(Encoding.UTF8.GetBytes($"[{Encoding.UTF8.GetString(invocation.Payload.Span)}]")));

        api.Calls.Select(call => $"{call.Method} {call.RawTarget}").ShouldBe(
        [
            "GET /2018-06-01/runtime/invocation/next", "POST /2018-06-01/runtime/invocation/first/response",
            "GET /2018-06-01/runtime/invocation/next", "POST /2018-06-01/runtime/invocation/second/response",
        ]);
        api.Calls[1].Body.ShouldBe("""[{"n":1}]"""u8.ToArray());
        api.Calls[3].Body.ShouldBe("""[{"n":2}]"""u8.ToArray());
        api.Calls[1].Header("Content-Type").ShouldBe("application/json");
        api.Calls[1].Header("Content-Length").ShouldBe("9");
        _log.ToString().ShouldBeEmpty();
    }

    [Fact]
    public async Task After_a_failure_the_loop_goes_on()
    {
        await using var api = await LoopbackServer.StartAsync(null, Next("first", "{}"), Accepted, Next("second", "{}"), Last);

        await RunAsync(api, (invocation, _) => invocation.RequestId == "first"
            ? throw new PipelineException(ErrorNames.ModelThrottled, "too many calls")
            : Task.FromResult("{}"u8.ToArray()));

        var error = api.Calls[1];
        error.RawTarget.ShouldBe("/2018-06-01/runtime/invocation/first/error");
        error.Header("Content-Type").ShouldBe("application/vnd.aws.lambda.error+json");
        error.Header("Lambda-Runtime-Function-Error-Type").ShouldBe("Function.ModelThrottled");
        error.Body.ShouldBe("""{"errorMessage":"too many calls","errorType":"Model.Throttled","stackTrace":[]}"""u8.ToArray());
        api.Calls[3].RawTarget.ShouldBe("/2018-06-01/runtime/invocation/second/response");
        var line = JsonElement.Parse(_log.ToString());
        line.GetProperty("requestId").GetString().ShouldBe("first");
        line.GetProperty("errorType").GetString().ShouldBe("Model.Throttled");
    }

    [Fact]
    public async Task The_token_fires_before_lambda_kills_the_process()
    {
        await using var api = await LoopbackServer.StartAsync(null, Next("late", "{}", deadline: Now.AddSeconds(60)), Last);
        bool? early = null;

        await RunAsync(api, async (_, token) =>
        {
            _time.Advance(TimeSpan.FromSeconds(54.9));
            early = token.IsCancellationRequested;
            _time.Advance(TimeSpan.FromSeconds(0.1));
            await new TaskCompletionSource().Task.WaitAsync(token);
            return [];
        });

        early.ShouldBe(false);
        (_time.GetUtcNow() - Now).ShouldBe(TimeSpan.FromSeconds(55));
        ErrorOf(api.Calls[1]).ShouldBe("Sandbox.Timedout");
    }

    [Fact]
    public async Task What_a_step_reports_at_its_deadline_counts()
    {
        await using var api = await LoopbackServer.StartAsync(null, Next("late", "{}", deadline: Now.AddSeconds(60)), Last);

        await RunAsync(api, (_, _) =>
        {
            _time.Advance(TimeSpan.FromSeconds(56));
            throw new PipelineException(ErrorNames.ModelDeadline, "what is finished was saved");
        });

        ErrorOf(api.Calls[1]).ShouldBe(ErrorNames.ModelDeadline);
    }

    [Fact]
    public async Task Each_call_is_traced_under_its_own_id()
    {
        await using var api = await LoopbackServer.StartAsync(null, Next("first", "{}", trace: "Root=1-2-3;Sampled=1"), Accepted, Next("second", "{}"), Last);
        var seen = new List<string?>();

        await RunAsync(api, (_, _) =>
        {
            seen.Add(Environment.GetEnvironmentVariable("_X_AMZN_TRACE_ID"));
            return Task.FromResult("{}"u8.ToArray());
        });

        seen.ShouldBe(["Root=1-2-3;Sampled=1", null]);
    }

    [Fact]
    public async Task An_answer_beyond_the_limit_is_an_error_and_is_not_sent()
    {
        await using var api = await LoopbackServer.StartAsync(null, Next("large", "{}"), Last);

        await RunAsync(api, (_, _) => Task.FromResult(new byte[LambdaRuntime.LongestResponse + 1]));

        api.Calls[1].RawTarget.ShouldBe("/2018-06-01/runtime/invocation/large/error");
        ErrorOf(api.Calls[1]).ShouldBe("Function.ResponseSizeTooLarge");
    }

    [Theory]
    [InlineData(413, "Function.ResponseSizeTooLarge")]
    [InlineData(403, "Runtime.ResponseRefused")]
    [InlineData(400, "Runtime.ResponseRefused")]
    public async Task An_answer_that_lambda_refuses_is_logged_and_the_loop_goes_on(int status, string expected)
    {
        await using var api = await LoopbackServer.StartAsync(null, Next("first", "{}"), LoopbackServer.Reply(status, "{}"), Next("second", "{}"), Last);

        await RunAsync(api, (_, _) => Task.FromResult("{}"u8.ToArray()));

        api.Calls[3].RawTarget.ShouldBe("/2018-06-01/runtime/invocation/second/response");
        JsonElement.Parse(_log.ToString()).GetProperty("errorType").GetString().ShouldBe(expected);
    }

    [Fact]
    public async Task A_broken_api_ends_the_process()
    {
        await using var api = await LoopbackServer.StartAsync(null, LoopbackServer.Reply(500, ""));
        await using var later = await LoopbackServer.StartAsync(null, Next("first", "{}"), LoopbackServer.Reply(500, ""));

        await Should.ThrowAsync<HttpRequestException>(() => RunAsync(api, (_, _) => Task.FromResult<byte[]>([])));
        await Should.ThrowAsync<HttpRequestException>(() => RunAsync(later, (_, _) => Task.FromResult<byte[]>([])));
    }

    [Fact]
    public async Task A_token_that_fires_while_the_loop_waits_ends_it()
    {
        await using var api = await LoopbackServer.StartAsync(null, async context =>
        {
            await _stop.CancelAsync();
            await LoopbackServer.Hang()(context);
        });

        await RunAsync(api, (_, _) => Task.FromResult<byte[]>([]));

        api.Calls.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_failing_http_call_of_a_step_is_the_steps_error()
    {
        await using var api = await LoopbackServer.StartAsync(null, Next("first", "{}"), Last);

        await RunAsync(api, (_, _) => throw new HttpRequestException("somewhere else"));

        ErrorOf(api.Calls[1]).ShouldBe(nameof(HttpRequestException));
    }

    private static string? ErrorOf(WireCall call) => JsonElement.Parse(call.Body).GetProperty("errorType").GetString();

    private static Func<HttpContext, Task> Next(string requestId, string payload, DateTimeOffset? deadline = null, string? trace = null)
    {
        List<(string, string)> headers = [("Lambda-Runtime-Aws-Request-Id", requestId), ("Lambda-Runtime-Invoked-Function-Arn", "arn:aws:lambda:us-east-1:123456789012:function:f")];
        if (deadline is { } time)
        {
            headers.Add(("Lambda-Runtime-Deadline-Ms", time.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture)));
        }

        if (trace is not null)
        {
            headers.Add(("Lambda-Runtime-Trace-Id", trace));
        }

        return LoopbackServer.Reply(200, payload, headers);
    }

    /// <summary>Accepts the last answer and lets the loop end.</summary>
    private async Task Last(HttpContext context)
    {
        await _stop.CancelAsync();
        await Accepted(context);
    }

    private async Task RunAsync(LoopbackServer api, InvocationHandler handler)
    {
        using var client = RuntimeClient.Open(api.Address["http://".Length..]);
        await new LambdaRuntime(client, _time, new FunctionLog(_log, _time, "PlanRun")).RunAsync(handler, _stop.Token);
    }
}
