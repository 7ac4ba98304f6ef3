using System.Collections.Concurrent;
using NovaJudge.Pipeline.Generation;
using NovaJudge.Pipeline.Runs;
using NovaJudge.Pipeline.Steps;

namespace NovaJudge.Pipeline.Tests.Steps;

/// <summary>What a run that is started again asks again, and what it never does.</summary>
public sealed class StartedAgainTests
{
    private const int Prompts = 12;
    private readonly StepFixture _fixture = new();
    private readonly ConcurrentBag<string> _asked = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task After_too_many_failures_the_failed_prompts_are_asked_again_and_no_others()
    {
        await EndInGenerationFailedAsync();
        Answer(fails: _ => false);

        await StartAgainAsync();

        _asked.Order().ShouldBe(["embedded:b: Question 11?", "embedded:b: Question 2?", "embedded:b: Question 3?"]);
        (await _fixture.RunAsync(StepNames.WriteJudgeDataset)).GetProperty("rows").GetInt32().ShouldBe(Prompts);
        _fixture.Memory.Has(_fixture.Keys.Failure).ShouldBeFalse();
        _fixture.Memory.Lines(_fixture.Keys.Responses(ModelSlot.B, 0)).Select(line => line[..10]).ShouldBe(["{\"id\":\"q1\"", "{\"id\":\"q2\"", "{\"id\":\"q3\"", "{\"id\":\"q4\"", "{\"id\":\"q5\""]);
        _fixture.Memory.Journalled(_fixture.Keys.PartialResponses(ModelSlot.B, 0)).ShouldBe(0);
    }

    [Fact]
    public async Task Prompts_that_fail_again_may_be_asked_yet_another_time()
    {
        await EndInGenerationFailedAsync();
        Answer(fails: text => text is "Question 2?" or "Question 3?");
        await StartAgainAsync();
        await Should.ThrowAsync<PipelineException>(() => _fixture.RunAsync(StepNames.WriteJudgeDataset));
        Answer(fails: _ => false);

        await StartAgainAsync();

        _asked.Order().ShouldBe(["embedded:b: Question 2?", "embedded:b: Question 3?"]);
    }

    [Fact]
    public async Task A_run_that_goes_on_takes_the_limits_of_now_and_keeps_all_else()
    {
        await PlanAsync(new { batchSize = 5 });
        var before = _fixture.Memory.Text(_fixture.Keys.Request);

        await PlanAsync(new { batchSize = 7, toleratedFailurePercentage = 50, concurrency = new { a = 9 } });

        _fixture.Memory.Text(_fixture.Keys.Request).ShouldBe(before
            .Replace("\"toleratedFailurePercentage\": 10", "\"toleratedFailurePercentage\": 50", StringComparison.Ordinal)
            .Replace("\"a\": 4,", "\"a\": 9,", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_restart_that_is_cut_off_anywhere_begins_anew_and_loses_no_answer()
    {
        await EndInGenerationFailedAsync();
        var batch = _fixture.Keys.Responses(ModelSlot.B, 0);
        var answered = _fixture.Memory.Text(batch);
        var answers = new EarlierAnswers(_fixture.Memory, _fixture.Memory);

        // Cut off after the journal was written and before the batch went away.
        await answers.ForgetFailuresAsync(_fixture.Keys, Token);
        _fixture.Memory.Put(batch, answered);
        Answer(fails: _ => false);
        await StartAgainAsync();

        _asked.Count.ShouldBe(3);
        _fixture.Memory.Lines(batch).Count.ShouldBe(5);
    }

    [Fact]
    public async Task Failures_that_a_run_got_over_are_part_of_its_result()
    {
        await PlanAsync(new { batchSize = 5, toleratedFailurePercentage = 50 });
        await FailAsync();
        await _fixture.RunAsync(StepNames.WriteJudgeDataset);
        Answer(fails: _ => false);

        await PlanAsync(new { batchSize = 5, toleratedFailurePercentage = 50 });
        await _fixture.GeneratedAsync();

        _asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task Failures_of_a_run_that_was_only_cut_off_are_not_asked_again()
    {
        await PlanAsync(new { batchSize = 5, toleratedFailurePercentage = 50 });
        await FailAsync();
        Answer(fails: _ => false);

        await PlanAsync(new { batchSize = 5, toleratedFailurePercentage = 50 });
        await _fixture.GeneratedAsync();

        _asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_a_cache_of_any_kind_a_restart_asks_everything_again_until_the_judge_has_begun()
    {
        await PlanAsync(new { batchSize = 5, cache = "off" });
        await _fixture.GenerateAsync("a", 0);
        Answer(fails: _ => false);

        await PlanAsync(new { batchSize = 5, cache = "off" });
        await _fixture.GeneratedAsync();
        _asked.Count.ShouldBe(2 * Prompts);
        await _fixture.RunAsync(StepNames.WriteJudgeDataset);
        _asked.Clear();
        await PlanAsync(new { batchSize = 5, cache = "off" });
        await _fixture.GeneratedAsync();

        _asked.ShouldBeEmpty();
    }

    private async Task EndInGenerationFailedAsync()
    {
        await PlanAsync(new { batchSize = 5 });
        await FailAsync();
        (await Should.ThrowAsync<PipelineException>(() => _fixture.RunAsync(StepNames.WriteJudgeDataset))).ErrorName.ShouldBe(ErrorNames.GenerationFailed);
    }

    private async Task FailAsync()
    {
        Answer(fails: text => text is "Question 2?" or "Question 3?" or "Question 11?");
        await _fixture.GeneratedAsync();
    }

    private async Task StartAgainAsync()
    {
        await PlanAsync(new { batchSize = 5 });
        await _fixture.GeneratedAsync();
    }

    private Task PlanAsync(object generation) => _fixture.SampledAsync(Prompts, generation);

    private void Answer(Func<string, bool> fails)
    {
        _asked.Clear();
        _fixture.Answer = (model, text, _) =>
        {
            _asked.Add($"{model}: {text}");
            return model == "embedded:b" && fails(text) ? throw new ModelException(ModelFailureKind.Item, "refused", "no") : Task.FromResult("yes");
        };
    }
}
