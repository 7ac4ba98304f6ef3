using NovaJudge.Pipeline.Statistics;

namespace NovaJudge.Pipeline.Tests.Statistics;

public sealed class SequenceTests(ITestOutputHelper output)
{
    [Fact]
    public void Running_until_decided_decides_between_equal_models_in_under_five_percent_of_runs()
    {
        var random = new Random(11);
        var decided = Enumerable.Range(0, 2_000).Count(_ =>
        {
            var sequence = new RunningSequence();
            for (var batch = 0; batch < 50 && sequence.FirstExcludingHalf is null; batch++)
            {
                sequence.Add(Enumerable.Range(0, 20).Count(_ => random.NextDouble() < 0.5), 20);
            }

            return sequence.FirstExcludingHalf is not null;
        });

        output.WriteLine($"{decided} of 2000 streams of two equal models were decided within 1,000 prompts");
        decided.ShouldBeLessThan(100);
    }

    [Fact]
    public void Running_until_decided_finds_a_clear_winner()
    {
        var random = new Random(12);
        var sequence = new RunningSequence();

        for (var i = 0; i < 2_000; i++)
        {
            sequence.Add(random.NextDouble() < 0.65);
        }

        sequence.FirstExcludingHalf.ShouldNotBeNull();
        sequence.Interval.Low.ShouldBeGreaterThan(0.5);
        sequence.AnytimeP.ShouldBeLessThan(0.001);
    }

    [Fact]
    public void Looks_that_contradict_each_other_are_said_to_and_keep_the_last_interval()
    {
        var sequence = new RunningSequence();

        sequence.Add(200, 200);
        sequence.Add(0, 4_000);

        sequence.IsContradictory.ShouldBeTrue();
        sequence.Interval.Low.ShouldBeGreaterThan(0.9);
        sequence.Interval.High.ShouldBe(1);
    }

    [Fact]
    public void Bounded_sequences_cover_the_mean_at_all_looks_at_once()
    {
        var random = new Random(13);
        int missedBernstein = 0, missedHoeffding = 0;
        for (var stream = 0; stream < 500; stream++)
        {
            var scores = Enumerable.Range(0, 400).Select(_ => random.NextDouble() switch { < 0.3 => 0, < 0.6 => 0.5, _ => 1.0 }).ToArray();
            missedBernstein += BoundedSequence.EmpiricalBernstein(scores).Any(interval => !interval.Contains(0.55)) ? 1 : 0;
            missedHoeffding += BoundedSequence.Hoeffding(scores).Any(interval => !interval.Contains(0.55)) ? 1 : 0;
        }

        missedBernstein.ShouldBeLessThan(25);
        missedHoeffding.ShouldBeLessThan(25);
    }

    [Theory]
    [InlineData(0, 0, 0.0, 1.0)]
    [InlineData(0, 1_000_000, 0.0, 0.00002)]
    [InlineData(1_000_000, 1_000_000, 0.99998, 1.0)]
    public void A_confidence_sequence_reaches_the_ends_only_where_the_data_do(int successes, int n, double least, double most)
    {
        var interval = BetaBinomialSequence.Of(successes, n);

        interval.Low.ShouldBeInRange(least, interval.High);
        interval.High.ShouldBeInRange(interval.Low, most);
    }

    [Fact]
    public void At_an_end_that_the_data_exclude_the_evidence_is_infinite_and_else_it_is_the_limit()
    {
        BetaBinomialSequence.LogE(3, 9, 0).ShouldBe(double.PositiveInfinity);
        BetaBinomialSequence.LogE(3, 9, 1).ShouldBe(double.PositiveInfinity);
        BetaBinomialSequence.LogE(0, 4, 0).ShouldBe(-Math.Log(5), 1e-12);
        BetaBinomialSequence.LogE(0, 4, 1e-12).ShouldBe(-Math.Log(5), 1e-10);
    }
}
