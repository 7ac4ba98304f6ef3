using System.Text.Json.Nodes;
using NovaJudge.Pipeline;
using NovaJudge.Pipeline.Steps;

namespace NovaJudge.Infra.Tests;

[Collection(SynthesisGroup.Name)]
public sealed class FlowTests(Synthesized stacks)
{
    private readonly SynthesizedTemplate _pipeline = stacks.Pipeline;

    private IReadOnlyList<(string Name, JsonObject State)> AllStates { get; } = [.. StateMachineDefinition.AllStates(stacks.Pipeline.Definition)];

    [Fact]
    public void Every_state_can_be_reached()
    {
        var reached = AllStates.SelectMany(state => Targets(state.State)).Concat(Starts(_pipeline.Definition)).ToHashSet();

        AllStates.Select(state => state.Name).Except(reached).ShouldBeEmpty();
    }

    [Fact]
    public void Every_task_map_and_parallel_at_the_top_ends_in_the_record_of_the_failure()
    {
        var working = _pipeline.Definition["States"]!.AsObject()
            .Where(state => (string?)state.Value!["Type"] is "Task" or "Map" or "Parallel" && state.Key != "Record the failure");

        foreach (var (name, state) in working)
        {
            var caught = state!["Catch"]!.AsArray().ShouldHaveSingleItem(name)!;
            caught["ErrorEquals"]!.AsArray().Select(error => (string?)error).ShouldBe(["States.ALL"], name);
            ((string?)caught["Next"]).ShouldBe("Record the failure", name);
            ((string?)caught["ResultPath"]).ShouldBe("$.error", name);
        }
    }

    [Fact]
    public void Every_task_calls_a_step_and_every_step_is_called_by_a_task_or_a_trigger()
    {
        var handlers = _pipeline.Resources("AWS::Lambda::Function").ToDictionary(function => function.LogicalId, function => (string)function.Properties["Handler"]!);
        var called = AllStates.Where(state => (string?)state.State["Type"] == "Task")
            .Select(state => handlers[CalledFunction(state.State)]).ToHashSet();

        handlers.Values.Order().ShouldBe(StepNames.All.Order());
        StepNames.All.Except(called).ShouldBe([StepNames.CompleteJudge, StepNames.SweepJudges, StepNames.CleanUpRun]);
    }

    [Fact]
    public void Every_error_that_is_retried_by_name_is_one_that_steps_raise()
    {
        var retried = AllStates.SelectMany(state => state.State["Retry"]?.AsArray() ?? [])
            .SelectMany(retry => retry!["ErrorEquals"]!.AsArray()).Select(error => (string)error!).ToHashSet();

        var ofSteps = retried.Where(error => !error.StartsWith("Lambda.", StringComparison.Ordinal) && error is not ("Sandbox.Timedout" or "Runtime.ExitError"));

        ofSteps.ShouldBe([ErrorNames.ModelThrottled, ErrorNames.ModelWarming, ErrorNames.ModelDeadline, ErrorNames.JudgeCapacity], ignoreOrder: true);
        ofSteps.ShouldBeSubsetOf(ErrorNames.All);
    }

    [Fact]
    public void Every_task_outlives_its_function_by_less_than_two_minutes()
    {
        var timeouts = _pipeline.Resources("AWS::Lambda::Function").ToDictionary(function => function.LogicalId, function => (int)function.Properties["Timeout"]!);

        foreach (var (name, state) in AllStates.Where(state => state.State["TimeoutSeconds"] is not null))
        {
            var spare = (int)state["TimeoutSeconds"]! - timeouts[CalledFunction(state)];
            spare.ShouldBeInRange(30, 120, name);
        }
    }

    [Fact]
    public void The_judge_is_waited_for_by_token_with_heartbeat_and_the_requests_own_time_limit()
    {
        var judge = AllStates.Single(state => state.Name == "Judge the responses").State;

        ((string?)judge["Resource"]).ShouldEndWith(":states:::lambda:invoke.waitForTaskToken");
        ((int?)judge["HeartbeatSeconds"]).ShouldBe(1800);
        ((string?)judge["TimeoutSecondsPath"]).ShouldBe("$.judgeTimeoutSeconds");
        ((string?)judge["Parameters"]!["Payload"]!["taskToken.$"]).ShouldBe("$$.Task.Token");
    }

    [Fact]
    public void Maps_read_JSON_Lines_and_run_as_many_children_as_the_request_says()
    {
        var maps = AllStates.Where(state => (string?)state.State["Type"] == "Map").ToList();

        maps.Select(map => (string?)map.State["MaxConcurrencyPath"]).ShouldBe(["$.mapConcurrency.a", "$.mapConcurrency.b", "$.mapConcurrency.judge"], ignoreOrder: true);
        foreach (var (name, map) in maps)
        {
            ((string?)map["ItemReader"]!["ReaderConfig"]!["InputType"]).ShouldBe("JSONL", name);
            ((string?)map["ItemProcessor"]!["ProcessorConfig"]!["ExecutionType"]).ShouldBe("STANDARD", name);
            ((string?)map["ResultWriter"]!["Parameters"]!["Prefix.$"]).ShouldBe("$.mapResultsPrefix", name);
        }
    }

    private static string CalledFunction(JsonObject task) =>
        ((string?)task["Parameters"]?["FunctionName"] ?? (string)task["Resource"]!).Trim('{', '}').Split('.')[0];

    private static IEnumerable<string> Starts(JsonObject machine) =>
        StateMachineDefinition.AllStates(machine).SelectMany(state => StateMachineDefinition.Inner(state.State)).Append(machine)
            .Select(inner => (string)inner["StartAt"]!);

    private static IEnumerable<string> Targets(JsonObject state) =>
        new[] { state["Next"], state["Default"] }
            .Concat((state["Catch"]?.AsArray() ?? []).Select(caught => caught!["Next"]))
            .Concat((state["Choices"]?.AsArray() ?? []).Select(choice => choice!["Next"]))
            .OfType<JsonNode>().Select(target => target.GetValue<string>());
}
