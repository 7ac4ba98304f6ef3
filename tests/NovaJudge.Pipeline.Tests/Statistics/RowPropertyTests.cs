using CsCheck;
using NovaJudge.Pipeline.Statistics;

namespace NovaJudge.Pipeline.Tests.Statistics;

/// <summary>What must hold for any rows: their order and the models' names carry no news.</summary>
public sealed class RowPropertyTests
{
    private sealed record Row(double Score, int Cluster, double LengthA, double LengthB);

    private static readonly Gen<Row[]> Rows = Gen.Select(
        Gen.Int[0, 2].Select(halves => halves / 2.0), Gen.Int[0, 14], Gen.Int[0, 400], Gen.Int[0, 400]).Select((score, cluster, a, b) => new Row(score, cluster, a, b)).Array[0, 120];

    [Fact]
    public void Permuting_rows_changes_nothing()
    {
        Gen.Select(Rows, Gen.Int).Sample(
            (rows, seed) =>
            {
                var shuffled = (Row[])rows.Clone();
                new Random(seed).Shuffle(shuffled);

                Same(Figures(rows), Figures(shuffled));
            },
            iter: 300);
    }

    [Fact]
    public void Swapping_A_and_B_mirrors_what_rows_say()
    {
        Rows.Sample(
            rows =>
            {
                Row[] swapped = [.. rows.Select(row => new Row(1 - row.Score, row.Cluster, row.LengthB, row.LengthA))];

                if (Clustered(rows).TryGet(out var estimate))
                {
                    var mirrored = Clustered(swapped).Value.Interval().Mirrored();
                    estimate.Interval().Low.ShouldBe(mirrored.Low, 1e-9);
                    estimate.Interval().High.ShouldBe(mirrored.High, 1e-9);
                }

                if (Controlled(rows).TryGet(out var fit))
                {
                    var other = Controlled(swapped).Value;
                    other.WinRate.ShouldBe(1 - fit.WinRate, 1e-9);
                    other.LengthEffect.ShouldBe(fit.LengthEffect, 1e-6);
                    other.RobustStandardError.ShouldBe(fit.RobustStandardError, 1e-6);
                    other.PrefersLonger.ShouldBe(fit.PrefersLonger);
                }
            },
            iter: 300);
    }

    [Fact]
    public void No_figure_of_any_rows_is_ever_not_a_number()
    {
        Rows.Sample(
            rows => string.Join(", ", Figures(rows).Where(figure => !double.IsFinite(figure.Value))).ShouldBeEmpty(),
            iter: 300);
    }

    private static Finding<ScoreEstimate> Clustered(Row[] rows) =>
        ScoreEstimate.FromClusters([.. rows.Select(row => row.Score)], [.. rows.Select(row => row.Cluster)], 15);

    private static Finding<LengthControl> Controlled(Row[] rows) => LengthControl.Of(
        [.. rows.Select(row => row.LengthA)], [.. rows.Select(row => row.LengthB)], [.. rows.Select(row => row.Score)], clusters: [.. rows.Select(row => row.Cluster)]);

    private static (string Path, double Value)[] Figures(Row[] rows)
    {
        double[] scores = [.. rows.Select(row => row.Score)];
        int[] clusters = [.. rows.Select(row => row.Cluster)];
        double[] lengths = [.. rows.Select(row => row.LengthA)];
        var names = Enumerable.Range(0, 15).Select(i => $"article {i}").ToArray();
        object?[] results =
        [
            ClusterRobust.Of(scores, clusters, 15), Clustered(rows), Clustered(rows).Then(value => value.Interval()), Controlled(rows),
            Controlled(rows).Then(value => value.WinRateInterval()), SliceRates.Of(scores, clusters, names),
            PairedDifference.Of(lengths, scores), PairedDifference.Of(lengths, scores).Then(value => (object)value.P),
            SignFlipTest.TwoSided([.. scores.Select(score => score - 0.5)]),
            Quantile.Of(lengths, 0.9),
        ];
        return [.. results.SelectMany((result, i) => NumbersIn.Result($"{i}", result))];
    }

    private static void Same((string Path, double Value)[] first, (string Path, double Value)[] second)
    {
        first.Select(figure => figure.Path).ShouldBe(second.Select(figure => figure.Path));
        foreach (var (here, there) in first.Zip(second))
        {
            there.Value.ShouldBe(here.Value, 1e-9 * Math.Max(1, Math.Abs(here.Value)), here.Path);
        }
    }
}
