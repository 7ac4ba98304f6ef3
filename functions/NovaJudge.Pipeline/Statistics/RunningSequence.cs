using NovaJudge.Pipeline.Statistics.Numerics;

namespace NovaJudge.Pipeline.Statistics;

/// <summary>
/// The confidence sequence of a stream of decisive verdicts, looked at after each: the intersection of all intervals so far and the largest e-value
/// against 1/2. Stopping whenever 1/2 drops out errs with probability at most alpha. Sources as <see cref="BetaBinomialSequence"/>.
/// </summary>
public sealed class RunningSequence(double alpha = 0.05, double priorAlpha = 1, double priorBeta = 1)
{
    public int N { get; private set; }

    public int BWins { get; private set; }

    /// <summary>The e-value against 1/2 now.</summary>
    public double E { get; private set; } = 1;

    public double LargestE { get; private set; } = 1;

    /// <summary>All rates never excluded; once empty (the rate must have changed), the last interval that was not.</summary>
    public Interval Interval { get; private set; } = Interval.Unit;

    /// <summary>Whether the looks contradict each other: no single rate explains them all.</summary>
    public bool IsContradictory { get; private set; }

    /// <summary>The number of verdicts at which 1/2 first dropped out; null while it has not.</summary>
    public int? FirstExcludingHalf { get; private set; }

    /// <summary>1 / largest e-value.</summary>
    public double AnytimeP => Math.Min(1, 1 / LargestE);

    public void Add(bool bWins) => Add(bWins ? 1 : 0, 1);

    /// <summary>Adds a batch of verdicts and looks once.</summary>
    public void Add(int bWins, int decisive)
    {
        Guard.Successes(bWins, decisive);
        N = checked(N + decisive);
        BWins += bWins;
        E = BetaBinomialSequence.E(BWins, N, 0.5, priorAlpha, priorBeta);
        LargestE = Math.Max(LargestE, E);
        if (IsContradictory || !(Excluded(Interval.Low) || Excluded(Interval.High)))
        {
            return;
        }

        var now = BetaBinomialSequence.Of(BWins, N, alpha, priorAlpha, priorBeta);
        var common = new Interval(Math.Max(Interval.Low, now.Low), Math.Min(Interval.High, now.High));
        IsContradictory = common.Low > common.High;
        Interval = IsContradictory ? Interval : common;
        FirstExcludingHalf ??= Interval.Contains(0.5) ? null : N;
    }

    /// <summary>An interval both of whose ends stay possible stays as it is: the possible rates have no gaps.</summary>
    private bool Excluded(double rate) => BetaBinomialSequence.LogE(BWins, N, rate, priorAlpha, priorBeta) >= -Math.Log(alpha);
}
