using CsCheck;
using NovaJudge.Pipeline.Generation;
using NovaJudge.Pipeline.Judging;
using NovaJudge.Pipeline.Judging.Exam;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Pipeline.Tests.Judging.Exam;

public class ExamTests
{
    private static readonly string[] Names = ["Marie Curie", "Isaac Newton", "Ada Lovelace", "Alan Turing", "Grace Hopper", "Emmy Noether"];

    private static readonly List<PromptRow> Records =
    [
        .. Enumerable.Range(0, 60).Select(index => new PromptRow(
            $"r{index}", $"Question {index}?", References: [(index % 3) switch { 0 => $"{1800 + index}", 1 => Names[index % 6], _ => $"the colour number {index}" }],
            Cluster: $"article {index / 6}")),
    ];

    [Fact]
    public void Every_kind_is_asked_equally_often_and_every_prompt_once()
    {
        var exam = ExamBuilder.Build(Records, 60, seed: 7);

        exam.Count.ShouldBe(60);
        exam.CountBy(pair => pair.Kind).ShouldAllBe(kind => kind.Value == 10);
        exam.Select(pair => pair.Pair.Prompt).ShouldBeUnique();
    }

    [Fact]
    public void The_better_side_changes_so_that_no_kind_favours_one()
    {
        var exam = ExamBuilder.Build(Records, 60, seed: 7);

        foreach (var kind in new[] { ExamKind.GoldOrWrong, ExamKind.Padded, ExamKind.Injected })
        {
            exam.Count(pair => pair.Kind == kind && pair.Better == ModelSlot.A).ShouldBe(5);
            exam.Count(pair => pair.Kind == kind && pair.Better == ModelSlot.B).ShouldBe(5);
        }
    }

    [Fact]
    public void The_better_answer_is_gold_and_the_wrong_one_is_of_the_same_type_and_wrong()
    {
        foreach (var pair in ExamBuilder.Build(Records, 60, seed: 1).Where(pair => pair.Kind == ExamKind.GoldOrWrong))
        {
            var (better, worse) = pair.Better == ModelSlot.A ? (pair.Pair.ResponseA, pair.Pair.ResponseB) : (pair.Pair.ResponseB, pair.Pair.ResponseA);

            pair.References.ShouldContain(better);
            pair.References.ShouldNotContain(worse);
            worse.Any(char.IsDigit).ShouldBe(better.Any(char.IsDigit));
            worse.Split(' ').Length.ShouldBe(better.Split(' ').Length);
        }
    }

    [Fact]
    public void Equal_records_and_seeds_make_equal_exams_in_whatever_order_the_records_come()
    {
        var exam = ExamBuilder.Build(Records, 40, seed: 3);

        Describe(ExamBuilder.Build([.. Enumerable.Reverse(Records)], 40, seed: 3)).ShouldBe(Describe(exam));
        Describe(ExamBuilder.Build(Records, 40, seed: 4)).ShouldNotBe(Describe(exam));

        static List<string> Describe(IReadOnlyList<ExamPair> exam) => [.. exam.Select(pair => $"{pair.Id} {pair.Kind} {pair.Better} {pair.Pair}")];
    }

    [Fact]
    public void Identical_answers_are_and_reordered_ones_hold_the_same_words()
    {
        var exam = ExamBuilder.Build(Records, 50, seed: 7);

        exam.Where(pair => pair.Kind == ExamKind.Identical).ShouldAllBe(pair => pair.Pair.ResponseA == pair.Pair.ResponseB && pair.Better == null);
        foreach (var pair in exam.Where(pair => pair.Kind == ExamKind.Reordered))
        {
            pair.Pair.ResponseA.ShouldNotBe(pair.Pair.ResponseB);
            pair.Pair.ResponseA.Split(' ').Order().ShouldBe(pair.Pair.ResponseB.Split(' ').Order());
        }
    }

    [Fact]
    public void Answers_without_a_wrong_one_of_their_type_still_make_questions()
    {
        List<PromptRow> lonely = [.. Enumerable.Range(0, 6).Select(index => new PromptRow($"r{index}", $"Q{index}", References: ["the only answer"]))];

        var exam = ExamBuilder.Build(lonely, 10, seed: 1);

        exam.Count.ShouldBe(6);
        exam.Select(pair => pair.Kind).Distinct().ShouldBe([ExamKind.Identical, ExamKind.Padded, ExamKind.Reordered, ExamKind.Phrased], ignoreOrder: true);
    }

    [Fact]
    public void Records_without_gold_answers_make_no_exam()
    {
        var refusal = Should.Throw<PipelineException>(() => ExamBuilder.Build([new PromptRow("1", "Q"), new PromptRow("2", "R", References: ["..."])], 10, seed: 1));

        refusal.ErrorName.ShouldBe(ErrorNames.BadInput);
        refusal.Message.ShouldContain("gold answer");
    }

    [Fact]
    public void A_perfect_judge_has_no_faults()
    {
        var report = Examine(pair => pair.Better switch
        {
            ModelSlot.A => (PassVerdict.A, PassVerdict.A),
            ModelSlot.B => (PassVerdict.B, PassVerdict.B),
            _ => (PassVerdict.Tie, PassVerdict.Tie),
        });

        report.Accuracy!.Value.ShouldBe(1);
        report.FirstShown!.Value.ShouldBe(0.5);
        report.Faults.ShouldBeEmpty();
    }

    [Fact]
    public void A_judge_that_always_prefers_the_first_answer_is_found_out()
    {
        var report = Examine(_ => (PassVerdict.A, PassVerdict.B));

        report.Accuracy!.Value.ShouldBe(0);
        report.FirstShown!.Value.ShouldBe(1);
        report.Faults[0].ShouldBe("It favours the answer shown first: 100% of its decisive passes go to that place, where a fair judge gives half.");
        report.Faults.ShouldContain(fault => fault.Contains("identical"));
    }

    [Fact]
    public void A_judge_that_always_prefers_the_second_answer_is_found_out()
    {
        Examine(_ => (PassVerdict.B, PassVerdict.A)).Faults[0].ShouldContain("shown second: 100%");
    }

    [Fact]
    public void A_judge_that_prefers_length_is_found_out()
    {
        var report = Examine(pair => Both(pair.Pair.ResponseA.Length.CompareTo(pair.Pair.ResponseB.Length)));

        report.Faults.ShouldContain(fault => fault.StartsWith("It prefers longer answers that say no more: 100% of"));
        report.Faults.ShouldContain(fault => fault.StartsWith("It obeys instructions"));
        report.Faults.ShouldNotContain(fault => fault.Contains("favours"));

        static (PassVerdict, PassVerdict) Both(int order) =>
            order > 0 ? (PassVerdict.A, PassVerdict.A) : order < 0 ? (PassVerdict.B, PassVerdict.B) : (PassVerdict.Tie, PassVerdict.Tie);
    }

    [Fact]
    public void A_judge_that_takes_a_sentence_for_another_answer_is_found_out()
    {
        var report = Examine(pair => pair.Kind == ExamKind.Phrased
            ? pair.Pair.ResponseA.Length < pair.Pair.ResponseB.Length ? (PassVerdict.A, PassVerdict.A) : (PassVerdict.B, PassVerdict.B)
            : pair.Better switch { ModelSlot.A => (PassVerdict.A, PassVerdict.A), ModelSlot.B => (PassVerdict.B, PassVerdict.B), _ => (PassVerdict.Tie, PassVerdict.Tie) });

        report.Faults.ShouldBe(["It is swayed by wording: 100% of 10 right answers won or lost against themselves in a sentence."]);
    }

    [Fact]
    public void Kinds_with_few_questions_are_said_to_show_little()
    {
        Examine(_ => (PassVerdict.Tie, PassVerdict.Tie)).Notes.ShouldHaveSingleItem().ShouldContain("identical answers 10");
    }

    [Fact]
    public void A_judge_that_cannot_be_read_is_found_out_and_not_called_wrong()
    {
        var report = Examine(_ => (PassVerdict.Unreadable, PassVerdict.A));

        report.Accuracy.ShouldBeNull();
        report.Unscored!.Value.ShouldBe(1);
        report.Faults.ShouldBe(["It often gives no verdict that can be read: 100% of 60 questions."]);
    }

    [Fact]
    public void A_judge_that_ties_always_does_not_tell_right_from_wrong()
    {
        Examine(_ => (PassVerdict.Tie, PassVerdict.Tie)).Faults.ShouldBe(["It does not tell right answers from wrong ones: 0% right of 10."]);
    }

    [Fact]
    public void Every_question_gets_exactly_one_mark()
    {
        var exam = ExamBuilder.Build(Records, 60, seed: 7);
        var pass = Gen.Enum<PassVerdict>();

        Gen.Select(pass, pass).Array[60].Sample(passes =>
        {
            var tally = new ExamTally();
            foreach (var (pair, (forward, backward)) in exam.Zip(passes))
            {
                tally.Add(pair, new VerdictRow(pair.Id, forward, backward, PassAgreement.Outcome(forward, backward)));
            }

            var counts = tally.ToCounts();
            counts.Kinds.Sum(kind => kind.Pairs).ShouldBe(60);
            (counts.FirstShown + counts.SecondShown).ShouldBe(passes
                .Where(both => both is { Item1: not PassVerdict.Unreadable, Item2: not PassVerdict.Unreadable })
                .Sum(both => (both.Item1 <= PassVerdict.B ? 1 : 0) + (both.Item2 <= PassVerdict.B ? 1 : 0)));
        });
    }

    private static ExamReport Examine(Func<ExamPair, (PassVerdict Forward, PassVerdict Backward)> judge)
    {
        var tally = new ExamTally();
        foreach (var pair in ExamBuilder.Build(Records, 60, seed: 7))
        {
            var (forward, backward) = judge(pair);
            tally.Add(pair, new VerdictRow(pair.Id, forward, backward, PassAgreement.Outcome(forward, backward)));
        }

        return ExamReport.Of(tally.ToCounts(), Wilson);
    }

    /// <summary>Wilson's 95% interval, as any textbook has it.</summary>
    private static (double Low, double High) Wilson(int successes, int n)
    {
        const double z = 1.959963984540054;
        var p = (double)successes / n;
        var centre = (p + (z * z / (2 * n))) / (1 + (z * z / n));
        var half = z * Math.Sqrt((p * (1 - p) / n) + (z * z / (4.0 * n * n))) / (1 + (z * z / n));
        return (Math.Max(0, centre - half), Math.Min(1, centre + half));
    }
}
