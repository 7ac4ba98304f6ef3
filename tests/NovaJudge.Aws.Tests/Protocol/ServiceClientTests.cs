using System.Net;
using System.Text.Json;
using Amazon.Runtime;
using Microsoft.Extensions.Time.Testing;
using NovaJudge.Aws.Protocol;
using NovaJudge.Aws.StepFunctions;

namespace NovaJudge.Aws.Tests.Protocol;

/// <summary>What all clients share, shown with the one of Step Functions.</summary>
public sealed class ServiceClientTests
{
    private static readonly SendTaskSuccessRequest Success = new("token", "{}");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string, int, string> WorthAnotherTry { get; } = new()
    {
        { "throttled, said in the body", 400, """{"__type":"com.amazonaws.swf.base.model#ThrottlingException","message":"Rate exceeded"}""" },
        { "429 without a code", 429, "" },
        { "500", 500, """{"__type":"InternalFailure"}""" },
        { "502 from a proxy", 502, "<html><body>Bad Gateway</body></html>" },
        { "503 with a page", 503, "<!DOCTYPE html><html><h1>Service Unavailable</h1></html>" },
        { "an answer that is no JSON", 200, "<html>welcome to this hotel</html>" },
        { "an answer that breaks off", 200, """{"executionArn":"arn""" },
    };

    public static TheoryData<string, int, string, string> NotWorthIt { get; } = new()
    {
        { "unknown field", 400, """{"__type":"com.amazon.coral.validate#ValidationException","message":"bad"}""", "ValidationException" },
        { "no access", 403, """{"__type":"AccessDeniedException","Message":"no"}""", "AccessDeniedException" },
        { "not there", 404, "", "Http404" },
        { "XML", 400, "<ErrorResponse><Error><Type>Sender</Type><Code>InvalidParameter</Code><Message>bad topic</Message></Error></ErrorResponse>", "InvalidParameter" },
        { "an entity bomb", 400, """<!DOCTYPE x [<!ENTITY a "aaaa">]><e><Code>&a;</Code></e>""", "Http400" },
        { "half a surrogate pair", 400, """{"__type":"Other","message":"\ud83d"}""", "Http400" },
        { "JSON that breaks off", 400, """{"__type":"Thr""", "Http400" },
    };

    [Theory]
    [MemberData(nameof(WorthAnotherTry))]
    public async Task What_may_pass_is_tried_three_times_with_a_signature_each(string what, int status, string body)
    {
        _ = what;
        await using var aws = await LoopbackAws.StartAsync("states",
            LoopbackServer.Reply(status, body), LoopbackServer.Reply(status, body), LoopbackServer.Reply(200, """{"executionArn":"arn"}"""));

        var response = await aws.StepFunctions().StartExecutionAsync(new StartExecutionRequest("machine"), Token);

        response.ExecutionArn.ShouldBe("arn");
        aws.Server.SignatureProblems.ShouldBeEmpty();
        aws.Server.Calls.Select(call => call.Header("amz-sdk-request")).ShouldBe(["attempt=1; max=3", "attempt=2; max=3", "attempt=3; max=3"]);
    }

    [Theory]
    [MemberData(nameof(NotWorthIt))]
    public async Task What_stays_wrong_is_not_tried_again(string what, int status, string body, string code)
    {
        _ = what;
        await using var aws = await LoopbackAws.StartAsync("states", LoopbackServer.Reply(status, body));

        var exception = await Should.ThrowAsync<ServiceException>(() => aws.StepFunctions().SendTaskSuccessAsync(Success, Token));

        exception.ErrorCode.ShouldBe(code);
        exception.StatusCode.ShouldBe((HttpStatusCode)status);
        exception.RequestId.ShouldBe("11111111-2222-3333-4444-555555555555");
        aws.Server.Calls.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_lasting_trouble_is_reported_after_the_last_attempt()
    {
        await using var aws = await LoopbackAws.StartAsync("states", LoopbackServer.Reply(503, "<html>\n<h1>Down   for\nmaintenance</h1></html>"));

        var exception = await Should.ThrowAsync<ServiceException>(() => aws.StepFunctions().SendTaskSuccessAsync(Success, Token));

        exception.Message.ShouldBe("HTTP 503 <html> <h1>Down for maintenance</h1></html>");
        aws.Server.Calls.Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_message_without_end_is_cut()
    {
        await using var aws = await LoopbackAws.StartAsync("states", LoopbackServer.Reply(400, $$"""{"__type":"Other","message":"{{new string('x', 1_000_000)}}"}"""));

        var exception = await Should.ThrowAsync<ServiceException>(() => aws.StepFunctions().SendTaskSuccessAsync(Success, Token));

        exception.Message.Length.ShouldBe(4001);
    }

    [Fact]
    public async Task A_bearer_token_is_chosen_where_one_is_configured_and_never_sent_in_the_clear()
    {
        await using var server = await LoopbackServer.StartAsync(null, LoopbackServer.Reply(200, "{}"));
        var client = new AmazonStepFunctionsClient(LoopbackAws.Credentials, new AmazonStepFunctionsConfig
        {
            ServiceURL = server.Address,
            AuthenticationRegion = LoopbackAws.Region,
            AWSTokenProvider = new StaticTokenProvider("fake-token"),
            AuthSchemePreference = ["httpBearerAuth"],
        });

        var exception = await Should.ThrowAsync<AmazonClientException>(() => client.SendTaskSuccessAsync(Success, Token));

        exception.Message.ShouldContain("bearer authorization scheme");
        server.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_code_in_the_header_counts_before_the_one_in_the_body()
    {
        await using var aws = await LoopbackAws.StartAsync("states",
            LoopbackServer.Reply(400, """{"code":"Other","message":"slow down"}""", ("x-amzn-ErrorType", "ThrottlingException:http://internal.amazon.com/coral/")),
            LoopbackServer.Reply(200, "{}"));

        await aws.StepFunctions().SendTaskSuccessAsync(Success, Token);

        aws.Server.Calls.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_reset_connection_is_tried_again()
    {
        await using var aws = await LoopbackAws.StartAsync("states", LoopbackServer.Reset(), LoopbackServer.Truncate("{"), LoopbackServer.Reply(200, "{}"));

        await aws.StepFunctions().SendTaskSuccessAsync(Success, Token);

        aws.Server.Calls.Count.ShouldBe(3);
        aws.Server.SignatureProblems.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_server_that_never_stops_resetting_is_given_up()
    {
        await using var aws = await LoopbackAws.StartAsync("states", LoopbackServer.Reset());

        await Should.ThrowAsync<Exception>(() => aws.StepFunctions().SendTaskSuccessAsync(Success, Token));

        aws.Server.Calls.Count.ShouldBeLessThanOrEqualTo(6);
    }

    [Fact]
    public async Task Credentials_that_change_between_two_attempts_sign_the_second()
    {
        var seen = new List<string?>();
        var credentials = new RotatingCredentials();
        await using var server = await LoopbackServer.StartAsync(null, async context =>
        {
            seen.Add(context.Request.Headers.Authorization.ToString().Split('/')[0]);
            credentials.Generation++;
            await LoopbackServer.Reply(seen.Count < 2 ? 500 : 200, "{}")(context);
        });
        var client = new AmazonStepFunctionsClient(credentials, new AmazonStepFunctionsConfig { ServiceURL = server.Address, AuthenticationRegion = LoopbackAws.Region });

        await client.SendTaskSuccessAsync(Success, Token);

        seen.ShouldBe(["AWS4-HMAC-SHA256 Credential=ASIAROTATED1", "AWS4-HMAC-SHA256 Credential=ASIAROTATED2"]);
    }

    [Fact]
    public async Task A_wrong_clock_is_corrected_by_the_servers()
    {
        // The server's clock is twenty minutes ahead; it says so in its Date header, as every server does.
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow + TimeSpan.FromMinutes(20));
        var verifier = LoopbackAws.Verifier("states", clock);
        var attempts = 0;
        await using var server = await LoopbackServer.StartAsync(null, async context =>
        {
            attempts++;
            context.Response.Headers.Date = clock.GetUtcNow().ToString("R");
            var call = new WireCall(context.Request.Method, "/", [.. context.Request.Headers.Select(header => KeyValuePair.Create(header.Key, header.Value.ToString()))], BodyOf(Success));
            await (verifier.Problem(call) is null
                ? LoopbackServer.Reply(200, "{}")(context)
                : LoopbackServer.Reply(403, """{"__type":"InvalidSignatureException","message":"Signature expired"}""")(context));
        });
        var client = new AmazonStepFunctionsClient(LoopbackAws.Credentials, new AmazonStepFunctionsConfig { ServiceURL = server.Address, AuthenticationRegion = LoopbackAws.Region });

        await client.SendTaskSuccessAsync(Success, Token);

        attempts.ShouldBe(2);
    }

    [Fact]
    public async Task An_attempt_that_takes_too_long_is_tried_again()
    {
        await using var aws = await LoopbackAws.StartAsync("states", LoopbackServer.Hang(), LoopbackServer.Reply(200, "{}"));

        await aws.StepFunctions(config => config.Timeout = TimeSpan.FromMilliseconds(200)).SendTaskSuccessAsync(Success, Token);

        aws.Server.Calls.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("while the service thinks")]
    [InlineData("in the middle of a body")]
    [InlineData("between two attempts")]
    public async Task The_token_ends_a_call_at_once(string when)
    {
        await using var aws = await LoopbackAws.StartAsync("states", when switch
        {
            "while the service thinks" => LoopbackServer.Hang(),
            "in the middle of a body" => LoopbackServer.Stall("{"),
            _ => LoopbackServer.Reply(429, "", ("x-amz-retry-after", "60000")),
        });
        var client = aws.StepFunctions(config => config.LongestBackoff = TimeSpan.FromMinutes(10));
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Token);
        deadline.CancelAfter(TimeSpan.FromMilliseconds(300));

        var exception = await Should.ThrowAsync<OperationCanceledException>(() => client.SendTaskSuccessAsync(Success, deadline.Token));

        exception.CancellationToken.IsCancellationRequested.ShouldBeTrue();
        aws.Server.Calls.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_call_says_what_makes_it()
    {
        await using var aws = await LoopbackAws.StartAsync("states", LoopbackServer.Reply(200, "{}"));

        await aws.StepFunctions().SendTaskSuccessAsync(Success, Token);

        var call = aws.Server.Calls.ShouldHaveSingleItem();
        call.Header("User-Agent").ShouldNotBeNull().ShouldContain("aws-sdk-dotnet");
        call.Header("amz-sdk-invocation-id").ShouldNotBeNullOrEmpty();
    }

    private static byte[] BodyOf(SendTaskSuccessRequest request) =>
        JsonSerializer.SerializeToUtf8Bytes(new { taskToken = request.TaskToken, output = request.Output });

    private sealed class RotatingCredentials : AWSCredentials
    {
        public int Generation { get; set; } = 1;

        public override ImmutableCredentials GetCredentials() => new($"ASIAROTATED{Generation}", "fake-secret", "fake-token");
    }
}
