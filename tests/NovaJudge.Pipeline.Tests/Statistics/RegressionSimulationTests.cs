using NovaJudge.Pipeline.Statistics;

namespace NovaJudge.Pipeline.Tests.Statistics;

/// <summary>A year of weekly looks, two thousand times: how often an alarm is false, and how soon a true one comes.</summary>
public sealed class RegressionSimulationTests(ITestOutputHelper output)
{
    private const int Streams = 2_000;
    private const int Looks = 52;
    private const int PromptsPerLook = 100;
    private const int BaselinePrompts = 500;

    [Theory]
    [InlineData(0.58)]
    [InlineData(0.50)]
    public void Fresh_prompts_raise_a_false_alarm_in_under_five_percent_of_years(double rate)
    {
        var alarms = Run(1, random =>
        {
            var monitor = FreshRegression.Against(Draw(random, BaselinePrompts, rate), BaselinePrompts).Value;
            return FirstAlarm(_ => monitor.Add(Draw(random, PromptsPerLook, rate), PromptsPerLook).State == RegressionState.Regression);
        });

        Report($"fresh prompts, rate {rate} throughout", alarms);
        ShareOfAlarms(alarms).ShouldBeLessThan(0.05);
    }

    [Fact]
    public void Fresh_prompts_at_the_very_limit_raise_a_false_alarm_in_under_five_percent_of_years()
    {
        var alarms = Run(2, random =>
        {
            var monitor = new FreshRegression(p0: 0.53, alpha: 0.05);
            return FirstAlarm(_ => monitor.Add(Draw(random, PromptsPerLook, 0.53), PromptsPerLook).State == RegressionState.Regression);
        });

        Report("fresh prompts, rate exactly p0", alarms);
        ShareOfAlarms(alarms).ShouldBeLessThan(0.05);
    }

    [Fact]
    public void Repeated_deterministic_prompts_raise_a_false_alarm_in_under_five_percent_of_years()
    {
        // A judge that must pick: the models are equal, and every week repeats the first week's verdicts.
        var alarms = Run(3, random =>
        {
            var wins = Draw(random, PromptsPerLook, 0.5);
            return FirstAlarm(look => Replay(wins, look));
        });

        Report("repeated deterministic prompts", alarms);
        ShareOfAlarms(alarms).ShouldBeLessThan(0.05);
    }

    [Fact]
    public void Repeated_random_prompts_raise_a_false_alarm_in_under_five_percent_of_years()
    {
        var alarms = Run(4, random =>
        {
            var rates = PinnedAnswers(random);
            return FirstAlarm(look => Replay(rates.Count(rate => random.NextDouble() < rate), look));
        });

        Report("repeated random prompts", alarms);
        ShareOfAlarms(alarms).ShouldBeLessThan(0.05);
    }

    [Fact]
    public void Looking_at_a_plain_interval_every_week_would_cry_wolf()
    {
        var fresh = Run(1, random => FirstAlarm(_ => WilsonInterval.Of(Draw(random, PromptsPerLook, 0.5), PromptsPerLook).High < 0.5));
        var repeated = Run(4, random =>
        {
            var rates = PinnedAnswers(random);
            return FirstAlarm(_ => WilsonInterval.Of(rates.Count(rate => random.NextDouble() < rate), PromptsPerLook).High < 0.5);
        });

        Report("naive intervals, fresh prompts", fresh);
        Report("naive intervals, repeated random prompts", repeated);
        ShareOfAlarms(fresh).ShouldBeGreaterThan(0.30);
        ShareOfAlarms(repeated).ShouldBeGreaterThan(0.20);
    }

    [Fact]
    public void A_fall_from_58_to_42_percent_is_found_within_weeks()
    {
        var fresh = Run(5, random =>
        {
            var monitor = FreshRegression.Against(Draw(random, BaselinePrompts, 0.58), BaselinePrompts).Value;
            return FirstAlarm(_ => monitor.Add(Draw(random, PromptsPerLook, 0.42), PromptsPerLook).State == RegressionState.Regression);
        });
        var late = Run(6, random =>
        {
            var monitor = FreshRegression.Against(Draw(random, BaselinePrompts, 0.58), BaselinePrompts).Value;
            for (var look = 0; look < 10; look++)
            {
                monitor.Add(Draw(random, PromptsPerLook, 0.58), PromptsPerLook);
            }

            return FirstAlarm(_ => monitor.Add(Draw(random, PromptsPerLook, 0.42), PromptsPerLook).State == RegressionState.Regression);
        });

        // Odds of .42 against a twin at .58 are (.42/.58)^2: today's answers win a third of the prompts against the baseline's own.
        var against = 0.42 * 0.42 / ((0.42 * 0.42) + (0.58 * 0.58));
        var replayed = Run(7, random => FirstAlarm(look => Replay(Draw(random, PromptsPerLook, against), look)));

        Report("fall .58 to .42 at once, fresh prompts", fresh);
        Report("fall .58 to .42 after ten good weeks, fresh prompts", late);
        Report("the same fall, repeated prompts", replayed);
        ShareOfAlarms(fresh).ShouldBeGreaterThan(0.99);
        Median(fresh).ShouldBeLessThanOrEqualTo(4);
        ShareOfAlarms(late).ShouldBeGreaterThan(0.99);
        Median(replayed).ShouldBeLessThanOrEqualTo(2);
    }

    /// <summary>The chance that a new answer of the same model beats the pinned one, prompt by prompt: spread widely, one half on average.</summary>
    private static double[] PinnedAnswers(Random random)
    {
        var rates = new double[PromptsPerLook];
        for (var i = 0; i < rates.Length; i++)
        {
            rates[i] = random.NextDouble();
        }

        return rates;
    }

    private static bool Replay(int wins, int look) =>
        ReplayRegression.Check(new() { A = PromptsPerLook - wins, B = wins }, look).State == RegressionState.Regression;

    private static int?[] Run(int seed, Func<Random, int?> stream)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, Streams).Select(_ => stream(random))];
    }

    private static int? FirstAlarm(Func<int, bool> alarms)
    {
        for (var look = 1; look <= Looks; look++)
        {
            if (alarms(look))
            {
                return look;
            }
        }

        return null;
    }

    private static int Draw(Random random, int n, double rate)
    {
        var wins = 0;
        for (var i = 0; i < n; i++)
        {
            wins += random.NextDouble() < rate ? 1 : 0;
        }

        return wins;
    }

    private static double ShareOfAlarms(int?[] alarms) => (double)alarms.Count(alarm => alarm is not null) / alarms.Length;

    private static int Median(int?[] alarms) => alarms.Select(alarm => alarm ?? int.MaxValue).Order().ElementAt(alarms.Length / 2);

    private void Report(string what, int?[] alarms)
    {
        var found = alarms.OfType<int>().Order().ToArray();
        var delays = found.Length == 0 ? "" : $"; look of the alarm: median {found[found.Length / 2]}, 90% by {found[(int)(found.Length * 0.9)]}";
        output.WriteLine($"{what}: {100 * ShareOfAlarms(alarms):0.0}% of {alarms.Length} streams of {Looks} looks raise an alarm{delays}");
    }
}
