namespace NovaJudge.Pipeline.Statistics.Numerics;

/// <summary>Elementary functions the base library computes with cancellation near zero.</summary>
internal static class Elementary
{
    /// <summary>ln(1 + x), accurate for small x (W. Kahan's quotient form).</summary>
    public static double Log1P(double x)
    {
        var u = 1 + x;
        return u == 1 ? x : u >= double.PositiveInfinity ? u : Math.Log(u) * (x / (u - 1));
    }

    /// <summary>The logistic function, without overflow at either end.</summary>
    public static double Logistic(double x)
    {
        if (x >= 0)
        {
            return 1 / (1 + Math.Exp(-x));
        }

        var e = Math.Exp(x);
        return e / (1 + e);
    }

    /// <summary>x ln x, which is 0 at 0.</summary>
    public static double XLogX(double x) => x == 0 ? 0 : x * Math.Log(x);
}
