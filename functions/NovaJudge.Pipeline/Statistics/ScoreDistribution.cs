using System.Numerics;
using NovaJudge.Pipeline.Statistics.Numerics;

namespace NovaJudge.Pipeline.Statistics;

/// <summary>
/// The exact bootstrap distribution of the score: what infinitely many resamples of n prompts would give. A resample's 2b + t is a sum of n
/// draws from {0, 1, 2}, so its distribution is the n-th convolution power of the observed shares, taken by its characteristic function
/// (B. Efron and R. Tibshirani, An Introduction to the Bootstrap, section 4.4, on bootstrap distributions known exactly).
/// Masses are accurate to about 1e-15; memory grows with the root of n.
/// </summary>
public sealed class ScoreDistribution
{
    private readonly double[] cumulative;
    private readonly int offset;
    private readonly int n;

    private ScoreDistribution(double[] cumulative, int offset, int n) => (this.cumulative, this.offset, this.n) = (cumulative, offset, n);

    /// <summary>At least one scored prompt.</summary>
    public static ScoreDistribution Of(int aWins, int bWins, int ties)
    {
        Guard.NotNegative(aWins);
        Guard.NotNegative(bWins);
        Guard.NotNegative(ties);
        var n = checked(aWins + bWins + ties);
        ArgumentOutOfRangeException.ThrowIfZero(n);

        var mean = ((2.0 * bWins) + ties) / n;
        var variance = 4 * WinRates.SquaredDeviations(aWins, bWins, n);

        // Ten standard deviations and some, for skewed shares, leave less than 1e-18 outside.
        var reach = Math.Min(2.0 * n, (10 * Math.Sqrt(variance)) + 40);
        var size = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Min((2.0 * n) + 1, (2 * reach) + 1));
        var offset = 2.0 * n < size ? 0 : (int)Math.Round((mean * n) - (size / 2.0));
        var values = new Complex[size];
        for (var j = 0; j < size; j++)
        {
            values[j] = Characteristic(2 * Math.PI * j / size, (double)aWins / n, (double)ties / n, (double)bWins / n, mean, n, offset);
        }

        FourierTransform.Forward(values);
        var cumulative = new double[size];
        var sum = 0.0;
        for (var k = 0; k < size; k++)
        {
            sum += Math.Max(0, values[k].Real / size);
            cumulative[k] = sum;
        }

        for (var k = 0; k < size; k++)
        {
            cumulative[k] = Math.Min(1, cumulative[k] / sum);
        }

        return new(cumulative, offset, n);
    }

    /// <summary>The smallest score with at least a share <paramref name="p"/> of the distribution at or below it.</summary>
    public double Quantile(double p)
    {
        // Rounding must not push a share that is met exactly to the next score.
        var index = Array.BinarySearch(cumulative, p - 1e-13);
        index = index < 0 ? ~index : index;
        while (index > 0 && cumulative[index - 1] >= p - 1e-13)
        {
            index--;
        }

        return ScoreAt(Math.Min(index, cumulative.Length - 1));
    }

    /// <summary>P(score &lt; value) + P(score = value) / 2.</summary>
    public double MidShareBelow(double value)
    {
        var position = (value * 2 * n) - offset;
        var upTo = (int)Math.Floor(position + 1e-6);
        var below = (int)Math.Ceiling(position - 1e-6) - 1;
        return (Cumulative(below) + Cumulative(upTo)) / 2;
    }

    /// <summary>So many bootstrap replicates of the score, ascending: drawn from the exact distribution, so each costs one look-up.</summary>
    public double[] DrawSorted(int replicates, Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        var times = new int[cumulative.Length];
        var start = new int[256];
        for (int cell = 0, k = 0; cell < start.Length; cell++)
        {
            while (cumulative[k] < cell / 256.0)
            {
                k++;
            }

            start[cell] = k;
        }

        for (var i = 0; i < replicates; i++)
        {
            var u = random.NextDouble();
            var k = start[(int)(u * 256)];
            while (cumulative[k] <= u)
            {
                k++;
            }

            times[k]++;
        }

        var drawn = new double[replicates];
        for (int k = 0, at = 0; k < times.Length; at += times[k++])
        {
            drawn.AsSpan(at, times[k]).Fill(ScoreAt(k));
        }

        return drawn;
    }

    private double ScoreAt(int index) => Math.Clamp((offset + index) / (2.0 * n), 0, 1);

    private double Cumulative(int index) => index < 0 ? 0 : index >= cumulative.Length ? 1 : cumulative[index];

    /// <summary>E exp(i theta (K - offset)) for the sum K of n draws, from the logarithm of one centred draw: no digits are lost for large n.</summary>
    private static Complex Characteristic(double theta, double pa, double pt, double pb, double mean, int n, int offset)
    {
        // Equal angles modulo a full turn; the smaller one keeps the digits.
        theta = theta > Math.PI ? theta - (2 * Math.PI) : theta;
        var (re, im) = Sum(Less(-mean, pa), Less(1 - mean, pt), Less(2 - mean, pb));
        var logModulus = 0.5 * Elementary.Log1P(Math.Max(-1, (2 * re) + (re * re) + (im * im)));
        var angle = Math.Atan2(im, 1 + re);
        return Complex.FromPolarCoordinates(Math.Exp(n * logModulus), (n * angle) + (theta * ((mean * n) - offset)));

        // p (exp(i theta x) - 1)
        (double Re, double Im) Less(double x, double p)
        {
            var sine = Math.Sin(theta * x / 2);
            return (-2 * p * sine * sine, p * Math.Sin(theta * x));
        }

        static (double Re, double Im) Sum((double Re, double Im) a, (double Re, double Im) b, (double Re, double Im) c) =>
            (a.Re + b.Re + c.Re, a.Im + b.Im + c.Im);
    }
}
