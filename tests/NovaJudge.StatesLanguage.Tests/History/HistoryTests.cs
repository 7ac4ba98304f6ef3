using System.Text.Json.Nodes;
using NovaJudge.StatesLanguage.History;
using NovaJudge.StatesLanguage.Tasks;

namespace NovaJudge.StatesLanguage.Tests.History;

public class HistoryTests
{
    private const string Function = "arn:aws:lambda:us-east-1:123456789012:function:f";

    [Fact]
    public async Task A_plain_run_has_the_events_and_details_of_AWS()
    {
        var machine = new Machine($$$"""{"StartAt":"A","States":{"A":{"Type":"Pass","Assign":{"v":1},"Next":"T"},"T":{"Type":"Task","Resource":"{{{Function}}}","TimeoutSeconds":9,"End":true} } }""")
            .Task("T", static request => TaskOutcome.Succeeded(request.Input));
        var execution = machine.Start("""{"x":1}""");

        await execution.Completion;

        var events = execution.History.Select(static e => JsonNode.Parse(e.ToString())!.AsObject()).ToList();
        events.ForEach(static e => e.Remove("timestamp"));
        events.Select(static e => e.ToJsonString()).ShouldBe([
            """{"id":1,"previousEventId":0,"type":"ExecutionStarted","executionStartedEventDetails":{"input":"{\u0022x\u0022:1}","inputDetails":{"truncated":false},"roleArn":"arn:aws:iam::123456789012:role/states"}}""",
            """{"id":2,"previousEventId":0,"type":"PassStateEntered","stateEnteredEventDetails":{"name":"A","input":"{\u0022x\u0022:1}","inputDetails":{"truncated":false}}}""",
            """{"id":3,"previousEventId":2,"type":"PassStateExited","stateExitedEventDetails":{"name":"A","output":"{\u0022x\u0022:1}","outputDetails":{"truncated":false},"assignedVariables":{"v":"1"},"assignedVariablesDetails":{"truncated":false}}}""",
            """{"id":4,"previousEventId":3,"type":"TaskStateEntered","stateEnteredEventDetails":{"name":"T","input":"{\u0022x\u0022:1}","inputDetails":{"truncated":false}}}""",
            $$$"""{"id":5,"previousEventId":4,"type":"LambdaFunctionScheduled","lambdaFunctionScheduledEventDetails":{"resource":"{{{Function}}}","input":"{\u0022x\u0022:1}","inputDetails":{"truncated":false},"timeoutInSeconds":9}}""",
            """{"id":6,"previousEventId":5,"type":"LambdaFunctionStarted"}""",
            """{"id":7,"previousEventId":6,"type":"LambdaFunctionSucceeded","lambdaFunctionSucceededEventDetails":{"output":"{\u0022x\u0022:1}","outputDetails":{"truncated":false}}}""",
            """{"id":8,"previousEventId":7,"type":"TaskStateExited","stateExitedEventDetails":{"name":"T","output":"{\u0022x\u0022:1}","outputDetails":{"truncated":false}}}""",
            """{"id":9,"previousEventId":8,"type":"ExecutionSucceeded","executionSucceededEventDetails":{"output":"{\u0022x\u0022:1}","outputDetails":{"truncated":false}}}""",
        ]);
    }

    [Fact]
    public async Task A_callback_is_scheduled_started_submitted_and_answered()
    {
        var machine = new Machine("""
            {"StartAt":"T","States":{"T":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke.waitForTaskToken","HeartbeatSeconds":60,
             "Parameters":{"FunctionName":"f","Payload":{"t.$":"$$.Task.Token"}},"End":true}}}
            """);
        machine.Task("T", request =>
        {
            machine.Interpreter.Tokens.SendTaskSuccess(request.TaskToken!, "5"u8.ToArray());
            return Machine.Ok("null");
        });

        var events = await EventsAsync(machine, "{}");

        events.Select(static e => e.Type).ShouldBe([
            HistoryEventType.ExecutionStarted, HistoryEventType.TaskStateEntered, HistoryEventType.TaskScheduled, HistoryEventType.TaskStarted,
            HistoryEventType.TaskSubmitted, HistoryEventType.TaskSucceeded, HistoryEventType.TaskStateExited, HistoryEventType.ExecutionSucceeded]);
        (events[2].ResourceType, events[2].Resource, events[2].HeartbeatInSeconds).ShouldBe(("lambda", "invoke.waitForTaskToken", 60));
        events[5].Output.ShouldBe("5");
    }

    [Fact]
    public async Task Each_branch_has_a_chain_of_its_own_and_a_success_is_not_followed()
    {
        var machine = new Machine("""
            {"StartAt":"P","States":{"P":{"Type":"Parallel","End":true,"Branches":[
             {"StartAt":"A","States":{"A":{"Type":"Pass","End":true}}},{"StartAt":"B","States":{"B":{"Type":"Pass","End":true}}}]}}}
            """);

        var events = await EventsAsync(machine, "{}");

        events.Select(static e => (e.Id, e.PreviousEventId, e.Type)).ShouldBe([
            (1, 0, HistoryEventType.ExecutionStarted),
            (2, 0, HistoryEventType.ParallelStateEntered),
            (3, 2, HistoryEventType.ParallelStateStarted),
            (4, 3, HistoryEventType.PassStateEntered),
            (5, 4, HistoryEventType.PassStateExited),
            (6, 3, HistoryEventType.PassStateEntered),
            (7, 6, HistoryEventType.PassStateExited),
            (8, 7, HistoryEventType.ParallelStateSucceeded),
            (9, 7, HistoryEventType.ParallelStateExited),
            (10, 9, HistoryEventType.ExecutionSucceeded)]);
    }

    [Fact]
    public async Task A_failing_branch_aborts_its_siblings()
    {
        var machine = new Machine("""
            {"StartAt":"P","States":{"P":{"Type":"Parallel","End":true,"Branches":[
             {"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":9,"End":true}}},{"StartAt":"F","States":{"F":{"Type":"Fail","Error":"E","Cause":"c"}}}]}}}
            """);

        var events = await EventsAsync(machine, "{}");

        events.Select(static e => e.Type).ShouldBe([
            HistoryEventType.ExecutionStarted, HistoryEventType.ParallelStateEntered, HistoryEventType.ParallelStateStarted, HistoryEventType.WaitStateEntered,
            HistoryEventType.FailStateEntered, HistoryEventType.WaitStateAborted, HistoryEventType.ParallelStateFailed, HistoryEventType.ExecutionFailed]);
        (events[^1].Error, events[^1].Cause).ShouldBe(("E", "c"));
    }

    [Fact]
    public async Task Iterations_are_numbered()
    {
        var machine = new Machine("""{"StartAt":"M","States":{"M":{"Type":"Map","End":true,"ItemProcessor":{"StartAt":"I","States":{"I":{"Type":"Pass","End":true}}}}}}""");

        var events = await EventsAsync(machine, "[5,6]");

        events[2].Length.ShouldBe(2);
        events.Where(static e => e.Type is HistoryEventType.MapIterationStarted or HistoryEventType.MapIterationSucceeded).Select(static e => (e.Type, e.Name, e.Index)).ShouldBe([
            (HistoryEventType.MapIterationStarted, "M", 0), (HistoryEventType.MapIterationSucceeded, "M", 0),
            (HistoryEventType.MapIterationStarted, "M", 1), (HistoryEventType.MapIterationSucceeded, "M", 1)]);
    }

    [Fact]
    public async Task A_runtime_error_in_a_branch_ends_the_history_at_once()
    {
        var machine = new Machine("""
            {"StartAt":"P","States":{"P":{"Type":"Parallel","End":true,"Branches":[{"StartAt":"Fast","States":{"Fast":{"Type":"Pass","Parameters":{"m.$":"$.nope"},"End":true}}}]}}}
            """);

        var events = await EventsAsync(machine, """{"x":"a"}""");

        events.Select(static e => e.Type).ShouldBe([
            HistoryEventType.ExecutionStarted, HistoryEventType.ParallelStateEntered, HistoryEventType.ParallelStateStarted, HistoryEventType.PassStateEntered, HistoryEventType.ExecutionFailed]);
        events[^1].Cause.ShouldBe("An error occurred while executing the state 'Fast' (entered at the event id #4). The JSONPath '$.nope' specified for the field 'm.$' could not be found in the input '{\"x\":\"a\"}'");
    }

    [Fact]
    public async Task A_loop_without_end_fails_with_event_25000()
    {
        var machine = new Machine("""
            {"StartAt":"Loop","States":{"Loop":{"Type":"Choice","Choices":[{"Variable":"$.spin","BooleanEquals":true,"Next":"Loop"}],"Default":"Done"},"Done":{"Type":"Succeed"}}}
            """);

        var events = await EventsAsync(machine, """{"spin":true}""");

        events.Count.ShouldBe(25_000);
        (events[^1].Id, events[^1].Type, events[^2].Type).ShouldBe((25_000, HistoryEventType.ExecutionFailed, HistoryEventType.ChoiceStateExited));
    }

    [Fact]
    public async Task A_stop_and_a_time_out_follow_no_event()
    {
        var waiting = new Machine("""{"StartAt":"W","TimeoutSeconds":3,"States":{"W":{"Type":"Wait","Seconds":25,"End":true}}}""");

        var events = await EventsAsync(waiting, "{}");

        events.Count.ShouldBe(3);
        (events[2].Type, events[2].PreviousEventId, events[2].Error, events[2].Cause).ShouldBe((HistoryEventType.ExecutionTimedOut, 0, "States.Timeout", null));
    }

    private static async Task<IReadOnlyList<HistoryEvent>> EventsAsync(Machine machine, string input)
    {
        var execution = machine.Start(input);
        await execution.Completion;
        execution.History.Select(static e => e.Id).ShouldBe(Enumerable.Range(1, execution.History.Count).Select(static id => (long)id));
        return execution.History;
    }
}
