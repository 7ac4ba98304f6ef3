using NovaJudge.Pipeline.Steps;

namespace NovaJudge.Pipeline.Tests.Steps;

public sealed class PlanRunStepTests
{
    private readonly StepFixture _fixture = new() { Files = { ["embedded:sample"] = "{\"prompt\":\"Why?\"}\n", ["pairs.jsonl"] = "{\"prompt\":\"Why?\",\"response_A\":\"a\",\"response_B\":\"b\"}\n" } };

    [Fact]
    public async Task A_request_is_normalised_claimed_and_stored()
    {
        var plan = await _fixture.PlanAsync(new { });

        plan.GetProperty("alreadyStarted").GetBoolean().ShouldBeFalse();
        plan.GetProperty("judging").GetString().ShouldBe("job");
        plan.GetProperty("judgeTimeoutSeconds").GetInt32().ShouldBe((120 * 60) + 3600);
        plan.GetProperty("mapConcurrency").GetProperty("b").GetInt32().ShouldBe(2);
        _fixture.Memory.Keys.ShouldBe(["runs/run-1/claim.json", "runs/run-1/request.json"]);
        _fixture.Memory.Text(_fixture.Keys.Request).ShouldContain("\"format\": \"jsonl\"");
    }

    [Fact]
    public async Task The_same_execution_goes_on_and_another_one_finds_the_run_taken()
    {
        await _fixture.PlanAsync(new { });
        var stored = _fixture.Memory.Text(_fixture.Keys.Request);
        _fixture.Clock.Advance(TimeSpan.FromHours(1));

        var retried = await _fixture.PlanAsync(new { });
        var other = await _fixture.PlanAsync(new { suite = "other" }, "execution-2");

        retried.GetProperty("alreadyStarted").GetBoolean().ShouldBeFalse();
        other.GetProperty("alreadyStarted").GetBoolean().ShouldBeTrue();
        _fixture.Memory.Text(_fixture.Keys.Request).ShouldBe(stored);
    }

    [Fact]
    public async Task What_cannot_work_is_refused_at_once_and_leaves_nothing()
    {
        var refused = await Should.ThrowAsync<PipelineException>(() => _fixture.PlanAsync(new
        {
            modelA = new { model = "openai:http://localhost#m" },
            modelB = new { model = "ollama:unknown" },
            judge = new { kind = "nova-rubric" },
        }));

        refused.ErrorName.ShouldBe(ErrorNames.BadInput);
        refused.Message.Split('\n').ShouldBe(["$.modelB.model: there is no such model.", "$.judge.kind: the rubric judge is not to be had."]);
        _fixture.Memory.Keys.ShouldBeEmpty();
    }

    [Fact]
    public async Task Pairs_need_no_model_and_a_model_judge_is_called_row_by_row()
    {
        var plan = await _fixture.PlanAsync(new { dataset = new { source = "pairs.jsonl" }, modelB = new { model = "ollama:unknown" }, judge = new { kind = "model:ollama:x" } });

        plan.GetProperty("responsesSupplied").GetBoolean().ShouldBeTrue();
        plan.GetProperty("judging").GetString().ShouldBe("model");
    }

    [Fact]
    public async Task An_input_that_is_not_for_a_step_is_refused_with_the_place() =>
        (await Should.ThrowAsync<PipelineException>(() => _fixture.RunAsync(StepNames.SamplePrompts, new { runId = "NOT AN ID" }))).ErrorName.ShouldBe(ErrorNames.BadInput);
}
