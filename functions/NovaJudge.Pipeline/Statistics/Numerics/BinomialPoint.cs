namespace NovaJudge.Pipeline.Statistics.Numerics;

/// <summary>
/// Binomial point masses to nearly full precision for any n, by the saddle-point form of C. Loader,
/// "Fast and Accurate Computation of Binomial Probabilities" (2000). Differences of log-gamma values lose seven digits at n = 10^6.
/// </summary>
internal static class BinomialPoint
{
    private const double LogTwoPi = 1.8378770664093454835606594728112;

    // Counts, with or without the halves of Jeffreys' prior, are what is asked for nearly always.
    private static readonly double[] SmallHalves = [.. Enumerable.Range(0, 32).Select(halves => halves == 0 ? 0 : Recurrence(halves / 2.0))];

    /// <summary>Gamma(n+1) / (Gamma(k+1) Gamma(n-k+1)) p^k q^(n-k) for real k in [0, n]; q = 1 - p is passed for accuracy near 1.</summary>
    public static double Mass(double k, double n, double p, double q) => Math.Exp(LogMass(k, n, p, q));

    public static double LogMass(double k, double n, double p, double q)
    {
        if (p == 0)
        {
            return k == 0 ? 0 : double.NegativeInfinity;
        }

        if (q == 0)
        {
            return k == n ? 0 : double.NegativeInfinity;
        }

        if (k < 0 || k > n)
        {
            return double.NegativeInfinity;
        }

        if (k == 0)
        {
            return n * LogOf(q, p);
        }

        if (k == n)
        {
            return n * LogOf(p, q);
        }

        var rest = n - k;
        return StirlingError(n) - StirlingError(k) - StirlingError(rest) - Deviance(k, n * p) - Deviance(rest, n * q)
            + (0.5 * (Math.Log(n / k) - Math.Log(rest) - LogTwoPi));
    }

    /// <summary>ln Gamma(n+1) - [(n + 1/2) ln n - n + ln(2 pi)/2] for n above 0, by Stirling's series above 16 and by recurrence below.</summary>
    public static double StirlingError(double n)
    {
        if (n >= 16)
        {
            return Series(n);
        }

        var halves = (int)(2 * n);
        return halves > 0 && halves == 2 * n ? SmallHalves[halves] : Recurrence(n);
    }

    private static double Recurrence(double n)
    {
        var sum = 0.0;
        for (; n < 16; n++)
        {
            sum += ((n + 0.5) * Elementary.Log1P(1 / n)) - 1;
        }

        return sum + Series(n);
    }

    private static double Series(double n)
    {
        var s = 1 / (n * n);
        return ((((((((-691.0 / 360360 * s) + (1.0 / 1188)) * s) - (1.0 / 1680)) * s + (1.0 / 1260)) * s - (1.0 / 360)) * s) + (1.0 / 12)) / n;
    }

    /// <summary>x ln(x/m) + m - x, without cancellation when x is close to m (Loader's bd0).</summary>
    private static double Deviance(double x, double m)
    {
        if (Math.Abs(x - m) >= 0.1 * (x + m))
        {
            return (x * Math.Log(x / m)) + m - x;
        }

        var v = (x - m) / (x + m);
        var sum = (x - m) * v;
        var term = 2 * x * v;
        v *= v;
        for (var j = 3; ; j += 2)
        {
            term *= v;
            var next = sum + (term / j);
            if (next == sum)
            {
                return next;
            }

            sum = next;
        }
    }

    private static double LogOf(double value, double complement) => complement < 0.5 ? Elementary.Log1P(-complement) : Math.Log(value);
}
