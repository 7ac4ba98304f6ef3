using System.Text.Json.Nodes;
using NovaJudge.StatesLanguage.History;
using NovaJudge.StatesLanguage.Tasks;

namespace NovaJudge.StatesLanguage.Tests.Running;

public class RedriveTests
{
    [Fact]
    public async Task A_redrive_goes_on_with_the_failed_state_and_continues_the_history()
    {
        var calls = new List<string>();
        var machine = new Machine("""
            {"StartAt":"A","States":{
             "A":{"Type":"Task","Resource":"arn:aws:lambda:us-east-1:123456789012:function:a","Assign":{"seen.$":"$"},"Next":"B"},
             "B":{"Type":"Task","Resource":"arn:aws:lambda:us-east-1:123456789012:function:b","Next":"C"},
             "C":{"Type":"Pass","Parameters":{"b.$":"$","seen.$":"$seen","redrives.$":"$$.Execution.RedriveCount"},"End":true}}}
            """);
        machine.Task("A", _ => Called(calls, "A", Machine.Ok("1")));
        machine.Task("B", _ => Called(calls, "B", calls.Contains("B") ? Machine.Ok("2") : TaskOutcome.Failed("Broken", "once")));
        var failed = machine.Start();
        (await failed.Completion).Error.ShouldBe("Broken");

        var redriven = machine.Interpreter.Redrive(failed, TestContext.Current.CancellationToken);
        var result = await redriven.Completion;

        result.OutputText().ShouldBe("""{"b":2,"seen":1,"redrives":1}""");
        calls.ShouldBe(["A", "B", "B"]);
        redriven.Arn.ShouldBe(failed.Arn);
        redriven.History.Select(static e => e.Id).ShouldBe(Enumerable.Range(1, redriven.History.Count).Select(static i => (long)i));
        redriven.History.Count(static e => e.Type == HistoryEventType.TaskStateEntered).ShouldBe(2);
        redriven.History.ShouldContain(static e => e.Type == HistoryEventType.ExecutionRedriven && e.RedriveCount == 1);
    }

    [Fact]
    public async Task Branches_and_iterations_that_succeeded_are_not_repeated()
    {
        var calls = new List<string>();
        var machine = new Machine("""
            {"StartAt":"P","States":{"P":{"Type":"Parallel","End":true,"Branches":[
              {"StartAt":"Good","States":{"Good":{"Type":"Task","Resource":"arn:aws:lambda:us-east-1:123456789012:function:g","End":true}}},
              {"StartAt":"M","States":{"M":{"Type":"Map","MaxConcurrency":1,"ItemsPath":"$.items","End":true,"ItemProcessor":{"StartAt":"I","States":{
                "I":{"Type":"Task","Resource":"arn:aws:lambda:us-east-1:123456789012:function:i","End":true}}}}}}]}}}
            """);
        machine.Task("Good", _ => Called(calls, "good", Machine.Ok("\"g\"")));
        machine.Task("I", request =>
        {
            var item = JsonNode.Parse(request.Input.Span)!.GetValue<int>();
            return Called(calls, $"i{item}", item == 2 && !calls.Contains("i2") ? TaskOutcome.Failed("Broken", null) : Machine.Ok($"{item}"));
        });
        var failed = machine.Start("""{"items":[1,2,3]}""");
        (await failed.Completion).Status.ShouldBe(ExecutionStatus.Failed);

        var result = await machine.Interpreter.Redrive(failed, TestContext.Current.CancellationToken).Completion;

        result.OutputText().ShouldBe("""["g",[1,2,3]]""");
        calls.ShouldBe(["good", "i1", "i2", "i2", "i3"]);
    }

    [Fact]
    public async Task A_redriven_map_run_keeps_its_identity_and_its_successes()
    {
        var calls = new List<int>();
        var machine = new Machine("""
            {"StartAt":"M","States":{"M":{"Type":"Map","MaxConcurrency":1,"End":true,"ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"},
             "StartAt":"I","States":{"I":{"Type":"Task","Resource":"arn:aws:lambda:us-east-1:123456789012:function:i","End":true}}}}}}
            """);
        machine.Task("I", request =>
        {
            var item = JsonNode.Parse(request.Input.Span)!.GetValue<int>();
            calls.Add(item);
            return item == 2 && calls.Count(static c => c == 2) == 1 ? TaskOutcome.Failed("Broken", null) : Machine.Ok($"{item}");
        });
        var failed = machine.Start("[1,2,3]");
        (await failed.Completion).Error.ShouldBe("States.ExceedToleratedFailureThreshold");

        var redriven = machine.Interpreter.Redrive(failed, TestContext.Current.CancellationToken);
        (await redriven.Completion).OutputText().ShouldBe("[1,2,3]");

        calls.ShouldBe([1, 2, 2, 3]);
        redriven.History.Single(static e => e.Type == HistoryEventType.MapRunRedriven).MapRunArn
            .ShouldBe(failed.History.Single(static e => e.Type == HistoryEventType.MapRunStarted).MapRunArn);
    }

    [Fact]
    public async Task A_stopped_execution_can_be_redriven()
    {
        var reached = new TaskCompletionSource();
        var machine = new Machine("""{"StartAt":"A","States":{"A":{"Type":"Task","Resource":"arn:aws:lambda:us-east-1:123456789012:function:f","End":true}}}""");
        machine.Task("A", async (_, cancellationToken) =>
        {
            if (!reached.TrySetResult())
            {
                return Machine.Ok("\"second\"");
            }

            await new TaskCompletionSource().Task.WaitAsync(cancellationToken);
            return Machine.Ok("\"first\"");
        });
        var execution = machine.Start();
        await reached.Task;
        execution.Stop();
        (await execution.Completion).Status.ShouldBe(ExecutionStatus.Aborted);

        var result = await machine.Interpreter.Redrive(execution, TestContext.Current.CancellationToken).Completion;

        result.OutputText().ShouldBe("\"second\"");
    }

    [Fact]
    public async Task A_succeeded_execution_is_not_redrivable()
    {
        var machine = new Machine("""{"StartAt":"A","States":{"A":{"Type":"Succeed"}}}""");
        var execution = machine.Start();
        await execution.Completion;

        Should.Throw<InvalidOperationException>(() => machine.Interpreter.Redrive(execution)).Message.ShouldContain("not redrivable");
    }

    private static TaskOutcome Called(List<string> calls, string name, TaskOutcome outcome)
    {
        calls.Add(name);
        return outcome;
    }
}
