using System.Text.Json;

namespace NovaJudge.EndToEnd.Tests;

public sealed class StatesCommandTests : IDisposable
{
    private const string Hello = """{"StartAt":"Greet","States":{"Greet":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke","Parameters":{"FunctionName":"greeter","Payload.$":"$"},"OutputPath":"$.Payload","End":true}}}""";
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task A_definition_runs_with_tasks_that_answer_as_told()
    {
        var definition = _workspace.Write("hello.asl.json", Hello);
        var tasks = _workspace.Write("tasks.json", """{"greeter":[{"echo":true}]}""");
        var input = _workspace.Write("input.json", """{"name":"Ada"}""");

        var result = await NovaProcess.RunAsync(_workspace.Folder, "states", "run", definition, "--tasks", tasks, "--input", input);

        result.ExitCode.ShouldBe(0, result.ToString());
        using var answer = JsonDocument.Parse(result.Output);
        answer.RootElement.GetProperty("output").GetProperty("name").GetString().ShouldBe("Ada");
    }

    [Fact]
    public async Task Cases_are_answered_line_by_line_in_their_order()
    {
        var cases = _workspace.Write("cases.jsonl", string.Concat(Enumerable.Range(1, 40).Select(i =>
            JsonSerializer.Serialize(new { name = $"case {i}", definition = JsonDocument.Parse("""{"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":86400,"End":true}}}""").RootElement, input = i }) + "\n")));

        var result = await NovaProcess.RunAsync(_workspace.Folder, "states", "run", "--cases", cases);

        result.ExitCode.ShouldBe(0, result.ToString());
        result.Output.Trim().Split('\n').Select(line => JsonDocument.Parse(line).RootElement.GetProperty("output").GetInt32()).ShouldBe(Enumerable.Range(1, 40));
    }

    [Fact]
    public async Task Everything_that_is_wrong_with_a_definition_is_told_at_once()
    {
        var definition = _workspace.Write("bad.json", """{"StartAt":"A","States":{"A":{"Type":"Pass","Next":"B"},"C":{"Type":"Nap"}}}""");

        var result = await NovaProcess.RunAsync(_workspace.Folder, "states", "validate", definition);

        result.ExitCode.ShouldBe(2);
        result.Error.ShouldContain("/States/A/Next");
        result.Error.ShouldContain("/States/C/Type");
    }

    [Fact]
    public async Task An_input_may_be_deeper_than_a_console_can_indent()
    {
        var definition = _workspace.Write("pass.json", """{"StartAt":"P","States":{"P":{"Type":"Pass","End":true}}}""");
        var deep = new string('[', 5000) + new string(']', 5000);
        var input = _workspace.Write("deep.json", deep);

        var result = await NovaProcess.RunAsync(_workspace.Folder, "states", "run", definition, "--input", input);

        result.ExitCode.ShouldBe(0, result.Error);
        result.Output.ShouldContain(deep);
    }

    [Theory]
    [InlineData("{\n \"a\": nope}", "line 2, column 8: it is not JSON")]
    [InlineData("{\"a\": \"\\ud800\"}", "half of a surrogate pair")]
    public async Task An_input_that_is_no_JSON_is_refused_with_its_place(string json, string message)
    {
        var definition = _workspace.Write("pass.json", """{"StartAt":"P","States":{"P":{"Type":"Pass","End":true}}}""");
        var input = _workspace.Write("input.json", json);

        var result = await NovaProcess.RunAsync(_workspace.Folder, "states", "run", definition, "--input", input);

        result.ExitCode.ShouldBe(2);
        result.Error.ShouldContain("input.json");
        result.Error.ShouldContain(message);
    }

    [Fact]
    public async Task A_definition_may_begin_with_a_byte_order_mark()
    {
        var definition = _workspace.Write("bom.json", "\uFEFF" + Hello);

        (await NovaProcess.RunAsync(_workspace.Folder, "states", "validate", definition)).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task The_judges_own_machine_is_valid()
    {
        var definition = _workspace.Write("machine.json", Local.Cloud.PipelineTemplate.Embedded().Definition);

        (await NovaProcess.RunAsync(_workspace.Folder, "states", "validate", definition)).ExitCode.ShouldBe(0);
    }
}
