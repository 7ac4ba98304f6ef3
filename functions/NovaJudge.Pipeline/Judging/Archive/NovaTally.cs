using NovaJudge.Pipeline.Metrics;

namespace NovaJudge.Pipeline.Judging.Archive;

/// <summary>
/// Counts passes into the aggregates of the Nova container. <c>lower_rate</c> and <c>upper_rate</c> are the 2.5th and
/// 97.5th percentile of the win rate when rows are drawn again with replacement, in the normal limit, which needs no
/// random numbers: the ratio b / (a + b) with both sums over rows, by Fieller's theorem (E. C. Fieller, "Some problems
/// in interval estimation", JRSS B 16, 1954). Rows are the unit: the two passes of one row are not independent.
/// </summary>
public sealed class NovaTally
{
    /// <summary>The 97.5th percentile of the standard normal distribution.</summary>
    private const double Z = 1.959963984540054;

    private long _rows, _ties, _errors, _b, _decisive;
    private long _bSquared, _bDecisive, _decisiveSquared;

    public void Add(PassVerdict forward, PassVerdict backward)
    {
        var (a, b) = (Count(PassVerdict.A), Count(PassVerdict.B));
        _rows++;
        _ties += Count(PassVerdict.Tie);
        _errors += Count(PassVerdict.Unreadable);
        _b += b;
        _decisive += a + b;
        _bSquared += b * b;
        _bDecisive += b * (a + b);
        _decisiveSquared += (a + b) * (a + b);

        int Count(PassVerdict verdict) => (forward == verdict ? 1 : 0) + (backward == verdict ? 1 : 0);
    }

    /// <summary>The aggregates of all rows so far; rates are absent when no pass was decisive.</summary>
    public NovaMetrics ToMetrics()
    {
        var (lower, upper) = Interval();
        return new NovaMetrics
        {
            AScores = _decisive - _b,
            BScores = _b,
            Ties = _ties,
            InferenceError = _errors,
            Score = _b,
            WinRate = _decisive == 0 ? null : (double)_b / _decisive,
            LowerRate = lower,
            UpperRate = upper,
        };
    }

    /// <summary>The rates r at which sum(b - r m) is Z standard deviations from zero, with m = a + b per row.</summary>
    private (double? Lower, double? Upper) Interval()
    {
        if (_decisive == 0)
        {
            return (null, null);
        }

        double b = _b, m = _decisive;
        var z2 = Z * Z;
        var c = 1 + (z2 / _rows);
        var square = (c * m * m) - (z2 * _decisiveSquared);
        var half = (c * b * m) - (z2 * _bDecisive);
        var constant = (c * b * b) - (z2 * _bSquared);
        var discriminant = Math.Max(0, (half * half) - (square * constant));

        // Too few decisive rows to bound the ratio: any rate is compatible with them.
        if (square <= 0)
        {
            return (0, 1);
        }

        var root = Math.Sqrt(discriminant);
        return (Math.Clamp((half - root) / square, 0, 1), Math.Clamp((half + root) / square, 0, 1));
    }
}
