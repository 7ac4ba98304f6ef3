using NovaJudge.Pipeline.Statistics;

namespace NovaJudge.Pipeline.Tests.Statistics;

public sealed class SequentialDecisionTests(ITestOutputHelper output)
{
    private const int Streams = 2000;

    [Theory]
    [InlineData(20, 0.0)]
    [InlineData(100, 0.3)]
    public void Of_two_thousand_streams_of_equal_models_under_five_percent_decide_however_often_one_looks(int batch, double ties)
    {
        var decided = Share(rate: 0.5, batch, ties, most: 2000, out _);

        output.WriteLine($"batches of {batch}, {ties:P0} ties: {decided:P2} of {Streams} A/A streams decide within 2,000 prompts");
        decided.ShouldBeLessThan(0.05);
        decided.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void A_plain_interval_after_every_batch_would_decide_far_more_often()
    {
        var random = new Random(3);
        var wrong = Enumerable.Range(0, Streams).Count(_ =>
        {
            var (wins, n) = (0, 0);
            while (n < 2000)
            {
                wins += Wins(random, 20, 0.5);
                n += 20;
                if (!WilsonInterval.Of(wins, n).Contains(0.5))
                {
                    return true;
                }
            }

            return false;
        });

        ((double)wrong / Streams).ShouldBeGreaterThan(0.25);
    }

    [Fact]
    public void A_model_that_wins_sixty_percent_is_found_early()
    {
        var decided = Share(rate: 0.6, batch: 50, ties: 0.2, most: 2000, out var prompts);

        output.WriteLine($"60%: {decided:P1} of {Streams} streams decide, after a median of {prompts} prompts");
        decided.ShouldBeGreaterThan(0.99);
        prompts.ShouldBeLessThan(600);
    }

    [Fact]
    public void A_design_effect_never_makes_a_decision_easier_and_swapping_mirrors_it()
    {
        var random = new Random(11);
        for (var stream = 0; stream < 200; stream++)
        {
            var (plain, clustered, mirrored) = (new SequentialDecision(), new SequentialDecision(), new SequentialDecision());
            for (var look = 0; look < 20; look++)
            {
                var wins = Wins(random, 25, 0.62);
                plain.Add(wins, 25);
                clustered.Add(wins, 25, designEffect: 2.3);
                mirrored.Add(25 - wins, 25);
            }

            (clustered.Verdict != RunVerdict.Inconclusive && plain.Verdict == RunVerdict.Inconclusive).ShouldBeFalse();
            mirrored.Interval.Low.ShouldBe(1 - plain.Interval.High, 1e-9);
        }
    }

    private static double Share(double rate, int batch, double ties, int most, out int median)
    {
        var random = new Random(20_260_101);
        var ends = new List<int>();
        for (var stream = 0; stream < Streams; stream++)
        {
            var decision = new SequentialDecision();
            for (var prompts = batch; prompts <= most; prompts += batch)
            {
                var decisive = batch - Wins(random, batch, ties);
                if (decision.Add(Wins(random, decisive, rate), decisive) != RunVerdict.Inconclusive)
                {
                    ends.Add(prompts);
                    break;
                }
            }
        }

        ends.Sort();
        median = ends.Count == 0 ? 0 : ends[ends.Count / 2];
        return (double)ends.Count / Streams;
    }

    private static int Wins(Random random, int n, double rate)
    {
        var wins = 0;
        for (var at = 0; at < n; at++)
        {
            wins += random.NextDouble() < rate ? 1 : 0;
        }

        return wins;
    }
}
