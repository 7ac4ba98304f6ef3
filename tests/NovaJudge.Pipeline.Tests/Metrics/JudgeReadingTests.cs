using System.Text;
using CsCheck;
using NovaJudge.Pipeline.Metrics;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Pipeline.Tests.Metrics;

public sealed class JudgeReadingTests
{
    private static readonly ReadingNames Names = new();

    [Fact]
    public void Sixteen_to_ten_passes_are_thirteen_prompts_and_inconclusive()
    {
        var reading = JudgeReading.OfCounts(16, 10, 0, 0, Names);

        reading.Prompts.ShouldBe(13);
        reading.Metrics.Analysis.Score!.Low.ShouldBe(0.177, 5e-4);
        reading.Metrics.Analysis.Score.High.ShouldBe(0.645, 5e-4);
        reading.Metrics.Verdict.Outcome.ShouldBe("inconclusive");
        reading.IfPassesWereIndependent!.ShouldSatisfyAllConditions(
            wrong => wrong.Low.ShouldBe(0.2243, 5e-5),
            wrong => wrong.High.ShouldBe(0.5747, 5e-5),
            wrong => wrong.SignTestP.ShouldBe(0.327, 5e-4));
    }

    [Fact]
    public async Task An_archive_with_rows_says_what_its_run_said()
    {
        var store = new JudgedStore();
        var run = await store.RunAsync("run", JudgedStore.Of((30, Judged.A), (60, Judged.B), (10, Judged.Tie), (10, Judged.First)));
        await using var archive = await store.Memory.OpenReadAsync(new RunKeys(RunId.Parse("run")).JudgeArchive("job"), TestContext.Current.CancellationToken);

        var reading = await JudgeReading.OfArchiveAsync(archive!, Names, TestContext.Current.CancellationToken);

        reading.HasRows.ShouldBeTrue();
        reading.Prompts.ShouldBe(110);
        reading.Metrics.Analysis.Score.ShouldBe(run.Analysis.Score);
        reading.Metrics.Analysis.Position.PrimacyFlips.ShouldBe(10);
        reading.Metrics.Verdict.Outcome.ShouldBe("b_better");
    }

    [Fact]
    public void A_results_file_is_read_as_it_is_and_its_note_says_how_unstable_the_interval_is()
    {
        var json = """{"results":{"all":{"a_scores":16.0,"b_scores":10.0,"ties":0.0,"inference_error":0.0,"winrate":0.38,"lower_rate":0.23,"upper_rate":0.56}}}""";

        var reading = JudgeReading.OfResults("results_1.json", Encoding.UTF8.GetBytes(json), Names);

        reading.Metrics.Nova.LowerRate.ShouldBe(0.23);
        reading.Metrics.Nova.Note!.ShouldContain("each end of it would then move by about 2.5 points");
        reading.Metrics.Nova.Note!.ShouldContain("would come out again with a chance of");
    }

    [Theory]
    [InlineData("""{"results":{"all":{"a_scores":-1,"b_scores":1}}}""")]
    [InlineData("""{"results":{"all":{"a_scores":1e300,"b_scores":1}}}""")]
    [InlineData("""{"results":{}}""")]
    [InlineData("not json")]
    public void A_file_that_holds_no_results_is_refused_with_a_reason(string content) =>
        Should.Throw<PipelineException>(() => JudgeReading.OfResults("results.json", Encoding.UTF8.GetBytes(content), Names)).ErrorName.ShouldBe(ErrorNames.JudgeOutput);

    [Fact]
    public void Whatever_the_counts_every_figure_is_a_number_and_swapping_mirrors_the_score() =>
        Gen.Select(Gen.Int[0, 3000], Gen.Int[0, 3000], Gen.Int[0, 3000], Gen.Int[0, 50]).Where((a, b, ties, _) => a + b + ties > 0).Sample((a, b, ties, errors) =>
        {
            var there = JudgeReading.OfCounts(a, b, ties, errors, Names).Metrics;
            var back = JudgeReading.OfCounts(b, a, ties, errors, Names).Metrics;

            var (score, mirrored) = (there.Analysis.Score!, back.Analysis.Score!);
            double.IsFinite(score.Value + score.Low + score.High).ShouldBeTrue();
            mirrored.Value.ShouldBe(1 - score.Value, 1e-9);
            mirrored.Low.ShouldBe(1 - score.High, 1e-9);
            there.Verdict.Explanation!.ShouldNotContain("NaN");
        }, iter: 300);
}
