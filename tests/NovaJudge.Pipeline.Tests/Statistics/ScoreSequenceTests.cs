using NovaJudge.Pipeline.Statistics;

namespace NovaJudge.Pipeline.Tests.Statistics;

/// <summary>Two thousand suites of a year of weekly runs: how many of them are ever told a score that is not true.</summary>
public sealed class ScoreSequenceTests(ITestOutputHelper output)
{
    private const int Streams = 2_000;
    private const int Looks = 52;
    private const int Prompts = 50;

    [Theory]
    [InlineData(0.6, 0.2)]
    [InlineData(0.9, 0.5)]
    public void Fresh_prompts_every_week_miss_the_truth_in_under_five_percent_of_suites(double winRate, double tieRate)
    {
        var truth = ((1 - tieRate) * winRate) + (tieRate / 2);

        var missed = Misses(1, (random, _) => (Draw(random, winRate, tieRate), truth), ScoreSequence.At);
        var plain = Misses(1, (random, _) => (Draw(random, winRate, tieRate), truth), (run, _, alpha) => run.Interval(1 - alpha));

        output.WriteLine($"missed: {missed:P1} of suites by the sequence, {plain:P1} by plain intervals");
        missed.ShouldBeLessThan(0.05);
        plain.ShouldBeGreaterThan(0.5);
    }

    [Fact]
    public void A_score_that_moves_every_week_is_covered_as_well()
    {
        var missed = Misses(2, (random, look) =>
        {
            var rate = 0.3 + (0.4 * look / Looks);
            return (Draw(random, rate, 0.1), (0.9 * rate) + 0.05);
        }, ScoreSequence.At);

        missed.ShouldBeLessThan(0.05);
    }

    [Fact]
    public void Runs_that_repeat_each_other_are_covered_as_well()
    {
        // The first week's verdicts again and again: if one interval misses, most do, which no pooling would survive.
        var first = default((int A, int B, int Ties));
        var missed = Misses(3, (random, look) => (first = look == 1 ? Draw(random, 0.55, 0.1) : first, (0.9 * 0.55) + 0.05), ScoreSequence.At);

        missed.ShouldBeLessThan(0.05);
    }

    [Fact]
    public void A_later_look_is_wider_however_late()
    {
        var run = ScoreEstimate.FromCounts(40, 60, 0, 1.3, 20).Value;

        Enumerable.Range(1, 100).Select(look => ScoreSequence.At(run, look).Width).ShouldBeInOrder(SortDirection.Ascending);
        ScoreSequence.At(run, 1_000_000_000).Width.ShouldBeInRange(0.2, 1);
    }

    [Theory]
    [InlineData(null, 30)]
    [InlineData(1.5, 3)]
    public void Counts_without_a_usable_design_effect_are_taken_as_independent(double? effect, int clusters)
    {
        ScoreEstimate.FromCounts(40, 50, 10, effect, clusters).Value.Interval().ShouldBe(ScoreEstimate.FromPrompts(40, 50, 10).Value.Interval());
    }

    [Fact]
    public void Counts_with_a_design_effect_give_the_interval_that_the_rows_give()
    {
        double[] scores = [.. Enumerable.Range(0, 120).Select(number => (number / 6 % 4) switch { 0 => 0, 1 => 0.5, _ => 1.0 })];
        int[] clusters = [.. Enumerable.Range(0, 120).Select(number => number / 6)];

        var rows = ScoreEstimate.FromClusters(scores, clusters, 20).Value;
        var counts = ScoreEstimate.FromCounts(scores.Count(score => score == 0), scores.Count(score => score == 1), scores.Count(score => score == 0.5), rows.DesignEffect.Value, 20).Value;

        counts.Interval().ShouldBe(rows.Interval());
    }

    private static double Misses(
        int seed, Func<Random, int, ((int A, int B, int Ties) Counts, double Truth)> week, Func<ScoreEstimate, int, double, Interval> interval)
    {
        var random = new Random(seed);
        var missed = 0;
        for (var stream = 0; stream < Streams; stream++)
        {
            for (var look = 1; look <= Looks; look++)
            {
                var (counts, truth) = week(random, look);
                if (!interval(ScoreEstimate.FromPrompts(counts.A, counts.B, counts.Ties).Value, look, 0.05).Contains(truth))
                {
                    missed++;
                    break;
                }
            }
        }

        return (double)missed / Streams;
    }

    private static (int A, int B, int Ties) Draw(Random random, double winRate, double tieRate)
    {
        int b = 0, ties = 0;
        for (var prompt = 0; prompt < Prompts; prompt++)
        {
            if (random.NextDouble() < tieRate)
            {
                ties++;
            }
            else
            {
                b += random.NextDouble() < winRate ? 1 : 0;
            }
        }

        return (Prompts - b - ties, b, ties);
    }
}
