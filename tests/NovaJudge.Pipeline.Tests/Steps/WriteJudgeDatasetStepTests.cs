using NovaJudge.Pipeline.Generation;
using NovaJudge.Pipeline.Steps;

namespace NovaJudge.Pipeline.Tests.Steps;

public sealed class WriteJudgeDatasetStepTests
{
    private readonly StepFixture _fixture = new();

    [Fact]
    public async Task Pairs_are_written_with_exactly_three_fields_and_an_index_beside_them()
    {
        await _fixture.SampledAsync(6);
        await _fixture.GeneratedAsync();

        var output = await _fixture.RunAsync(StepNames.WriteJudgeDataset);

        output.GetProperty("rows").GetInt32().ShouldBe(6);
        _fixture.Memory.Lines(_fixture.Keys.JudgeInput)[0].ShouldBe(
            """{"prompt":"Question 1?","response_A":"embedded:a on Question 1?","response_B":"embedded:b on Question 1?"}""");
        _fixture.Memory.Lines(_fixture.Keys.JudgeIndex)[5].ShouldBe("""{"row":5,"id":"q6"}""");
    }

    [Fact]
    public async Task A_failed_answer_is_counted_and_never_judged()
    {
        await _fixture.SampledAsync(20, new { batchSize = 20 });
        _fixture.Answer = (model, text, _) => model == "embedded:b" && text.EndsWith(" 7?", StringComparison.Ordinal)
            ? throw new ModelException(ModelFailureKind.Item, "filtered", "no")
            : Task.FromResult("x");
        await _fixture.GeneratedAsync();

        var output = await _fixture.RunAsync(StepNames.WriteJudgeDataset);

        output.GetProperty("rows").GetInt32().ShouldBe(19);
        output.GetProperty("generationFailed").GetInt32().ShouldBe(1);
        _fixture.Memory.Text(_fixture.Keys.JudgeInput).ShouldNotContain("Question 7?");
        _fixture.Memory.Lines(_fixture.Keys.JudgeExcluded).ShouldBe(["""{"id":"q7","verdict":"generationFailed","note":"b: filtered"}"""]);
    }

    [Fact]
    public async Task Beyond_the_tolerated_share_the_run_ends_before_a_judge_is_paid_for()
    {
        await _fixture.SampledAsync(10, new { toleratedFailurePercentage = 20 });
        _fixture.Answer = (model, text, _) => model == "embedded:b" && text[9] is '1' or '2' or '3'
            ? throw new ModelException(ModelFailureKind.Item, "filtered", "no")
            : Task.FromResult("x");
        await _fixture.GeneratedAsync();

        var ended = await Should.ThrowAsync<PipelineException>(() => _fixture.RunAsync(StepNames.WriteJudgeDataset));

        ended.ErrorName.ShouldBe(ErrorNames.GenerationFailed);
        ended.Message.ShouldContain("filtered");
        _fixture.Memory.Keys.ShouldNotContain(key => key.Contains("/judge/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_pair_beyond_the_judges_context_is_left_out_and_counted()
    {
        await _fixture.SampledAsync(3);
        _fixture.Answer = (_, text, _) => Task.FromResult(text.Contains('2') ? new string('x', 40_000) : "short");
        await _fixture.GeneratedAsync();

        var output = await _fixture.RunAsync(StepNames.WriteJudgeDataset);

        output.GetProperty("tooLongForJudge").GetInt32().ShouldBe(1);
        output.GetProperty("rows").GetInt32().ShouldBe(2);
    }
}
