namespace NovaJudge.Pipeline.Statistics.Numerics;

/// <summary>
/// The beta distribution, to about 1e-13 for shapes up to 10^7: the continued fraction of DLMF 8.17.22 (evaluated by Lentz's method)
/// with the leading factor by Loader's saddle-point form. MathNet's regularized beta stops converging near 10^5.
/// </summary>
public static class BetaDistribution
{
    private const int MostTerms = 1_000_000;
    private const double Tiny = 1e-300;

    /// <summary>P(X &lt;= x), the regularized incomplete beta function I_x(a, b).</summary>
    public static double Cdf(double x, double a, double b)
    {
        Guard.Positive(a);
        Guard.Positive(b);
        return x <= 0 ? 0 : x >= 1 ? 1 : Cdf(x, 1 - x, a, b);
    }

    /// <summary>The value below which a share <paramref name="p"/> of the distribution lies.</summary>
    public static double Quantile(double p, double a, double b)
    {
        Guard.Proportion(p);
        Guard.Positive(a);
        Guard.Positive(b);
        if (p is 0 or 1)
        {
            return p;
        }

        // The nearer tail keeps the digits.
        return p <= Cdf(a / (a + b), b / (a + b), a, b) ? LowerQuantile(p, a, b) : 1 - LowerQuantile(1 - p, b, a);
    }

    /// <summary>ln of x^a (1-x)^b / B(a, b), where y = 1 - x: the density times x (1 - x).</summary>
    internal static double LogKernel(double x, double y, double a, double b) => Math.Log(a / (a + b) * b) + BinomialPoint.LogMass(a, a + b, x, y);

    internal static double Kernel(double x, double y, double a, double b) => a / (a + b) * b * BinomialPoint.Mass(a, a + b, x, y);

    internal static double Cdf(double x, double y, double a, double b)
    {
        if (x == 0 || y == 0)
        {
            return x == 0 ? 0 : 1;
        }

        return x <= (a + 1) / (a + b + 2)
            ? Math.Min(1, Kernel(x, y, a, b) * Fraction(x, a, b) / a)
            : 1 - Math.Min(1, Kernel(x, y, a, b) * Fraction(y, b, a) / b);
    }

    /// <summary>Newton's method on the distribution function, held inside a shrinking bracket.</summary>
    private static double LowerQuantile(double p, double a, double b)
    {
        double low = 0, high = 1, x = a / (a + b);
        for (var i = 0; i < 200; i++)
        {
            var error = Cdf(x, 1 - x, a, b) - p;
            if (error > 0)
            {
                high = x;
            }
            else
            {
                low = x;
            }

            var step = error * x * (1 - x) / Kernel(x, 1 - x, a, b);
            var next = x - step;
            if (!(next > low && next < high))
            {
                next = low == 0 ? high * 0.1 : low + ((high - low) / 2);
            }

            if (Math.Abs(next - x) <= 1e-16 * x || next == low || next == high)
            {
                return next;
            }

            x = next;
        }

        return x;
    }

    private static double Fraction(double x, double a, double b)
    {
        double c = 1, d = 1 / NotZero(1 - ((a + b) * x / (a + 1))), h = d;
        for (var m = 1; m <= MostTerms; m++)
        {
            var even = m * (b - m) * x / ((a + (2 * m) - 1) * (a + (2 * m)));
            d = 1 / NotZero(1 + (even * d));
            c = NotZero(1 + (even / c));
            h *= d * c;
            var odd = -(a + m) * (a + b + m) * x / ((a + (2 * m)) * (a + (2 * m) + 1));
            d = 1 / NotZero(1 + (odd * d));
            c = NotZero(1 + (odd / c));
            h *= d * c;
            if (Math.Abs((d * c) - 1) < 1e-16)
            {
                break;
            }
        }

        return h;
    }

    private static double NotZero(double value) => Math.Abs(value) < Tiny ? Tiny : value;
}
