namespace NovaJudge.Pipeline.Statistics.Numerics;

/// <summary>
/// The root of an increasing or decreasing function, by the ITP method: never slower than bisection, superlinear on smooth functions.
/// Source: I. F. D. Oliveira and R. H. C. Takahashi, ACM Transactions on Mathematical Software 47 (2020) 5.
/// </summary>
internal static class Root
{
    /// <summary>Values at the ends must differ in sign (an infinite value counts); accurate to about one unit in the last place of the ends' distance.</summary>
    public static double Find(Func<double, double> function, double low, double high, double tolerance = 1e-14)
    {
        double atLow = function(low), atHigh = function(high);
        if (atLow == 0 || atHigh == 0)
        {
            return atLow == 0 ? low : high;
        }

        if (atLow > 0 == atHigh > 0)
        {
            throw new ArgumentException($"No change of sign between {low:R} and {high:R}.");
        }

        var rising = atHigh > 0;
        var most = (int)Math.Ceiling(Math.Log2((high - low) / (2 * tolerance))) + 1;
        var truncation = 0.2 / (high - low);
        for (var i = 0; high - low > 2 * tolerance && i < 200; i++)
        {
            var middle = low + ((high - low) / 2);
            if (middle <= low || middle >= high)
            {
                break;
            }

            var next = Next(low, high, atLow, atHigh, middle, truncation, (tolerance * Math.Pow(2, most - i)) - ((high - low) / 2));
            var value = function(next);
            if (value == 0)
            {
                return next;
            }

            if (value > 0 == rising)
            {
                (high, atHigh) = (next, value);
            }
            else
            {
                (low, atLow) = (next, value);
            }
        }

        return low + ((high - low) / 2);
    }

    private static double Next(double low, double high, double atLow, double atHigh, double middle, double truncation, double radius)
    {
        var falsePosition = ((atHigh * low) - (atLow * high)) / (atHigh - atLow);
        if (!double.IsFinite(falsePosition))
        {
            return middle;
        }

        var sign = Math.Sign(middle - falsePosition);
        var shift = truncation * (high - low) * (high - low);
        var truncated = shift <= Math.Abs(middle - falsePosition) ? falsePosition + (sign * shift) : middle;
        var next = Math.Abs(truncated - middle) <= radius ? truncated : middle - (sign * radius);
        return next > low && next < high ? next : middle;
    }
}
