using NovaJudge.Pipeline.Statistics.Numerics;

namespace NovaJudge.Pipeline.Statistics;

/// <summary>
/// The win rate B would have if both models answered at the same length: logit P(B wins) = b0 + b1 tanh(d / sd(d)), d = length of B - length of A,
/// read at d = 0. Source: Y. Dubois et al., "Length-Controlled AlpacaEval", arXiv:2404.04475; standard errors: H. White, Econometrica 50
/// (1982) 1, summed within clusters when given. It informs, it never decides.
/// </summary>
public sealed record LengthControl
{
    /// <summary>A weak pull of the length effect to 0 (a normal prior of standard deviation 2.5): finite even when length separates all winners.</summary>
    public const double DefaultRidge = 0.16;

    /// <summary>The controlled rate is suspicious when it moves further from the raw one than this.</summary>
    public const double LargeMove = 0.10;

    public required double RawWinRate { get; init; }

    public required double Intercept { get; init; }

    public required double LengthEffect { get; init; }

    public required double WinRate { get; init; }

    /// <summary>Of the intercept, as the model says.</summary>
    public required double ModelStandardError { get; init; }

    /// <summary>Of the intercept, by the sandwich.</summary>
    public required double RobustStandardError { get; init; }

    public required double RobustStandardErrorOfLength { get; init; }

    /// <summary>The share of decisive prompts with answers of different length that the longer answer won.</summary>
    public required Finding<double> PrefersLonger { get; init; }

    /// <summary>Of the win rate, by the delta method.</summary>
    public double WinRateStandardError => RobustStandardError * WinRate * (1 - WinRate);

    public bool MovesFar => Math.Abs(WinRate - RawWinRate) > LargeMove;

    /// <summary>On the logit scale, so it stays within [0, 1].</summary>
    public Interval WinRateInterval(double confidence = 0.95)
    {
        var half = StandardNormal.TwoSided(confidence) * RobustStandardError;
        return new(Elementary.Logistic(Intercept - half), Elementary.Logistic(Intercept + half));
    }

    /// <summary>Withheld when length cannot be told apart from winning: too few prompts, one winner only, or equal differences of length.</summary>
    /// <param name="lengthA">Of each answer of A, in any unit.</param>
    /// <param name="lengthB">Of each answer of B, in the same unit.</param>
    /// <param name="scoreB">1 when B won, 0 when A won, 1/2 for a tie.</param>
    /// <param name="ridge">Penalty on the length effect: half of it times the square is taken from the log-likelihood; 0 for none.</param>
    /// <param name="clusters">The cluster of each prompt from 0 on; empty when prompts are independent.</param>
    public static Finding<LengthControl> Of(
        ReadOnlySpan<double> lengthA,
        ReadOnlySpan<double> lengthB,
        ReadOnlySpan<double> scoreB,
        double ridge = DefaultRidge,
        ReadOnlySpan<int> clusters = default)
    {
        Guard.SameLength(lengthA.Length, lengthB.Length, "Lengths of A and of B");
        Guard.SameLength(lengthA.Length, scoreB.Length, "Lengths and scores");
        if (Spread(lengthA, lengthB) is not { } spread)
        {
            return Finding.Withheld<LengthControl>("all differences of length are equal, so length explains nothing");
        }

        var n = scoreB.Length;
        var x = new double[n];
        double sum = 0;
        int longer = 0, unequal = 0;
        for (var i = 0; i < n; i++)
        {
            var difference = lengthB[i] - lengthA[i];
            x[i] = Math.Tanh(difference / spread);
            sum += scoreB[i];
            if (scoreB[i] != 0.5 && difference != 0)
            {
                unequal++;
                longer += scoreB[i] > 0.5 == difference > 0 ? 1 : 0;
            }
        }

        if (sum <= 0 || sum >= n)
        {
            return Finding.Withheld<LengthControl>("one model won every prompt, whatever the lengths");
        }

        if (LogisticFit.Of(x, scoreB, ridge) is not { } fit)
        {
            return Finding.Withheld<LengthControl>("length separates the winners completely; a ridge penalty would give an answer");
        }

        var (robustIntercept, robustLength) = fit.RobustErrors(x, scoreB, clusters);
        return Finding.Of(new LengthControl
        {
            RawWinRate = sum / n,
            Intercept = fit.Intercept,
            LengthEffect = fit.Slope,
            WinRate = Elementary.Logistic(fit.Intercept),
            ModelStandardError = fit.ModelErrorOfIntercept,
            RobustStandardError = robustIntercept,
            RobustStandardErrorOfLength = robustLength,
            PrefersLonger = unequal > 0
                ? Finding.Of((double)longer / unequal)
                : Finding.Withheld<double>("no decisive prompt has answers of different length"),
        });
    }

    private static double? Spread(ReadOnlySpan<double> lengthA, ReadOnlySpan<double> lengthB)
    {
        var n = lengthA.Length;
        double mean = 0, squares = 0;
        for (var i = 0; i < n; i++)
        {
            mean += (lengthB[i] - lengthA[i]) / n;
        }

        for (var i = 0; i < n; i++)
        {
            var deviation = lengthB[i] - lengthA[i] - mean;
            squares += deviation * deviation;
        }

        return n > 1 && squares > 1e-12 * n * Math.Max(1, mean * mean) ? Math.Sqrt(squares / (n - 1)) : null;
    }
}
