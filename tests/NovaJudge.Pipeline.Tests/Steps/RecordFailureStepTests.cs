using NovaJudge.Pipeline.Steps;

namespace NovaJudge.Pipeline.Tests.Steps;

public sealed class RecordFailureStepTests
{
    private readonly StepFixture _fixture = new();

    [Fact]
    public async Task A_functions_error_is_told_in_its_own_words()
    {
        var output = await RecordAsync("BadInput", """{"errorMessage":"line 4711 is broken","errorType":"BadInput"}""");

        output.ShouldBe(("BadInput", "line 4711 is broken"));
        _fixture.Memory.Text(_fixture.Keys.Failure).ShouldContain("line 4711 is broken");
    }

    [Fact]
    public async Task What_an_item_wrote_down_says_more_than_the_Map_that_failed()
    {
        _fixture.Memory.Put(_fixture.Keys.Failure, """{"error":"Model.Unusable","message":"Access denied."}""");

        (await RecordAsync("States.ExceedToleratedFailureThreshold", "too many items failed")).ShouldBe(("Model.Unusable", "Access denied."));
    }

    [Theory]
    [InlineData("States.Timeout", null, "States.Timeout", "")]
    [InlineData(null, "{not json", "States.TaskFailed", "{not json")]
    public async Task Any_error_is_recorded_as_far_as_it_is_known(string? error, string? cause, string name, string message) =>
        (await RecordAsync(error, cause)).ShouldBe((name, message));

    private async Task<(string? Error, string? Cause)> RecordAsync(string? error, string? cause)
    {
        var output = await _fixture.RunAsync(StepNames.RecordFailure, new { state = new { runId = StepFixture.RunId.Value }, error = new { Error = error, Cause = cause } });
        return (output.GetProperty("error").GetString(), output.GetProperty("cause").GetString());
    }
}
