using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json.Nodes;
using NovaJudge.StatesLanguage.Cases;
using NovaJudge.StatesLanguage.Tasks;
using NovaJudge.StatesLanguage.Time;

#pragma warning disable xUnit1051 // The example is shown to people who have no test context.

namespace NovaJudge.StatesLanguage.Tests;

/// <summary>Runs the code of the library's README, word for word.</summary>
public class ReadmeTests
{
    [Fact]
    public async Task The_example_does_what_the_readme_says()
    {
        // <example>
        var definition = StateMachineDefinition.Parse("""
            {"StartAt": "Greet", "States": {
              "Greet": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke",
                "Parameters": {"FunctionName": "greet", "Payload": {"name.$": "$.name"}}, "OutputPath": "$.Payload",
                "Retry": [{"ErrorEquals": ["Busy"], "IntervalSeconds": 3600}], "Next": "Rest"},
              "Rest": {"Type": "Wait", "Seconds": 86400, "End": true}}}
            """);
        var interpreter = new Interpreter(new InterpreterOptions { Tasks = new Functions(), Time = new VirtualTime() });

        var execution = interpreter.Start(definition, new ExecutionRequest
        {
            StateMachineArn = "arn:aws:states:us-east-1:123456789012:stateMachine:hello",
            StateMachineName = "hello",
            ExecutionArn = "arn:aws:states:us-east-1:123456789012:execution:hello:first",
            ExecutionName = "first",
            Input = """{"name": "Ann"}"""u8.ToArray(),
        });
        var result = await execution.Completion;
        // </example>

        result.Status.ShouldBe(ExecutionStatus.Succeeded);
        Encoding.UTF8.GetString(result.Output.Span).ShouldBe("\"Hello, Ann\"");
        (execution.StoppedAt - execution.StartedAt).ShouldBe(TimeSpan.FromHours(25));
    }

    [Fact]
    public async Task A_failed_execution_is_read_and_gone_on_with_as_the_readme_says()
    {
        var definition = StateMachineDefinition.Parse("""{"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:123456789012:function:f", "End": true}}}""");
        var fails = true;
        var interpreter = new Interpreter(new InterpreterOptions
        {
            Tasks = new Switched(() => fails ? TaskOutcome.Failed("Broken", "not yet") : TaskOutcome.Succeeded("1"u8.ToArray())),
            Time = new VirtualTime(),
        });
        var execution = interpreter.Start(definition, new ExecutionRequest
        {
            StateMachineArn = "arn:aws:states:us-east-1:123456789012:stateMachine:hello",
            StateMachineName = "hello",
            ExecutionArn = "arn:aws:states:us-east-1:123456789012:execution:hello:first",
            ExecutionName = "first",
        });
        var lines = new StringBuilder();

        // <after>
        var ended = await execution.Completion;
        foreach (var e in execution.History)
        {
            lines.AppendLine($"{e.Id} {e.PreviousEventId} {e.Type}");
        }

        if (ended.Status == ExecutionStatus.Failed)
        {
            lines.AppendLine($"{ended.Error}: {ended.Cause}");
            fails = false;
            ended = await interpreter.Redrive(execution).Completion;
        }
        // </after>

        lines.ToString().ShouldContain("2 0 TaskStateEntered");
        lines.ToString().ShouldContain("Broken");
        ended.Status.ShouldBe(ExecutionStatus.Succeeded);
    }

    [Theory]
    [InlineData("example", 8)]
    [InlineData("after", 8)]
    [InlineData("functions", 4)]
    public void The_readme_shows_the_code_that_runs(string name, int indent)
    {
        var source = File.ReadAllText(Here());
        var from = source.IndexOf($"// <{name}>\n", StringComparison.Ordinal) + $"// <{name}>\n".Length;
        var code = source[from..source.IndexOf($"// </{name}>", StringComparison.Ordinal)].TrimEnd();
        var shown = string.Join('\n', code.Split('\n').Select(line => line.Length >= indent ? line[indent..] : line));

        Readme().ShouldContain(shown);
    }

    [Fact]
    public async Task The_case_that_the_readme_shows_has_the_answer_it_shows()
    {
        var lines = Readme().Split('\n').Where(static line => line.StartsWith("{\"name\": \"a retry\"", StringComparison.Ordinal)).ToList();

        var answer = await new CaseRunner().RunAsync(lines[0], TestContext.Current.CancellationToken);

        lines.Count.ShouldBe(2);
        JsonNode.DeepEquals(JsonNode.Parse(answer), JsonNode.Parse(lines[1])).ShouldBeTrue(answer);
    }

    private static string Readme() => File.ReadAllText(Path.Combine(Path.GetDirectoryName(Here())!, "..", "..", "local", "NovaJudge.StatesLanguage", "README.md"));

    private static string Here([CallerFilePath] string path = "") => path;

    // <functions>
    private sealed class Functions : ITaskIntegration
    {
        public ValueTask<TaskOutcome> InvokeAsync(TaskRequest request, CancellationToken cancellationToken) => new(
            request.RetryCount == 0
                ? TaskOutcome.Failed("Busy", "come back later")
                : TaskOutcome.Succeeded("\"Hello, Ann\""u8.ToArray()));
    }
    // </functions>

    private sealed class Switched(Func<TaskOutcome> outcome) : ITaskIntegration
    {
        public ValueTask<TaskOutcome> InvokeAsync(TaskRequest request, CancellationToken cancellationToken) => new(outcome());
    }
}
