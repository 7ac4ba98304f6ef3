using NovaJudge.Pipeline.Statistics.Numerics;

namespace NovaJudge.Pipeline.Statistics;

/// <summary>
/// p-values adjusted for having asked several questions. Sources: S. Holm, Scandinavian J. Statistics 6 (1979) 65 (any error among all);
/// Y. Benjamini and Y. Hochberg, JRSS B 57 (1995) 289 (the share of false findings).
/// </summary>
public static class MultipleTesting
{
    /// <summary>In the order given.</summary>
    public static double[] Holm(ReadOnlySpan<double> p)
    {
        var (sorted, order) = Sorted(p);
        var adjusted = new double[sorted.Length];
        var largest = 0.0;
        for (var i = 0; i < sorted.Length; i++)
        {
            largest = Math.Max(largest, Math.Min(1, (sorted.Length - i) * sorted[i]));
            adjusted[order[i]] = largest;
        }

        return adjusted;
    }

    /// <summary>In the order given.</summary>
    public static double[] BenjaminiHochberg(ReadOnlySpan<double> p)
    {
        var (sorted, order) = Sorted(p);
        var adjusted = new double[sorted.Length];
        var smallest = 1.0;
        for (var i = sorted.Length - 1; i >= 0; i--)
        {
            smallest = Math.Min(smallest, sorted.Length * sorted[i] / (i + 1));
            adjusted[order[i]] = smallest;
        }

        return adjusted;
    }

    private static (double[] Sorted, int[] Order) Sorted(ReadOnlySpan<double> p)
    {
        var sorted = p.ToArray();
        var order = new int[sorted.Length];
        for (var i = 0; i < order.Length; i++)
        {
            Guard.Proportion(sorted[i], nameof(p));
            order[i] = i;
        }

        Array.Sort(sorted, order);
        return (sorted, order);
    }
}
