using NovaJudge.StatesLanguage.Tasks;
using NovaJudge.StatesLanguage.Time;

namespace NovaJudge.StatesLanguage.Tests.Running;

public class TaskRunnerTests
{
    private const string Callback = """
        {"StartAt":"Judge","States":{"Judge":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke.waitForTaskToken",
         "Parameters":{"FunctionName":"start","Payload":{"token.$":"$$.Task.Token","attempt.$":"$$.State.RetryCount"}},
         "TimeoutSeconds":7200,"HeartbeatSeconds":600,"ResultPath":"$.judge",
         "Retry":[{"ErrorEquals":["Judge.Capacity"],"IntervalSeconds":60,"MaxAttempts":2}],
         "Catch":[{"ErrorEquals":["States.ALL"],"ResultPath":"$.e","Next":"Caught"}],"End":true},
         "Caught":{"Type":"Succeed"}}}
        """;

    [Fact]
    public async Task A_payload_reaches_the_function_as_given_and_its_answer_is_wrapped()
    {
        TaskRequest? seen = null;
        var machine = new Machine("""
            {"StartAt":"A","States":{"A":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke",
             "Parameters":{"FunctionName":"plan","Payload":{"n":1.10,"in.$":"$.x"}},"OutputPath":"$.Payload","End":true}}}
            """).Task("A", request =>
        {
            seen = request;
            return Machine.Ok("""{"ok":true}""");
        });

        var result = await machine.RunAsync("""{"x":12345678901234567890}""");

        result.OutputText().ShouldBe("""{"ok":true}""");
        System.Text.Encoding.UTF8.GetString(seen!.Input.Span).ShouldBe("""{"n":1.10,"in":12345678901234567890}""");
        seen.FunctionName.ShouldBe("plan");
    }

    [Fact]
    public async Task A_token_answered_before_the_function_returns_counts()
    {
        var machine = new Machine(Callback);
        machine.Task("Judge", request =>
        {
            machine.Interpreter.Tokens.SendTaskSuccess(request.TaskToken!, "\"done\""u8.ToArray()).ShouldBe(TokenAnswer.Accepted);
            return Machine.Ok("null");
        });

        var result = await machine.RunAsync();

        result.OutputText().ShouldBe("""{"judge":"done"}""");
    }

    [Fact]
    public async Task Every_retry_has_a_new_token_and_the_old_one_is_timed_out()
    {
        var tokens = new List<string>();
        var machine = new Machine(Callback);
        machine.Task("Judge", request =>
        {
            tokens.Add(request.TaskToken!);
            return tokens.Count == 1 ? TaskOutcome.Failed("Judge.Capacity", "none left") : Machine.Ok("null");
        });

        var result = await machine.RunAsync();

        result.Status.ShouldBe(ExecutionStatus.Succeeded);
        tokens.Distinct().Count().ShouldBe(2);
        machine.Interpreter.Tokens.SendTaskSuccess(tokens[0], "1"u8.ToArray()).ShouldBe(TokenAnswer.TimedOut);
        machine.Interpreter.Tokens.SendTaskSuccess("AAAA", "1"u8.ToArray()).ShouldBe(TokenAnswer.DoesNotExist);
        machine.Interpreter.Tokens.SendTaskSuccess(tokens[1], "{"u8.ToArray()).ShouldBe(TokenAnswer.InvalidOutput);
    }

    [Fact]
    public async Task A_silent_callback_ends_in_a_heartbeat_timeout()
    {
        var machine = new Machine(Callback).Task("Judge", _ => Machine.Ok("null"));

        var result = await machine.RunAsync();

        result.OutputText().ShouldBe("""{"e":{"Error":"States.HeartbeatTimeout","Cause":""}}""");
        ((VirtualTime)machine.Time).GetUtcNow().ShouldBe(new DateTimeOffset(2025, 1, 1, 0, 10, 0, TimeSpan.Zero));
    }

    [Fact]
    public async Task A_stop_cancels_the_running_task_and_answers_even_if_the_task_does_not()
    {
        var started = new TaskCompletionSource();
        var cancelled = new TaskCompletionSource();
        var machine = new Machine("""{"StartAt":"A","States":{"A":{"Type":"Task","Resource":"arn:aws:lambda:us-east-1:123456789012:function:f","End":true}}}""")
        {
            Time = TimeProvider.System,
        };
        machine.Task("A", async (_, cancellationToken) =>
        {
            cancellationToken.Register(cancelled.SetResult);
            started.SetResult();
            await new TaskCompletionSource().Task;
            return Machine.Ok("1");
        });
        var execution = machine.Start();
        await started.Task;

        execution.Stop("Cancelled", "by the operator");
        var result = await execution.Completion;

        result.Status.ShouldBe(ExecutionStatus.Aborted);
        (result.Error, result.Cause).ShouldBe(("Cancelled", "by the operator"));
        await cancelled.Task.WaitAsync(TestContext.Current.CancellationToken);
    }
}
