using NovaJudge.Pipeline.Statistics;

namespace NovaJudge.Pipeline.Tests.Statistics;

public sealed class DecisionTests
{
    [Theory]
    [InlineData(1, 9, 990, RunVerdict.Equivalent, VerdictReason.WithinMargin)]
    [InlineData(5, 5, 190, RunVerdict.Equivalent, VerdictReason.WithinMargin)]
    [InlineData(0, 5, 0, RunVerdict.Inconclusive, VerdictReason.IntervalContainsHalf)]
    [InlineData(5, 0, 0, RunVerdict.Inconclusive, VerdictReason.IntervalContainsHalf)]
    [InlineData(40, 60, 0, RunVerdict.Inconclusive, VerdictReason.SignTestUndecided)]
    [InlineData(0, 6, 0, RunVerdict.BBetter, VerdictReason.IntervalAndSignTest)]
    [InlineData(90, 150, 0, RunVerdict.BBetter, VerdictReason.IntervalAndSignTest)]
    [InlineData(150, 90, 0, RunVerdict.ABetter, VerdictReason.IntervalAndSignTest)]
    [InlineData(8, 5, 0, RunVerdict.Inconclusive, VerdictReason.IntervalContainsHalf)]
    [InlineData(500, 500, 0, RunVerdict.Equivalent, VerdictReason.WithinMargin)]
    [InlineData(0, 0, 3, RunVerdict.Inconclusive, VerdictReason.IntervalContainsHalf)]
    [InlineData(0, 0, 1000, RunVerdict.Equivalent, VerdictReason.WithinMargin)]
    [InlineData(0, 1, 0, RunVerdict.Inconclusive, VerdictReason.TooFewScored)]
    [InlineData(0, 0, 0, RunVerdict.Inconclusive, VerdictReason.TooFewScored)]
    [InlineData(0, 1_000_000, 0, RunVerdict.BBetter, VerdictReason.IntervalAndSignTest)]
    public void The_counts_of_a_run_decide_by_the_first_rule_that_applies(int a, int b, int ties, RunVerdict verdict, VerdictReason reason)
    {
        var counts = new OutcomeCounts { A = a, B = b, Tie = ties };

        Decision.Of(counts).ShouldBe(new(verdict, reason));
    }

    [Theory]
    [InlineData(60, 0, 0)]
    [InlineData(0, 60, 0)]
    [InlineData(0, 0, 60)]
    [InlineData(2, 2, 2)]
    public void Too_many_prompts_without_a_verdict_make_any_lead_inconclusive(int unscored, int failed, int tooLong)
    {
        var counts = new OutcomeCounts { B = 40, Unscored = unscored, GenerationFailed = failed, TooLongForJudge = tooLong };

        Decision.Of(counts).ShouldBe(new(RunVerdict.Inconclusive, VerdictReason.TooManyErrors));
    }

    [Fact]
    public void Exactly_the_tolerated_error_rate_is_tolerated()
    {
        var counts = new OutcomeCounts { B = 95, Unscored = 5 };

        Decision.Of(counts).Verdict.ShouldBe(RunVerdict.BBetter);
    }

    [Fact]
    public void An_inconsistent_prompt_counts_as_a_tie()
    {
        var counts = new OutcomeCounts { A = 1, B = 9, Tie = 490, Inconsistent = 500 };

        Decision.Of(counts).Verdict.ShouldBe(RunVerdict.Equivalent);
    }

    [Fact]
    public void Totals_over_passes_are_judged_as_half_as_many_prompts()
    {
        var input = DecisionInput.FromPasses(aPasses: 16, bPasses: 10, tiePasses: 0, errorPasses: 0, new());

        input.Counts.ShouldBe(new OutcomeCounts { A = 8, B = 5 });
        input.Interval.Value.Low.ShouldBe(0.177, 0.0005);
        input.Interval.Value.High.ShouldBe(0.645, 0.0005);
        Decision.Of(input).ShouldBe(new(RunVerdict.Inconclusive, VerdictReason.IntervalContainsHalf));
    }

    [Fact]
    public void A_passes_that_come_in_odd_numbers_never_help_the_leader()
    {
        DecisionInput.FromPasses(0, 11, 0, 0, new()).Counts.B.ShouldBe(5);
        DecisionInput.FromPasses(11, 0, 0, 0, new()).Counts.A.ShouldBe(5);
        DecisionInput.FromPasses(3, 9, 0, 0, new()).Counts.ShouldBe(new OutcomeCounts { A = 2, B = 4 });
    }

    [Fact]
    public void Strong_clusters_take_a_verdict_away_that_independent_prompts_would_give()
    {
        // Twelve articles of twenty prompts; all prompts of an article have the same winner.
        var scores = Enumerable.Range(0, 240).Select(i => i / 20 < 8 ? 1.0 : 0.0).ToArray();
        var articles = Enumerable.Range(0, 240).Select(i => i / 20).ToArray();
        var counts = new OutcomeCounts { A = 80, B = 160 };

        var clustered = ScoreEstimate.FromClusters(scores, articles, 12);

        Decision.Of(counts).Verdict.ShouldBe(RunVerdict.BBetter);
        Decision.Of(DecisionInput.From(counts, clustered, new())).Verdict.ShouldBe(RunVerdict.Inconclusive);
        clustered.Value.AppliedDesignEffect.ShouldBeGreaterThan(15);
    }

    [Fact]
    public void Below_ten_clusters_prompts_are_taken_as_independent_and_the_reason_is_kept()
    {
        var scores = Enumerable.Range(0, 90).Select(i => i % 3 / 2.0).ToArray();
        var articles = Enumerable.Range(0, 90).Select(i => i % 9).ToArray();

        var estimate = ScoreEstimate.FromClusters(scores, articles, 9).Value;

        estimate.Basis.ShouldBe(ScoreBasis.Prompts);
        estimate.DesignEffect.WithheldBecause.ShouldBe("there are 9 clusters, and below 10 their standard error cannot be trusted");
        estimate.Interval().ShouldBe(ScoreEstimate.FromPrompts(30, 30, 30).Value.Interval());
    }

    [Theory]
    [InlineData(0, 250, 0, 5, RunVerdict.Inconclusive, VerdictReason.IntervalContainsHalf)]
    [InlineData(0, 300, 0, 6, RunVerdict.BBetter, VerdictReason.IntervalAndSignTest)]
    [InlineData(300, 0, 0, 6, RunVerdict.ABetter, VerdictReason.IntervalAndSignTest)]
    [InlineData(90, 360, 0, 9, RunVerdict.Inconclusive, VerdictReason.IntervalContainsHalf)]
    [InlineData(0, 0, 900, 9, RunVerdict.Inconclusive, VerdictReason.IntervalContainsHalf)]
    [InlineData(0, 80, 0, 1, RunVerdict.Inconclusive, VerdictReason.TooFewScored)]
    public void Few_prompts_judged_many_times_decide_no_more_than_few_prompts(int a, int b, int ties, int prompts, RunVerdict verdict, VerdictReason reason)
    {
        var counts = new OutcomeCounts { A = a, B = b, Tie = ties };

        var decision = Decision.Of(DecisionInput.From(counts, ScoreEstimate.FromRepeats(a, b, ties, prompts), new()));

        decision.ShouldBe(new(verdict, reason));
    }

    [Fact]
    public void A_repeated_prompt_counts_as_one_that_was_judged_once()
    {
        var once = ScoreEstimate.FromPrompts(1, 6, 1).Value;

        var repeated = ScoreEstimate.FromRepeats(30, 180, 30, 8).Value;

        repeated.N.ShouldBe(8);
        repeated.Score.ShouldBe(once.Score, 1e-12);
        repeated.Interval().Low.ShouldBe(once.Interval().Low, 1e-12);
        repeated.Interval().High.ShouldBe(once.Interval().High, 1e-12);
        ScoreEstimate.FromCounts(30, 180, 30, repeated.DesignEffect.Value, 8).Value.Interval().ShouldBe(repeated.Interval());
        repeated.For(new() { A = 60, B = 180, Tie = 30 }).Value.N.ShouldBe(9);
    }

    [Theory]
    [InlineData(88, 152, 0, "Sonnet answers better than Qwen (63%, 57–69%, 240 of 240 prompts decisive).")]
    [InlineData(152, 88, 60, "Qwen answers better than Sonnet (61%, 56–66%, 240 of 300 prompts decisive).")]
    [InlineData(5, 5, 190, "Sonnet and Qwen answer equally well: Sonnet's score lies within 5 points of 50% (50%, 49–51%, 10 of 200 prompts decisive).")]
    [InlineData(0, 5, 0, "Inconclusive: Sonnet scores 100%, 49–100%, 5 of 5 prompts decisive, which leaves both models possible.")]
    [InlineData(40, 60, 0, "Inconclusive: Sonnet scores 60%, 50.2–69.4%, 100 of 100 prompts decisive, but 60 to 40 among so few decisive prompts happens by chance too often (sign test p = 0.057).")]
    [InlineData(0, 0, 0, "Inconclusive: no prompt was scored.")]
    public void A_verdict_reads_as_one_sentence_with_the_models_names(int a, int b, int ties, string sentence)
    {
        var counts = new OutcomeCounts { A = a, B = b, Tie = ties };
        var input = DecisionInput.From(counts, ScoreEstimate.FromPrompts(counts), new());

        VerdictSentence.Of(Decision.Of(input), input, "Qwen", "Sonnet").ShouldBe(sentence);
    }

    [Fact]
    public void Rounding_never_puts_an_end_of_the_interval_on_a_half_that_it_excludes()
    {
        var counts = new OutcomeCounts { A = 4_870, B = 5_130 };
        var input = DecisionInput.From(counts, ScoreEstimate.FromPrompts(counts), new() { EquivalenceMargin = 0.01 });

        var sentence = VerdictSentence.Of(Decision.Of(input), input, "Qwen", "Sonnet");

        sentence.ShouldBe("Sonnet answers better than Qwen (51%, 50.3–52.3%, 10000 of 10000 prompts decisive).");
    }

    [Fact]
    public void Too_many_errors_are_named_with_their_kinds()
    {
        var counts = new OutcomeCounts { B = 40, Unscored = 10, GenerationFailed = 45, TooLongForJudge = 5 };
        var input = DecisionInput.From(counts, ScoreEstimate.FromPrompts(counts), new());

        VerdictSentence.Of(Decision.Of(input), input, "Qwen", "Sonnet").ShouldBe(
            "Inconclusive (too many errors): 60 of 100 prompts have no verdict (45 failed generations, 10 unscored, 5 too long for the judge), and at most 5% may.");
    }
}
