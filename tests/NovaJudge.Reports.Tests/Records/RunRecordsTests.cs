using NovaJudge.Pipeline;
using NovaJudge.Pipeline.Generation;
using NovaJudge.Pipeline.Judging;
using NovaJudge.Pipeline.Runs;
using NovaJudge.Reports.Records;

namespace NovaJudge.Reports.Tests.Records;

public sealed class RunRecordsTests
{
    [Fact]
    public async Task Prompts_answers_and_verdicts_are_joined_in_the_order_of_the_prompts()
    {
        var run = SampleRun.Of(45);

        var records = await ReadAsync(run);

        records.Count.ShouldBe(45);
        records.ShouldAllBe(record => record.A!.Id == record.Prompt.Id && record.B!.Id == record.Prompt.Id && record.Verdict.Id == record.Prompt.Id);
    }

    [Fact]
    public async Task A_prompt_without_a_row_of_a_model_has_no_answer()
    {
        var run = SampleRun.Of(3);
        run.Put(run.Keys.Responses(ModelSlot.A, 0), [new ResponseRow("q00000", "one"), new ResponseRow("q00002", "three")]);

        var records = await ReadAsync(run);

        records.Select(record => record.A?.Text).ShouldBe(["one", null, "three"]);
    }

    [Fact]
    public async Task A_row_of_no_prompt_is_refused()
    {
        var run = SampleRun.Of(3);
        run.Put(run.Keys.Responses(ModelSlot.B, 0), [new ResponseRow("another run", "one")]);

        var refusal = await Should.ThrowAsync<PipelineException>(() => ReadAsync(run));

        refusal.ErrorName.ShouldBe(ErrorNames.StoreFailed);
        refusal.Message.ShouldContain("another run");
    }

    [Fact]
    public async Task A_missing_verdict_is_refused()
    {
        var run = SampleRun.Of(3);
        run.Put(run.Keys.Verdicts, [new VerdictRow("q00000", PassVerdict.A, PassVerdict.A, PromptOutcome.A)]);

        var refusal = await Should.ThrowAsync<PipelineException>(() => ReadAsync(run));

        refusal.Message.ShouldContain("q00001");
    }

    [Fact]
    public async Task Cancelling_ends_the_reading()
    {
        var run = SampleRun.Of(3);
        using var cancellation = new CancellationTokenSource();
        await cancellation.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => new ReportRenderer().RenderAsync(run.Metrics.RunId, run.Metrics, run.Store, cancellation.Token));
    }

    [Fact]
    public async Task The_tally_counts_passes_and_reasons()
    {
        var run = SampleRun.Of(100);
        var tally = new RecordTally();

        await foreach (var record in tally.ObserveAsync(new RunRecords(run.Store, run.Keys).ReadAsync(TestContext.Current.CancellationToken), TestContext.Current.CancellationToken))
        {
            record.ShouldNotBeNull();
        }

        tally.Records.ShouldBe(100);
        tally.BothPasses.ShouldBe(93);
        tally.Passes(PassVerdict.A, PassVerdict.A).ShouldBe(30);
        tally.Passes(PassVerdict.B, PassVerdict.B).ShouldBe(45);
        tally.Passes(PassVerdict.A, PassVerdict.B).ShouldBe(5);
        tally.Notes.Sum(note => note.Count).ShouldBe(10);
    }

    [Fact]
    public void Reasons_without_end_do_not_fill_the_memory()
    {
        var tally = new RecordTally();

        for (var number = 0; number < 5000; number++)
        {
            tally.Add(new RunRecord(
                new PromptRow($"{number}", "text"), null, null,
                new VerdictRow($"{number}", null, null, PromptOutcome.Unscored, $"reason {number}")));
        }

        tally.Notes.Count.ShouldBe(2001);
        tally.Notes[0].Note.ShouldBe("(others)");
        tally.Notes.Sum(note => note.Count).ShouldBe(5000);
    }

    private static async Task<List<RunRecord>> ReadAsync(SampleRun run)
    {
        List<RunRecord> records = [];
        await foreach (var record in new RunRecords(run.Store, run.Keys).ReadAsync(TestContext.Current.CancellationToken))
        {
            records.Add(record);
        }

        return records;
    }
}
