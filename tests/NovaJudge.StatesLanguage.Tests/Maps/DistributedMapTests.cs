using System.Text.Json.Nodes;
using NovaJudge.StatesLanguage.History;
using NovaJudge.StatesLanguage.Tasks;

namespace NovaJudge.StatesLanguage.Tests.Maps;

public class DistributedMapTests
{
    private const string Definition = """
        {"StartAt":"Generate","States":{"Generate":{"Type":"Map","Label":"Generate",
         "ItemReader":{"Resource":"arn:aws:states:::s3:getObject","ReaderConfig":{"InputType":"JSONL"},"Parameters":{"Bucket":"b","Key.$":"$.key"}},
         "ItemSelector":{"batch.$":"$$.Map.Item.Value.batch","index.$":"$$.Map.Item.Index","run.$":"$.run"},
         "MaxConcurrencyPath":"$.concurrency","ToleratedFailurePercentage":50,
         "ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"},"StartAt":"One","States":{
           "One":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke","Parameters":{"FunctionName":"generate","Payload.$":"$"},"OutputPath":"$.Payload","End":true}}},
         "ResultWriter":{"Resource":"arn:aws:states:::s3:putObject","Parameters":{"Bucket":"b","Prefix":"runs/r1/maps"}},
         "End":true}}}
        """;

    private static Machine NewMachine(Func<int, bool> fails)
    {
        var machine = new Machine(Definition);
        machine.Storage.Put("b", "batches.jsonl", string.Concat(Enumerable.Range(0, 6).Select(i => $"{{\"batch\":{i}}}\n")));
        return machine.Task("One", request =>
        {
            var input = JsonNode.Parse(request.Input.Span)!;
            return fails((int)input["batch"]!) ? TaskOutcome.Failed("Model.Failed", "no") : Machine.Ok($"{{\"done\":{input["batch"]}}}");
        });
    }

    private const string Input = """{"key":"batches.jsonl","run":"r1","concurrency":2}""";

    [Fact]
    public async Task Every_line_becomes_a_child_execution_and_the_results_are_written()
    {
        var machine = NewMachine(static batch => batch == 3);

        var output = (await machine.RunAsync(Input)).OutputNode();

        var key = (string)output["ResultWriterDetails"]!["Key"]!;
        key.ShouldStartWith("runs/r1/maps/");
        var manifest = JsonNode.Parse(machine.Storage.Text("b", key))!;
        ((string)manifest["MapRunArn"]!).ShouldBe((string)output["MapRunArn"]!);
        var succeeded = JsonNode.Parse(machine.Storage.Text("b", (string)manifest["ResultFiles"]!["SUCCEEDED"]![0]!["Key"]!))!.AsArray();
        succeeded.Select(static record => (string)record!["Output"]!).ShouldBe(["""{"done":0}""", """{"done":1}""", """{"done":2}""", """{"done":4}""", """{"done":5}"""]);
        var failed = JsonNode.Parse(machine.Storage.Text("b", (string)manifest["ResultFiles"]!["FAILED"]![0]!["Key"]!))!.AsArray();
        ((string)failed.ShouldHaveSingleItem()!["Error"]!).ShouldBe("Model.Failed");
        ((string)failed[0]!["Input"]!).ShouldBe("""{"batch":3,"index":3,"run":"r1"}""");
    }

    [Fact]
    public async Task Equal_runs_write_equal_bytes()
    {
        var first = NewMachine(static batch => batch == 3);
        var second = NewMachine(static batch => batch == 3);

        await first.RunAsync(Input);
        await second.RunAsync(Input);

        second.Storage.Objects.Keys.ShouldBe(first.Storage.Objects.Keys);
        foreach (var (key, content) in first.Storage.Objects)
        {
            second.Storage.Objects[key].ShouldBe(content);
        }
    }

    [Fact]
    public async Task The_observer_sees_children_and_counts_and_the_parent_stays_short()
    {
        var machine = NewMachine(static _ => false);
        var execution = machine.Start(Input);

        await execution.Completion;

        execution.History.Select(static e => e.Type).ShouldBe([
            HistoryEventType.ExecutionStarted, HistoryEventType.MapStateEntered, HistoryEventType.MapStateStarted, HistoryEventType.MapRunStarted,
            HistoryEventType.MapRunSucceeded, HistoryEventType.MapStateSucceeded, HistoryEventType.MapStateExited, HistoryEventType.ExecutionSucceeded]);
        machine.Observer.Events.Count(static e => e.Execution.MapRunArn is not null && e.Event.Type == HistoryEventType.ExecutionSucceeded).ShouldBe(6);
        machine.Observer.Progress.Max(static p => p.Running).ShouldBe(1);
        machine.Observer.Progress[^1].Succeeded.ShouldBe(6);
    }

    [Fact]
    public async Task Too_many_failures_fail_the_state()
    {
        var result = await NewMachine(static batch => batch != 0).RunAsync(Input);

        result.Status.ShouldBe(ExecutionStatus.Failed);
        result.Error.ShouldBe("States.ExceedToleratedFailureThreshold");
    }
}
