using NovaJudge.Pipeline.Generation;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Pipeline.Tests.Steps;

public sealed class GenerateResponsesStepTests
{
    private readonly StepFixture _fixture = new();
    private int _calls;

    [Fact]
    public async Task A_batch_is_answered_in_the_order_of_its_prompts()
    {
        await _fixture.SampledAsync(12);

        var output = await _fixture.GenerateAsync("b", 2);

        output.GetProperty("count").GetInt32().ShouldBe(2);
        _fixture.Memory.Lines(_fixture.Keys.Responses(ModelSlot.B, 2)).ShouldBe(
        [
            """{"id":"q11","text":"embedded:b on Question 11?","stopReason":"stop"}""",
            """{"id":"q12","text":"embedded:b on Question 12?","stopReason":"stop"}""",
        ]);
    }

    [Fact]
    public async Task A_finished_batch_is_never_asked_again()
    {
        await _fixture.SampledAsync(5);
        await _fixture.GenerateAsync("a", 0);
        _fixture.Answer = (_, _, _) => throw new InvalidOperationException("asked again");

        (await _fixture.GenerateAsync("a", 0)).GetProperty("count").GetInt32().ShouldBe(5);
    }

    [Fact]
    public async Task What_a_journal_holds_is_not_asked_again()
    {
        await _fixture.SampledAsync(5);
        var journal = _fixture.Keys.PartialResponses(ModelSlot.A, 0);
        await _fixture.Memory.AppendAsync(journal, """{"id":"q2","text":"kept"}"""u8.ToArray(), TestContext.Current.CancellationToken);
        _fixture.Answer = (_, _, _) => Task.FromResult($"{Interlocked.Increment(ref _calls)}");

        await _fixture.GenerateAsync("a", 0);

        _calls.ShouldBe(4);
        _fixture.Memory.Lines(_fixture.Keys.Responses(ModelSlot.A, 0))[1].ShouldBe("""{"id":"q2","text":"kept"}""");
        _fixture.Memory.Journalled(journal).ShouldBe(0);
    }

    [Fact]
    public async Task A_prompt_that_cannot_be_answered_is_data_and_the_batch_goes_on()
    {
        await _fixture.SampledAsync(5);
        _fixture.Answer = (_, text, _) => text.Contains('3') ? throw new ModelException(ModelFailureKind.Item, "contextTooLong", "too long") : Task.FromResult("fine");

        await _fixture.GenerateAsync("a", 0);

        _fixture.Memory.Lines(_fixture.Keys.Responses(ModelSlot.A, 0))[2].ShouldBe("""{"id":"q3","error":{"kind":"contextTooLong","message":"too long"}}""");
        _fixture.Memory.Lines(_fixture.Keys.Responses(ModelSlot.A, 0)).Count(line => line.Contains("fine", StringComparison.Ordinal)).ShouldBe(4);
    }

    [Fact]
    public async Task A_model_that_will_never_answer_stops_the_run_and_says_why()
    {
        await _fixture.SampledAsync(5);
        _fixture.Answer = (_, _, _) => throw new ModelException(ModelFailureKind.Permanent, "denied", "Access denied. Ask for access.");

        var stopped = await Should.ThrowAsync<PipelineException>(() => _fixture.GenerateAsync("a", 0));

        stopped.ErrorName.ShouldBe(ErrorNames.ModelUnusable);
        _fixture.Memory.Text(_fixture.Keys.Failure).ShouldContain("Ask for access.");
    }

    [Fact]
    public async Task An_endpoint_without_capacity_is_left_to_the_machines_patience()
    {
        await _fixture.SampledAsync(5);
        _fixture.Answer = (_, _, _) => throw new ModelException(ModelFailureKind.Warming, "warming", "no capacity");

        var waiting = await Should.ThrowAsync<PipelineException>(() => _fixture.GenerateAsync("a", 0));

        waiting.ErrorName.ShouldBe(ErrorNames.ModelWarming);
        _fixture.Memory.Has(_fixture.Keys.Failure).ShouldBeFalse();
    }
}
