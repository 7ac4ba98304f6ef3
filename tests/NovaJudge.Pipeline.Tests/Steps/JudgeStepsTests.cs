using NovaJudge.Pipeline.Judging;
using NovaJudge.Pipeline.Runs;
using NovaJudge.Pipeline.Steps;

namespace NovaJudge.Pipeline.Tests.Steps;

/// <summary>Starting, completing, sweeping and cleaning up: the whole life of a waiting task.</summary>
public sealed class JudgeStepsTests
{
    private const string Job = "nova-run-1-1";
    private readonly StepFixture _fixture = new();

    [Fact]
    public async Task The_token_is_written_down_and_the_job_started()
    {
        await StartAsync("token-1");

        _fixture.StartedJobs.ShouldBe([Job]);
        OpenTokens().ShouldBe(1);
        _fixture.Told.ShouldBeEmpty();
        _fixture.Memory.Has(_fixture.Keys.JudgeRecipe).ShouldBeTrue();
    }

    [Fact]
    public async Task A_retry_with_a_new_token_joins_the_job_that_runs()
    {
        await StartAsync("token-1");
        await StartAsync("token-2");
        _fixture.Jobs[Job] = new JudgeJob(Job, JudgeJobState.Completed);

        await CompleteAsync("Completed");

        _fixture.StartedJobs.ShouldBe([Job]);
        _fixture.Told.Order().ShouldBe(["token-1 succeeded", "token-2 succeeded"]);
        OpenTokens().ShouldBe(0);
    }

    [Fact]
    public async Task A_job_that_had_ended_before_answers_the_token_at_once()
    {
        await StartAsync("token-1");
        _fixture.Jobs[Job] = new JudgeJob(Job, JudgeJobState.Completed);

        await StartAsync("token-2");

        _fixture.Told.Order().ShouldBe(["token-1 succeeded", "token-2 succeeded"]);
    }

    [Fact]
    public async Task After_a_job_that_failed_the_next_one_has_the_next_number()
    {
        await StartAsync("token-1");
        _fixture.Jobs[Job] = new JudgeJob(Job, JudgeJobState.Failed, "no");

        await StartAsync("token-2");

        _fixture.StartedJobs.ShouldBe([Job, "nova-run-1-2"]);
    }

    [Theory]
    [InlineData(JudgeJobState.Failed, "AlgorithmError: out of memory", "token-1 failed with Judge.Failed: Judge job nova-run-1-1 failed: AlgorithmError: out of memory. Its log, if its container ran: /aws/sagemaker/TrainingJobs, stream nova-run-1-1/…")]
    [InlineData(JudgeJobState.Failed, "CapacityError: none left", "token-1 failed with Judge.Capacity: Judge job nova-run-1-1 found no instance: CapacityError: none left. Its log, if its container ran: /aws/sagemaker/TrainingJobs, stream nova-run-1-1/…")]
    [InlineData(JudgeJobState.TimedOut, null, "token-1 failed with Judge.TimedOut: Judge job nova-run-1-1 reached its longest run time; raise judge.maxRuntimeMinutes. Its log, if its container ran: /aws/sagemaker/TrainingJobs, stream nova-run-1-1/…")]
    [InlineData(JudgeJobState.Stopped, "by hand", "token-1 failed with Judge.Stopped: Judge job nova-run-1-1 was stopped: by hand. Its log, if its container ran: /aws/sagemaker/TrainingJobs, stream nova-run-1-1/…")]
    public async Task A_job_without_a_result_fails_the_task_with_its_own_name_and_reason(JudgeJobState state, string? reason, string told)
    {
        await StartAsync("token-1");
        _fixture.Jobs[Job] = new JudgeJob(Job, state, reason);

        await CompleteAsync(state == JudgeJobState.Failed ? "Failed" : "Stopped");

        _fixture.Told.ShouldBe([told]);
    }

    [Fact]
    public async Task An_event_that_comes_twice_answers_once()
    {
        await StartAsync("token-1");
        _fixture.Jobs[Job] = new JudgeJob(Job, JudgeJobState.Completed);

        await CompleteAsync("Completed");
        await CompleteAsync("Completed");

        _fixture.Told.ShouldBe(["token-1 succeeded"]);
    }

    [Fact]
    public async Task An_event_counts_where_the_service_lags_behind_it()
    {
        await StartAsync("token-1");

        await CompleteAsync("Completed");

        _fixture.Told.ShouldBe(["token-1 succeeded"]);
    }

    [Fact]
    public async Task The_sweep_keeps_a_running_job_alive_and_answers_one_whose_event_was_lost()
    {
        await StartAsync("token-1");
        var first = await _fixture.RunAsync(StepNames.SweepJudges, new { });
        _fixture.Jobs[Job] = new JudgeJob(Job, JudgeJobState.Completed);

        var second = await _fixture.RunAsync(StepNames.SweepJudges, new { });

        first.GetProperty("waiting").GetInt32().ShouldBe(1);
        second.GetProperty("answered").GetInt32().ShouldBe(1);
        _fixture.Told.ShouldBe(["token-1 lives", "token-1 succeeded"]);
    }

    [Fact]
    public async Task The_sweep_forgets_a_task_that_is_over_and_fails_one_whose_job_is_gone()
    {
        await StartAsync("token-1");
        _fixture.Jobs.Remove(Job);
        await _fixture.RunAsync(StepNames.SweepJudges, new { });
        _fixture.Clock.Advance(TimeSpan.FromMinutes(10));

        await _fixture.RunAsync(StepNames.SweepJudges, new { });

        _fixture.Told.ShouldBe(["token-1 lives", "token-1 failed with Judge.Stopped: Judge job nova-run-1-1 was stopped: the job is gone. Its log, if its container ran: /aws/sagemaker/TrainingJobs, stream nova-run-1-1/…"]);
        OpenTokens().ShouldBe(0);

        await StartAsync("token-2");
        _fixture.ClosedTokens.Add("token-2");
        (await _fixture.RunAsync(StepNames.SweepJudges, new { })).GetProperty("forgotten").GetInt32().ShouldBe(1);
        OpenTokens().ShouldBe(0);
    }

    [Fact]
    public async Task An_execution_that_ended_badly_takes_its_own_job_along_and_nobody_elses()
    {
        await StartAsync("token-1");

        await CleanUpAsync("another-execution");
        OpenTokens().ShouldBe(1);
        await CleanUpAsync("execution-1");

        _fixture.StoppedJobs.ShouldBe([Job]);
        OpenTokens().ShouldBe(0);
    }

    private async Task StartAsync(string token)
    {
        if (!_fixture.Memory.Has(_fixture.Keys.Request))
        {
            await _fixture.SampledAsync(3);
        }

        await _fixture.RunAsync(StepNames.StartJudge, new { runId = StepFixture.RunId.Value, taskToken = token, execution = "execution-1" });
    }

    private Task CompleteAsync(string status) =>
        _fixture.RunAsync(StepNames.CompleteJudge, new { detail = new { TrainingJobName = Job, TrainingJobStatus = status, SecondaryStatus = status } });

    private Task CleanUpAsync(string execution) => _fixture.RunAsync(StepNames.CleanUpRun, new { detail = new { executionArn = execution, status = "ABORTED" } });

    private int OpenTokens() => _fixture.Memory.Keys.Count(key => key.StartsWith(RunKeys.CallbacksPrefix, StringComparison.Ordinal));
}
