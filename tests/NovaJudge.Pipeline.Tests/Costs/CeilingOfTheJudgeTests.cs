using NovaJudge.Pipeline.Judging;
using NovaJudge.Pipeline.Steps;
using NovaJudge.Pipeline.Tests.Steps;

namespace NovaJudge.Pipeline.Tests.Costs;

/// <summary>The judge's job under a ceiling, where an hour of its instance costs 6 dollars: ten minutes cost one.</summary>
public sealed class CeilingOfTheJudgeTests
{
    private readonly StepFixture _fixture = new() { Instance = new JudgeInstance("ml.test", "nowhere") };

    [Fact]
    public async Task A_job_whose_first_ten_minutes_do_not_fit_is_not_started()
    {
        await PlanAsync(maxUsd: 3);
        Spent("a", 1.2);
        Spent("b", 0.9);

        var refused = await Should.ThrowAsync<PipelineException>(StartAsync);

        refused.ErrorName.ShouldBe(ErrorNames.CostCeiling);
        refused.Message.ShouldContain("$1.00 at least, and the run has spent $2.10 of $3.00");
        _fixture.StartedJobs.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_job_that_fits_gets_no_more_time_than_what_is_left_pays_for()
    {
        await PlanAsync(maxUsd: 5);
        Spent("a", 2);

        await StartAsync();

        _fixture.LastJob!.Judge.MaxRuntimeMinutes.ShouldBe(30);
    }

    [Theory]
    [InlineData(1_000.0)]
    [InlineData(null)]
    public async Task With_room_enough_or_without_a_ceiling_a_job_gets_the_time_it_was_given(double? maxUsd)
    {
        await PlanAsync(maxUsd);
        Spent("a", 2);

        await StartAsync();

        _fixture.LastJob!.Judge.MaxRuntimeMinutes.ShouldBe(120);
    }

    [Fact]
    public async Task A_job_that_runs_already_is_joined_whatever_is_left()
    {
        await PlanAsync(maxUsd: 3);
        await StartAsync();
        Spent("a", 3);

        await StartAsync();

        _fixture.StartedJobs.Count.ShouldBe(1);
    }

    private Task PlanAsync(double? maxUsd)
    {
        _fixture.Files["questions.jsonl"] = "{\"prompt\":\"Why?\"}\n";
        object dataset = new { source = "questions.jsonl", sample = new { method = "all" } };
        var prices = new { version = "test", instances = new[] { new { instance = "ml.test", use = "training", region = "nowhere", perHour = 6 } } };
        return _fixture.PlanAsync(maxUsd is { } usd ? new { dataset, judge = new { kind = "nova" }, cost = new { maxUsd = usd, prices } } : new { dataset, judge = new { kind = "nova" } });
    }

    private void Spent(string purpose, double usd) => _fixture.Memory.Put(_fixture.Keys.Telemetry($"spent/{purpose}/00000/{usd * 1e9:0}-100"), "");

    private Task StartAsync() => _fixture.RunAsync(StepNames.StartJudge, new { runId = StepFixture.RunId.Value, taskToken = "token", execution = "execution-1" });
}
