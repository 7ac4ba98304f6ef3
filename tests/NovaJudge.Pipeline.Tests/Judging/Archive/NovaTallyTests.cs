using CsCheck;
using NovaJudge.Pipeline.Judging;
using NovaJudge.Pipeline.Judging.Archive;
using NovaJudge.Pipeline.Metrics;

namespace NovaJudge.Pipeline.Tests.Judging.Archive;

public class NovaTallyTests
{
    private static readonly Gen<(PassVerdict Forward, PassVerdict Backward)[]> Rows =
        Gen.Select(Gen.Enum<PassVerdict>(), Gen.Enum<PassVerdict>()).Array[0, 60];

    [Fact]
    public void Every_pass_is_counted_once()
    {
        Rows.Sample(rows =>
        {
            var metrics = Tally(rows);

            (metrics.AScores + metrics.BScores + metrics.Ties + metrics.InferenceError).ShouldBe(2 * rows.Length);
            metrics.Score.ShouldBe(metrics.BScores);
            metrics.WinRate.ShouldBe(metrics.AScores + metrics.BScores == 0 ? null : metrics.BScores / (metrics.AScores + metrics.BScores));
        });
    }

    [Fact]
    public void The_interval_holds_the_win_rate_and_lies_between_0_and_1()
    {
        Rows.Sample(rows =>
        {
            var metrics = Tally(rows);
            if (metrics.WinRate is not { } rate)
            {
                metrics.LowerRate.ShouldBeNull();
                return;
            }

            metrics.LowerRate!.Value.ShouldBeInRange(0, rate + 1e-9);
            metrics.UpperRate!.Value.ShouldBeInRange(rate - 1e-9, 1);
        });
    }

    [Fact]
    public void With_the_models_in_each_others_place_the_interval_is_mirrored()
    {
        Rows.Where(rows => Tally(rows).WinRate is not null).Sample(rows =>
        {
            var metrics = Tally(rows);

            var turned = Tally([.. rows.Select(row => (JudgeLabels.Turn(row.Forward), JudgeLabels.Turn(row.Backward)))]);

            turned.LowerRate!.Value.ShouldBe(1 - metrics.UpperRate!.Value, 1e-9);
            turned.UpperRate!.Value.ShouldBe(1 - metrics.LowerRate!.Value, 1e-9);
        });
    }

    [Theory]
    [InlineData(40, 25, 20, 10, 5)]
    [InlineData(100, 140, 60, 50, 50)]
    public void The_interval_is_where_drawing_rows_again_puts_it(int bothA, int bothB, int split, int tieAndB, int unreadable)
    {
        List<(PassVerdict Forward, PassVerdict Backward)> rows =
        [
            .. Enumerable.Repeat((PassVerdict.A, PassVerdict.A), bothA),
            .. Enumerable.Repeat((PassVerdict.B, PassVerdict.B), bothB),
            .. Enumerable.Repeat((PassVerdict.A, PassVerdict.B), split),
            .. Enumerable.Repeat((PassVerdict.Tie, PassVerdict.B), tieAndB),
            .. Enumerable.Repeat((PassVerdict.Unreadable, PassVerdict.A), unreadable),
        ];
        var random = new Random(11);
        var rates = Enumerable.Range(0, 4_000).Select(_ =>
        {
            var (a, b) = (0, 0);
            for (var draw = 0; draw < rows.Count; draw++)
            {
                var (forward, backward) = rows[random.Next(rows.Count)];
                a += (forward == PassVerdict.A ? 1 : 0) + (backward == PassVerdict.A ? 1 : 0);
                b += (forward == PassVerdict.B ? 1 : 0) + (backward == PassVerdict.B ? 1 : 0);
            }

            return (double)b / (a + b);
        }).Order().ToList();

        var metrics = Tally(rows);

        metrics.LowerRate!.Value.ShouldBe(rates[100], 0.01);
        metrics.UpperRate!.Value.ShouldBe(rates[3_900], 0.01);
    }

    [Fact]
    public void Too_few_decisive_rows_bound_nothing()
    {
        var metrics = Tally([(PassVerdict.A, PassVerdict.Tie), .. Enumerable.Repeat((PassVerdict.Tie, PassVerdict.Tie), 9)]);

        metrics.WinRate.ShouldBe(0);
        metrics.LowerRate.ShouldBe(0);
        metrics.UpperRate.ShouldBe(1);
    }

    private static NovaMetrics Tally(IEnumerable<(PassVerdict Forward, PassVerdict Backward)> rows)
    {
        var tally = new NovaTally();
        foreach (var (forward, backward) in rows)
        {
            tally.Add(forward, backward);
        }

        return tally.ToMetrics();
    }
}
