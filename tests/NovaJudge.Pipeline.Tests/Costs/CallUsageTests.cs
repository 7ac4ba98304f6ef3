using NovaJudge.Pipeline.Costs;

namespace NovaJudge.Pipeline.Tests.Costs;

public sealed class CallUsageTests
{
    [Theory]
    [InlineData(null, null)]
    [InlineData(-5L, 3L)]
    [InlineData(10L, -1L)]
    [InlineData(0L, 0L)]
    [InlineData(long.MaxValue, 3L)]
    [InlineData(10L, long.MinValue)]
    public void A_count_that_cannot_be_true_is_estimated_and_marked(long? input, long? output)
    {
        var usage = CallUsage.Of(input, output, promptBytes: 400, new string('x', 40));

        usage.Estimated.ShouldBeTrue();
        usage.InputTokens.ShouldBeInRange(10, 100);
        usage.OutputTokens.ShouldBeInRange(3, 10);
    }

    [Fact]
    public void A_believable_count_is_taken_as_it_is() =>
        CallUsage.Of(120, 7, promptBytes: 400, "answer").ShouldBe(new CallUsage(120, 7, false));

    [Fact]
    public void Percentiles_of_a_hundred_thousand_durations_are_off_by_half_a_percent_at_most()
    {
        var random = new Random(7);
        var durations = Enumerable.Range(0, 100_000).Select(_ => Math.Exp(random.NextDouble() * 9)).ToArray();
        var histogram = new LatencyHistogram();
        foreach (var duration in durations)
        {
            histogram.Add(duration);
        }

        Array.Sort(durations);
        var found = histogram.ToPercentiles().ShouldNotBeNull();
        foreach (var (share, value) in new[] { (0.5, found.P50), (0.9, found.P90), (0.99, found.P99) })
        {
            var exact = durations[(int)Math.Ceiling(share * durations.Length) - 1];
            (Math.Abs(value - exact) / exact).ShouldBeLessThan(0.0051);
        }

        found.Max.ShouldBe(Math.Round(durations[^1], 3));
        found.Count.ShouldBe(100_000);
    }

    [Fact]
    public void What_is_no_duration_is_not_counted()
    {
        var histogram = new LatencyHistogram();

        histogram.Add(double.NaN);
        histogram.Add(-1);
        histogram.Add(double.PositiveInfinity);

        histogram.ToPercentiles().ShouldBeNull();
    }
}
