using CsCheck;
using NovaJudge.Pipeline.Judging;
using NovaJudge.Pipeline.Judging.Reconciling;
using NovaJudge.Pipeline.Tests.Judging.Archive;
using static NovaJudge.Pipeline.Tests.Judging.Reconciling.ReconciliationFixture;

namespace NovaJudge.Pipeline.Tests.Judging.Reconciling;

public class ReconciliationTests
{
    private const string AWins = "[[A>B]]", BWins = "[[B>A]]", Tie = "[[A=B]]";

    [Fact]
    public async Task Labels_as_shown_are_turned_round_in_the_backward_pass()
    {
        var verdicts = await ReconcileAsync(
            (4, 2, 0, 0), [new("one", AWins, BWins), new("two", BWins, AWins), new("three", AWins, BWins)], "one", "two", "three");

        verdicts.Source.ShouldBe(VerdictSource.LabelsAsShown);
        verdicts.Warnings.ShouldBeEmpty();
        verdicts.Rows.ShouldBe(
        [
            new VerdictRow("p0", PassVerdict.A, PassVerdict.A, PromptOutcome.A),
            new VerdictRow("p1", PassVerdict.B, PassVerdict.B, PromptOutcome.B),
            new VerdictRow("p2", PassVerdict.A, PassVerdict.A, PromptOutcome.A),
        ]);
    }

    [Fact]
    public async Task Labels_as_named_are_kept_when_the_aggregates_say_so()
    {
        var verdicts = await ReconcileAsync(
            (4, 2, 0, 0), [new("one", AWins, AWins), new("two", BWins, BWins), new("three", AWins, AWins)], "one", "two", "three");

        verdicts.Source.ShouldBe(VerdictSource.LabelsAsNamed);
        Outcomes(verdicts).ShouldBe("p0:A p1:B p2:A");
    }

    [Fact]
    public async Task Shuffled_rows_find_their_prompts()
    {
        var verdicts = await ReconcileAsync(
            (4, 0, 2, 0), [new("three", AWins, BWins), new("one", Tie, Tie), new("two", AWins, BWins)], "one", "two", "three");

        Outcomes(verdicts).ShouldBe("p0:Tie p1:A p2:A");
    }

    [Fact]
    public async Task Passes_that_disagree_are_inconsistent_and_unreadable_ones_unscored()
    {
        var verdicts = await ReconcileAsync(
            (1, 1, 1, 1), [new("one", AWins, AWins, Counts(1, 1)), new("two", "", Tie, Counts(0, 0, 1, 1))], "one", "two");

        verdicts.Rows.ShouldBe(
        [
            new VerdictRow("p0", PassVerdict.A, PassVerdict.B, PromptOutcome.Inconsistent),
            new VerdictRow("p1", PassVerdict.Unreadable, PassVerdict.Tie, PromptOutcome.Unscored, "a pass of the judge held no verdict"),
        ]);
    }

    [Fact]
    public async Task Two_readings_that_fit_are_told_apart_by_the_rows_own_counts()
    {
        var verdicts = await ReconcileAsync(
            (2, 2, 0, 0), [new("one", AWins, BWins, Counts(2, 0)), new("two", BWins, AWins, Counts(0, 2))], "one", "two");

        verdicts.Source.ShouldBe(VerdictSource.LabelsAsShown);
        Outcomes(verdicts).ShouldBe("p0:A p1:B");
    }

    [Fact]
    public async Task Two_readings_that_fit_and_cannot_be_told_apart_leave_the_aggregates()
    {
        var verdicts = await ReconcileAsync((2, 2, 0, 0), [new("one", AWins, BWins), new("two", BWins, AWins)], "one", "two");

        verdicts.RowsUsable.ShouldBeFalse();
        verdicts.Rows.ShouldBeEmpty();
        verdicts.Warnings.ShouldContain(text => text.Contains("two ways"));
        verdicts.Warnings.ShouldContain(text => text.Contains("rests on the judge's aggregates"));
    }

    [Fact]
    public async Task A_backward_pass_of_ties_needs_no_orientation()
    {
        var verdicts = await ReconcileAsync((1, 1, 2, 0), [new("one", AWins, Tie), new("two", BWins, Tie)], "one", "two");

        Outcomes(verdicts).ShouldBe("p0:Inconsistent p1:Inconsistent");
    }

    [Fact]
    public async Task Labels_that_do_not_add_up_leave_the_aggregates()
    {
        var verdicts = await ReconcileAsync((5, 1, 0, 0), [new("one", AWins, BWins), new("two", AWins, BWins)], "one", "two");

        verdicts.Source.ShouldBe(VerdictSource.AggregatesOnly);
        verdicts.Warnings.ShouldContain(text => text.Contains("do not add up") && text.Contains("5 for A"));
    }

    [Fact]
    public async Task Rows_without_labels_are_read_from_their_counts()
    {
        var verdicts = await ReconcileAsync(
            (3, 5, 2, 1),
            [new("one", null, null, Counts(2, 0)), new("two", null, null, Counts(0, 2)), new("three", null, null, Counts(1, 1)),
             new("four", null, null, Counts(0, 0, 2)), new("five", null, null, Counts(0, 1, 0, 1)), new("six", null, null, Counts(0, 1))],
            "one", "two", "three", "four", "five", "six");

        verdicts.Source.ShouldBe(VerdictSource.RowScores);
        Outcomes(verdicts).ShouldBe("p0:A p1:B p2:Inconsistent p3:Tie p4:Unscored p5:Unscored");
        verdicts.Rows[2].Forward.ShouldBeNull();
        verdicts.Warnings.ShouldContain(text => text.Contains("count of wins"));
    }

    [Fact]
    public async Task An_unknown_label_within_five_percent_is_unscored_and_told()
    {
        var rows = Enumerable.Range(0, 40).Select(row => new Judged($"q{row}", AWins, row == 7 ? "maybe" : BWins)).ToList();

        var verdicts = await ReconcileAsync((79, 0, 0, 0), rows, [.. rows.Select(row => row.Prompt)]);

        verdicts.Rows[7].Verdict.ShouldBe(PromptOutcome.Unscored);
        verdicts.Rows.Count(row => row.Verdict == PromptOutcome.A).ShouldBe(39);
        verdicts.Warnings.ShouldContain(text => text.Contains("1 have an output that is not recognised (such as \"maybe\")"));
    }

    [Fact]
    public async Task Exactly_five_percent_is_tolerated_and_one_row_more_is_not()
    {
        var sent = Enumerable.Range(0, 40).Select(row => $"q{row}").ToList();
        var rows = sent.Select(prompt => new Judged(prompt, AWins, BWins)).ToList();

        (await ReconcileAsync((76, 0, 0, 0), rows[2..], sent)).RowsUsable.ShouldBeTrue();
        (await ReconcileAsync((74, 0, 0, 0), rows[3..], sent)).RowsUsable.ShouldBeFalse();
    }

    [Fact]
    public async Task A_prompt_without_a_row_is_unscored()
    {
        var sent = Enumerable.Range(0, 40).Select(row => $"q{row}").ToList();

        var verdicts = await ReconcileAsync((78, 0, 0, 0), [.. sent.Skip(1).Select(prompt => new Judged(prompt, AWins, BWins))], sent);

        verdicts.Rows[0].ShouldBe(new VerdictRow("p0", null, null, PromptOutcome.Unscored, "the judge returned no row for this prompt"));
    }

    [Fact]
    public async Task An_output_that_the_judge_counted_as_an_error_is_unreadable_and_no_surprise()
    {
        var verdicts = await ReconcileAsync((2, 0, 0, 2), [new("one", AWins, BWins), new("two", "I cannot", "I will not", Counts(0, 0, 0, 2))], "one", "two");

        verdicts.Warnings.ShouldBeEmpty();
        Outcomes(verdicts).ShouldBe("p0:A p1:Unscored");
    }

    [Fact]
    public async Task Errors_that_the_judge_did_not_report_are_told()
    {
        var verdicts = await ReconcileAsync((2, 0, 0, 0), [new("one", AWins, BWins), new("two", "", "")], "one", "two");

        verdicts.RowsUsable.ShouldBeTrue();
        verdicts.Warnings.ShouldHaveSingleItem().ShouldContain("0 errors of its own; 2 of its outputs");
    }

    [Fact]
    public async Task Equal_prompts_are_matched_in_the_order_of_the_rows()
    {
        var verdicts = await ReconcileAsync(
            (2, 2, 2, 0), [new("same", AWins, BWins), new("other", Tie, Tie), new("same", BWins, AWins)], "same", "other", "same");

        verdicts.Source.ShouldBe(VerdictSource.AggregatesOnly);

        verdicts = await ReconcileAsync(
            (2, 2, 2, 0), [new("same", AWins, BWins, Counts(2, 0)), new("other", Tie, Tie), new("same", BWins, AWins)], "same", "other", "same");

        Outcomes(verdicts).ShouldBe("p0:A p1:Tie p2:B");
        verdicts.Warnings.ShouldHaveSingleItem().ShouldContain("2 rows share their prompt");
    }

    [Fact]
    public async Task Rows_of_another_run_are_not_taken_for_this_ones()
    {
        var verdicts = await ReconcileAsync((4, 0, 0, 0), [new("alpha", AWins, BWins), new("beta", AWins, BWins)], "one", "two");

        verdicts.RowsUsable.ShouldBeFalse();
        verdicts.Warnings.ShouldContain(text => text.Contains("No row") && text.Contains("example, full_prompt"));
    }

    [Fact]
    public async Task Prompts_are_found_inside_the_questions_that_the_container_asked()
    {
        string[] sent = ["What is the capital of France?", "What is the capital of France? And of Italy?", "Who wrote Faust, and when was it?", "too short"];
        var rows = sent.Reverse().Select((prompt, row) => new Judged($"Compare.\n{prompt}\nAnswer 1: Who? Answer 2: {row}", AWins, row == 0 ? Tie : BWins)).ToList();

        var verdicts = await ReconcileAsync((7, 0, 1, 0), rows, sent);

        verdicts.RowsUsable.ShouldBeFalse();
        verdicts.Warnings.ShouldContain(text => text.Contains("1 have an unknown prompt"));

        verdicts = await ReconcileAsync((6, 0, 0, 0), rows[1..], sent[..3]);

        Outcomes(verdicts).ShouldBe("p0:A p1:A p2:A");
    }

    [Fact]
    public async Task A_question_that_holds_two_prompts_of_one_length_is_nobodys()
    {
        var verdicts = await ReconcileAsync(
            (4, 0, 0, 0),
            [new("Is one plus one two? or: Is one plus one six?", AWins, BWins), new("Is one plus one six? not: Is one plus one two?", AWins, BWins)],
            "Is one plus one two?", "Is one plus one six?");

        verdicts.RowsUsable.ShouldBeFalse();
    }

    [Fact]
    public async Task White_space_at_the_ends_of_a_prompt_does_not_matter()
    {
        var verdicts = await ReconcileAsync((2, 0, 0, 0), [new("one", AWins, BWins)], "one\r\n");

        Outcomes(verdicts).ShouldBe("p0:A");
    }

    [Fact]
    public async Task Missing_or_broken_details_leave_the_aggregates()
    {
        var without = await ArchiveFixture.ReadAsync(ArchiveFixture.Pack((ArchiveFixture.ResultsPath, DetailsFixture.Counts(1, 1))));
        var broken = await ArchiveFixture.ReadAsync(DetailsFixture.Packed(DetailsFixture.Counts(1, 1), ArchiveFixture.Bytes("PAR1")));

        (await ReconcileAsync(without, ["one"])).Source.ShouldBe(VerdictSource.AggregatesOnly);
        (await ReconcileAsync(broken, ["one"])).Source.ShouldBe(VerdictSource.AggregatesOnly);
    }

    [Fact]
    public async Task Damage_inside_the_rows_leaves_the_aggregates()
    {
        var details = await DetailsFixture.TextAsync(("example", ["one"]), ("metrics", [DetailsFixture.Dict(AWins, BWins, 2, 0)]));
        details.AsSpan(8, 60).Fill(0x5a);
        var archive = await ArchiveFixture.ReadAsync(DetailsFixture.Packed(DetailsFixture.Counts(2, 0), details));

        var verdicts = await ReconcileAsync(archive, ["one"]);

        verdicts.Source.ShouldBe(VerdictSource.AggregatesOnly);
        verdicts.Warnings.ShouldContain(text => text.Contains("verdicts by row cannot be read"));
    }

    [Fact]
    public async Task No_rows_sent_need_no_rows_back()
    {
        var archive = await ArchiveFixture.ReadAsync(await ArchiveFixture.WriteAsync([]));

        var verdicts = await ReconcileAsync(archive, []);

        verdicts.RowsUsable.ShouldBeTrue();
        verdicts.Rows.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 1)]
    public async Task An_index_that_does_not_fit_the_pairs_is_refused(int ids, int pairs)
    {
        var archive = await ArchiveFixture.ReadAsync(await ArchiveFixture.WriteAsync([]));

        var refusal = await Should.ThrowAsync<PipelineException>(() => Reconciliation.RunAsync(
            archive,
            Enumerable.Range(0, ids).Select(row => new JudgeIndexRow(row, "p")).ToAsyncEnumerable(),
            Enumerable.Range(0, pairs).Select(_ => new JudgePair("", "", "")).ToAsyncEnumerable(),
            TestContext.Current.CancellationToken));

        refusal.Message.ShouldContain("do not belong together");
    }

    [Fact]
    public void Whatever_our_own_judges_write_is_reconciled_to_the_same_verdicts()
    {
        var pass = Gen.Enum<PassVerdict>();
        var rows = Gen.Select(Gen.Int[0, 30], pass, pass).Array[0, 40];

        rows.Sample(
            cases =>
            {
                var judged = cases.Select(row => ArchiveFixture.Row($"prompt {row.Item1}", row.Item2, row.Item3)).ToList();
                var verdicts = Task.Run(async () => await ReconcileAsync(
                    await ArchiveFixture.ReadAsync(await ArchiveFixture.WriteAsync(judged)), [.. judged.Select(row => row.Prompt)])).Result;

                verdicts.RowsUsable.ShouldBeTrue();
                verdicts.Rows.Select(row => (row.Forward, row.Backward, row.Verdict)).ShouldBe(judged.Select(
                    row => ((PassVerdict?)row.Forward, (PassVerdict?)row.Backward, PassAgreement.Outcome(row.Forward, row.Backward))));
            },
            iter: 200, threads: 1);
    }
}
