using System.Text;
using NovaJudge.Aws.Protocol;
using NovaJudge.Aws.StepFunctions;
using NovaJudge.Pipeline;

namespace NovaJudge.Aws.Tests.StepFunctions;

public sealed class StepFunctionsCallbacksTests
{
    private const string TaskToken = "AQCEAAAAKgAAAAMAAAAA+/=fake";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_answer_is_sent_as_json_1_0()
    {
        await using var aws = await LoopbackAws.StartAsync("states", LoopbackServer.Reply(200, "{}"));
        var callbacks = new StepFunctionsCallbacks(aws.StepFunctions());

        var answer = await callbacks.SucceedAsync(TaskToken, """{"jobName":"nova-r-1"}""", Token);

        answer.ShouldBe(CallbackAnswer.Accepted);
        var call = aws.Server.Calls.ShouldHaveSingleItem();
        call.RawTarget.ShouldBe("/");
        call.Header("X-Amz-Target").ShouldBe("AWSStepFunctions.SendTaskSuccess");
        call.Header("Content-Type").ShouldBe("application/x-amz-json-1.0");
        Encoding.UTF8.GetString(call.Body).ShouldBe("""{"taskToken":"AQCEAAAAKgAAAAMAAAAA\u002B/=fake","output":"{\u0022jobName\u0022:\u0022nova-r-1\u0022}"}""");
    }

    [Fact]
    public async Task A_failure_carries_its_name_and_cause_within_the_services_limits()
    {
        await using var aws = await LoopbackAws.StartAsync("states", LoopbackServer.Reply(200, "{}"));
        var callbacks = new StepFunctionsCallbacks(aws.StepFunctions());

        await callbacks.FailAsync(TaskToken, ErrorNames.JudgeFailed, new string('x', 40_000), Token);

        var body = System.Text.Json.JsonDocument.Parse(aws.Server.Calls.ShouldHaveSingleItem().Body).RootElement;
        body.GetProperty("error").GetString().ShouldBe("Judge.Failed");
        body.GetProperty("cause").GetString().ShouldNotBeNull().Length.ShouldBe(32_768);
    }

    [Fact]
    public async Task A_heartbeat_carries_the_token_alone()
    {
        await using var aws = await LoopbackAws.StartAsync("states", LoopbackServer.Reply(200, ""));
        var callbacks = new StepFunctionsCallbacks(aws.StepFunctions());

        var answer = await callbacks.HeartbeatAsync("t", Token);

        answer.ShouldBe(CallbackAnswer.Accepted);
        Encoding.UTF8.GetString(aws.Server.Calls.ShouldHaveSingleItem().Body).ShouldBe("""{"taskToken":"t"}""");
    }

    [Theory]
    [InlineData("TaskTimedOut")]
    [InlineData("TaskDoesNotExist")]
    public async Task A_task_that_is_over_is_closed(string code)
    {
        await using var aws = await LoopbackAws.StartAsync("states", LoopbackServer.Reply(400, $$"""{"__type":"com.amazonaws.swf.service.v2.model#{{code}}","message":"Task Timed Out: 'Provided task does not exist anymore'"}"""));
        var callbacks = new StepFunctionsCallbacks(aws.StepFunctions());

        var answers = new[]
        {
            await callbacks.SucceedAsync(TaskToken, "{}", Token),
            await callbacks.FailAsync(TaskToken, "e", "c", Token),
            await callbacks.HeartbeatAsync(TaskToken, Token),
        };

        answers.ShouldAllBe(answer => answer == CallbackAnswer.Closed);
    }

    [Fact]
    public async Task An_answer_whose_receipt_was_lost_is_closed_at_the_second_attempt()
    {
        await using var aws = await LoopbackAws.StartAsync("states",
            LoopbackServer.Reset(), LoopbackServer.Reply(400, """{"__type":"TaskTimedOut","message":"closed"}"""));
        var callbacks = new StepFunctionsCallbacks(aws.StepFunctions());

        var answer = await callbacks.SucceedAsync(TaskToken, "{}", Token);

        answer.ShouldBe(CallbackAnswer.Closed);
    }

    [Fact]
    public async Task A_token_that_is_none_is_an_error()
    {
        await using var aws = await LoopbackAws.StartAsync("states", LoopbackServer.Reply(400, """{"__type":"InvalidToken","message":"Invalid token"}"""));
        var callbacks = new StepFunctionsCallbacks(aws.StepFunctions());

        var exception = await Should.ThrowAsync<ServiceException>(() => callbacks.SucceedAsync("rubbish", "{}", Token));

        exception.ErrorCode.ShouldBe("InvalidToken");
    }
}
