using System.Text.Json;
using NovaJudge.Functions.Runtime;
using NovaJudge.Pipeline;

namespace NovaJudge.Functions.Tests.Runtime;

public sealed class InvocationErrorTests
{
    [Fact]
    public void The_body_is_the_one_that_step_functions_reads()
    {
        var body = new InvocationError("Größe \"7\" <b>\n", "BadInput", []).ToBody();

        body.ShouldBe("""{"errorMessage":"Größe \"7\" <b>\n","errorType":"BadInput","stackTrace":[]}"""u8.ToArray());
    }

    [Fact]
    public void An_unforeseen_failure_shows_where_it_came_from()
    {
        var exception = Should.Throw<InvalidTimeZoneException>(void () => throw new InvalidTimeZoneException("nobody thought of it"));

        var error = InvocationError.Of(exception, outOfTime: false);

        error.ErrorType.ShouldBe(nameof(InvalidTimeZoneException));
        error.ErrorMessage.ShouldContain("nobody thought of it");
        error.StackTrace.ShouldContain(frame => frame.Contains(nameof(An_unforeseen_failure_shows_where_it_came_from), StringComparison.Ordinal));
    }

    [Fact]
    public void A_call_that_was_cancelled_in_time_is_no_lack_of_time() =>
        InvocationError.Of(new TaskCanceledException("an HTTP time-out"), outOfTime: false).ErrorType.ShouldBe(nameof(TaskCanceledException));

    [Theory]
    [InlineData('x')]
    [InlineData('"')]
    [InlineData('ä')]
    [InlineData('\ud83d')]
    [InlineData('\0')]
    public void A_message_of_any_length_makes_a_whole_document_within_the_limit(char letter)
    {
        foreach (var length in new[] { 30_000, 32_000, 33_000, 300_000, 5_000_000 })
        {
            var message = letter == '\ud83d' ? string.Concat(Enumerable.Repeat("😀", length / 2)) : new string(letter, length);

            var body = InvocationError.Of(new PipelineException(ErrorNames.BadInput, message), outOfTime: false).ToBody();

            body.Length.ShouldBeLessThanOrEqualTo(InvocationError.LongestBody);
            var error = JsonElement.Parse(body);
            error.GetProperty("errorType").GetString().ShouldBe("BadInput");
            error.GetProperty("errorMessage").GetString().ShouldNotBeNull().Length.ShouldBeGreaterThan(1000);
        }
    }

    [Fact]
    public void Frames_go_before_the_message_is_cut()
    {
        var frames = Enumerable.Repeat(new string('f', 1000), 100).ToArray();

        var error = JsonElement.Parse(new InvocationError("the message", "SomeException", frames).ToBody());

        error.GetProperty("errorMessage").GetString().ShouldBe("the message");
        error.GetProperty("stackTrace").GetArrayLength().ShouldBe(0);
    }

    [Theory]
    [InlineData("Model.Throttled", "Function.ModelThrottled")]
    [InlineData("BadInput", "Function.BadInput")]
    [InlineData("Function.ResponseSizeTooLarge", "Function.ResponseSizeTooLarge")]
    [InlineData("JsonReaderException`1", "Function.JsonReaderException")]
    public void The_platform_is_told_the_kind_in_the_form_it_keeps(string type, string expected) =>
        new InvocationError("", type, []).PlatformType.ShouldBe(expected);
}
