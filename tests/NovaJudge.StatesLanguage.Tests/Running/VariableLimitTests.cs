namespace NovaJudge.StatesLanguage.Tests.Running;

public class VariableLimitTests
{
    private const string Chain = """
        {"StartAt":"A","States":{
          "A":{"Type":"Pass","Assign":{"one.$":"$.text"},"Next":"B"},
          "B":{"Type":"Pass","Assign":{"two.$":"$.text"},"Next":"C"},
          "C":{"Type":"Pass","Assign":{"two.$":"$.text"},"End":true}}}
        """;

    private const string Input = """{"text":"0123456789"}""";

    [Fact]
    public async Task All_variables_together_are_limited()
    {
        var result = await RunAsync(variableBytes: 30);

        result.Status.ShouldBe(ExecutionStatus.Failed);
        result.Error.ShouldBe("States.DataLimitExceeded");
        result.Cause!.ShouldContain("'B'");
    }

    [Fact]
    public async Task A_variable_that_is_replaced_does_not_count_twice() =>
        (await RunAsync(variableBytes: 40)).Status.ShouldBe(ExecutionStatus.Succeeded);

    private static async Task<ExecutionResult> RunAsync(long variableBytes) =>
        await new Machine(Chain) { Limits = ExecutionLimits.Aws with { VariableBytes = variableBytes } }.RunAsync(Input);
}
