using NovaJudge.Pipeline.Runs;
using NovaJudge.Pipeline.Steps;

namespace NovaJudge.Infra.Tests.Permissions;

[Collection(SynthesisGroup.Name)]
public sealed class StoreAccessTests(Synthesized stacks)
{
    private static readonly RunKeys Keys = new(RunId.Parse("squad-qa-20261123-060000"));

    /// <summary>Who writes which object: all that may, and nobody else.</summary>
    private static readonly Dictionary<string, string[]> Writers = new()
    {
        [Keys.Request.Value] = [StepNames.PlanRun],
        [Keys.Claim.Value] = [StepNames.PlanRun],
        [Keys.Prompts.Value] = [StepNames.SamplePrompts],
        [Keys.Batches.Value] = [StepNames.SamplePrompts],
        [Keys.Sample.Value] = [StepNames.SamplePrompts],
        [Keys.Responses(ModelSlot.A, 7).Value] = [StepNames.SamplePrompts, StepNames.GenerateResponses],
        [Keys.PartialResponses(ModelSlot.B, 7).Value] = [StepNames.SamplePrompts, StepNames.GenerateResponses],
        [Keys.JudgeInput.Value] = [StepNames.WriteJudgeDataset],
        [Keys.JudgeIndex.Value] = [StepNames.WriteJudgeDataset],
        [Keys.JudgeBatches.Value] = [StepNames.WriteJudgeDataset, StepNames.SamplePrompts], // IAM's star spans slashes: judge/batches.jsonl is also some run's batches.jsonl
        [Keys.JudgePairs.Value] = [StepNames.WriteJudgeDataset],
        [Keys.JudgeExcluded.Value] = [StepNames.WriteJudgeDataset],
        [Keys.JudgeAnchors.Value] = [StepNames.WriteJudgeDataset],
        [RunKeys.Anchors("squad-qa").Value] = [StepNames.WriteJudgeDataset],
        [Keys.AnchorVerdicts.Value] = [StepNames.ComputeMetrics],
        [Keys.JudgeRecipe.Value] = [StepNames.StartJudge],
        [Keys.JudgeJob.Value] = [StepNames.StartJudge, StepNames.CollectVerdicts],
        [RunKeys.Callback("nova-squad-qa-1", "a task token").Value] = [StepNames.StartJudge],
        [Keys.JudgeAnswers(7).Value] = [StepNames.JudgeResponses],
        [Keys.JudgeArchive("nova-squad-qa-1").Value] = [StepNames.CollectVerdicts],
        [Keys.Verdicts.Value] = [StepNames.CollectVerdicts, StepNames.ComputeMetrics],
        [Keys.Metrics.Value] = [StepNames.ComputeMetrics],
        [Keys.Report("report.html").Value] = [StepNames.RenderReport],
        [Keys.Summary.Value] = [StepNames.PublishSummary],
        [RunKeys.History("squad-qa", DateTimeOffset.UnixEpoch, RunId.Parse("r-1")).Value] = [StepNames.PublishSummary],
        [Keys.Failure.Value] = [StepNames.GenerateResponses, StepNames.WriteJudgeDataset, StepNames.JudgeResponses, StepNames.RecordFailure],
        [Keys.Telemetry("calls/a/00007.jsonl").Value] =
        [
            StepNames.PlanRun, StepNames.SamplePrompts, StepNames.GenerateResponses, StepNames.WriteJudgeDataset, StepNames.StartJudge,
            StepNames.JudgeResponses, StepNames.CollectVerdicts, StepNames.ComputeMetrics, StepNames.RenderReport, StepNames.PublishSummary,
        ],
        [RunKeys.Baseline("squad-qa").Value] = [],
        [$"{RunKeys.IncomingPrefix}prompts.jsonl"] = [],
    };

    private readonly RolePolicies _policies = new(stacks.Pipeline);

    public static TheoryData<string> WrittenKeys => [.. Writers.Keys];

    [Theory]
    [MemberData(nameof(WrittenKeys))]
    public void An_object_is_written_by_the_steps_that_make_it_and_by_no_other(string key)
    {
        var writers = StepNames.All.Where(step => _policies.StepMay(step, "s3:PutObject", key));

        writers.ShouldBe(Writers[key], ignoreOrder: true);
    }

    [Fact]
    public void A_step_that_reads_a_run_may_read_all_of_it()
    {
        string[] readers = [.. StepNames.All.Where(step => _policies.StepMay(step, "s3:GetObject", Keys.Request.Value))];

        readers.ShouldBe(StepNames.All);
        foreach (var key in Writers.Keys.Where(key => key.StartsWith(Keys.Prefix, StringComparison.Ordinal)))
        {
            readers.ShouldAllBe(step => _policies.StepMay(step, "s3:GetObject", key), key);
        }
    }

    [Fact]
    public void Task_tokens_are_read_by_those_who_answer_them_and_by_the_clean_up()
    {
        var key = RunKeys.Callback("nova-squad-qa-1", "a task token").Value;

        var readers = StepNames.All.Where(step => _policies.StepMay(step, "s3:GetObject", key)).ToArray();
        var forgetters = StepNames.All.Where(step => _policies.StepMay(step, "s3:DeleteObject", key)).ToArray();

        readers.ShouldBe([StepNames.StartJudge, StepNames.CompleteJudge, StepNames.SweepJudges, StepNames.CleanUpRun]);
        forgetters.ShouldBe(readers);
    }

    [Fact]
    public void Nobody_deletes_what_a_run_is_known_by()
    {
        foreach (var key in new[] { Keys.Request, Keys.Claim, Keys.Prompts, Keys.Responses(ModelSlot.A, 7), Keys.Metrics, Keys.Summary })
        {
            StepNames.All.Where(step => _policies.StepMay(step, "s3:DeleteObject", key.Value)).ShouldBeEmpty(key.Value);
        }
    }

    [Fact]
    public void Every_step_may_list_the_bucket_since_S3_answers_403_for_a_missing_object_otherwise()
    {
        StepNames.All.ShouldAllBe(step => _policies.OfStep(step).Any(statement => statement.Allows("s3:ListBucket", _policies.BucketArn) && statement.Condition == null));
    }

    [Fact]
    public void The_judges_container_reads_its_input_and_writes_its_output_and_nothing_else()
    {
        var judge = _policies.All.Where(statement => statement.Role.StartsWith("JudgeRole", StringComparison.Ordinal)).ToArray();
        bool May(string action, ObjectKey key) => judge.Any(statement => statement.Allows(action, $"{_policies.BucketArn}/{key}"));

        May("s3:GetObject", Keys.JudgeInput).ShouldBeTrue();
        May("s3:GetObject", Keys.JudgeRecipe).ShouldBeTrue();
        May("s3:PutObject", Keys.JudgeArchive("nova-squad-qa-1")).ShouldBeTrue();
        foreach (var key in new[] { Keys.Request, Keys.Prompts, Keys.JudgeIndex, Keys.Metrics, RunKeys.Callback("nova-squad-qa-1", "a task token") })
        {
            May("s3:GetObject", key).ShouldBeFalse(key.Value);
            May("s3:PutObject", key).ShouldBeFalse(key.Value);
        }
    }

    [Fact]
    public void The_machine_reads_the_batches_and_writes_the_results_of_its_Maps_and_nothing_else()
    {
        var machine = _policies.All.Where(statement => statement.Role.StartsWith("EvaluationAccess", StringComparison.Ordinal)).ToArray();
        bool May(string action, string key) => machine.Any(statement => statement.Allows(action, $"{_policies.BucketArn}/{key}"));

        May("s3:GetObject", Keys.Batches.Value).ShouldBeTrue();
        May("s3:GetObject", Keys.JudgeBatches.Value).ShouldBeTrue();
        May("s3:PutObject", $"{Keys.MapResultsPrefix}/00000000-0000-0000-0000-000000000000/SUCCEEDED_0.json").ShouldBeTrue();
        May("s3:GetObject", Keys.Prompts.Value).ShouldBeFalse();
        May("s3:PutObject", Keys.Metrics.Value).ShouldBeFalse();
    }
}
