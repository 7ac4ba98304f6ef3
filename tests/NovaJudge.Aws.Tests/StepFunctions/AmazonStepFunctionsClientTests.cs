using System.Text;
using NovaJudge.Aws.StepFunctions;

namespace NovaJudge.Aws.Tests.StepFunctions;

public sealed class AmazonStepFunctionsClientTests
{
    private const string Arn = "arn:aws:states:eu-west-1:111122223333:execution:Judge:run-1";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_execution_is_started_described_and_stopped()
    {
        await using var aws = await LoopbackAws.StartAsync("states",
            LoopbackServer.Reply(200, $$"""{"executionArn":"{{Arn}}","startDate":1.7639856E9}"""),
            LoopbackServer.Reply(200, $$"""{"executionArn":"{{Arn}}","status":"FAILED","startDate":1763985600.123,"error":"BadInput","cause":"no","input":"{}","redriveCount":0}"""),
            LoopbackServer.Reply(200, """{"stopDate":1763985601}"""));
        using var client = aws.StepFunctions();

        var started = await client.StartExecutionAsync(new StartExecutionRequest("machine", "run-1", "{}"), Token);
        var described = await client.DescribeExecutionAsync(new DescribeExecutionRequest(Arn), Token);
        var stopped = await client.StopExecutionAsync(new StopExecutionRequest(Arn, Cause: "drill"), Token);

        started.StartDate.ShouldBe(new DateTimeOffset(2025, 11, 24, 12, 0, 0, TimeSpan.Zero));
        described.Status.ShouldBe(ExecutionStatus.Failed);
        described.StartDate.ShouldBe(new DateTimeOffset(2025, 11, 24, 12, 0, 0, 123, TimeSpan.Zero));
        described.StopDate.ShouldBeNull();
        described.Error.ShouldBe("BadInput");
        stopped.StopDate.ShouldBe(new DateTimeOffset(2025, 11, 24, 12, 0, 1, TimeSpan.Zero));
        aws.Server.Calls.Select(call => Encoding.UTF8.GetString(call.Body)).ShouldBe(
        [
            """{"stateMachineArn":"machine","name":"run-1","input":"{}"}""",
            $$"""{"executionArn":"{{Arn}}"}""",
            $$"""{"executionArn":"{{Arn}}","cause":"drill"}""",
        ]);
        aws.Server.SignatureProblems.ShouldBeEmpty();
    }
}
