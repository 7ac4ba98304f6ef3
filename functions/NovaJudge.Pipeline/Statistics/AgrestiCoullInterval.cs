using NovaJudge.Pipeline.Statistics.Numerics;

namespace NovaJudge.Pipeline.Statistics;

/// <summary>The Wald interval after adding z^2/2 successes and as many failures. Source: A. Agresti and B. A. Coull, American Statistician 52 (1998) 119.</summary>
public static class AgrestiCoullInterval
{
    public static Interval Of(double successes, double n, double confidence = 0.95)
    {
        Guard.Successes(successes, n);
        var z = StandardNormal.TwoSided(confidence);
        var total = n + (z * z);
        var p = (successes + (z * z / 2)) / total;
        var half = z * Math.Sqrt(p * (1 - p) / total);
        return new Interval(p - half, p + half).ClippedTo(0, 1);
    }
}
