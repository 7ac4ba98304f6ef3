using NovaJudge.Pipeline.Statistics.Numerics;

namespace NovaJudge.Pipeline.Statistics;

/// <summary>
/// The difference of two proportions measured on different prompts. Sources: R. G. Newcombe, Statistics in Medicine 17 (1998) 873, method 10;
/// A. Agresti and B. Caffo, American Statistician 54 (2000) 280; R. A. Fisher (1935) for the exact test.
/// </summary>
public sealed record UnpairedDifference
{
    /// <summary>First proportion minus second.</summary>
    public required double Difference { get; init; }

    /// <summary>The hybrid score interval: the one to show.</summary>
    public required Interval Newcombe { get; init; }

    public required Interval AgrestiCaffo { get; init; }

    /// <summary>Two-sided: all tables as improbable as the observed one.</summary>
    public required double FisherP { get; init; }

    /// <summary>Withheld when either side has no prompts.</summary>
    public static Finding<UnpairedDifference> Of(int k1, int n1, int k2, int n2, double confidence = 0.95)
    {
        Guard.Successes(k1, n1);
        Guard.Successes(k2, n2);
        if (n1 == 0 || n2 == 0)
        {
            return Finding.Withheld<UnpairedDifference>($"the {(n1 == 0 ? "first" : "second")} run has no decisive prompts");
        }

        return Finding.Of(new UnpairedDifference
        {
            Difference = ((double)k1 / n1) - ((double)k2 / n2),
            Newcombe = NewcombeInterval(k1, n1, k2, n2, confidence),
            AgrestiCaffo = AddedInterval(k1 + 1.0, n1 + 2.0, k2 + 1.0, n2 + 2.0, confidence),
            FisherP = FisherExactTest.TwoSided(k1, n1, k2, n2),
        });
    }

    /// <summary>Also takes fractional successes (a tie as half), which makes it a little wider than it need be.</summary>
    public static Interval NewcombeInterval(double k1, double n1, double k2, double n2, double confidence = 0.95)
    {
        double p1 = k1 / n1, p2 = k2 / n2;
        var first = WilsonInterval.Of(k1, n1, confidence);
        var second = WilsonInterval.Of(k2, n2, confidence);
        var difference = p1 - p2;
        return new(
            difference - double.Hypot(p1 - first.Low, second.High - p2),
            difference + double.Hypot(first.High - p1, p2 - second.Low));
    }

    private static Interval AddedInterval(double k1, double n1, double k2, double n2, double confidence)
    {
        double p1 = k1 / n1, p2 = k2 / n2;
        var half = StandardNormal.TwoSided(confidence) * Math.Sqrt((p1 * (1 - p1) / n1) + (p2 * (1 - p2) / n2));
        return new Interval(p1 - p2 - half, p1 - p2 + half).ClippedTo(-1, 1);
    }
}
