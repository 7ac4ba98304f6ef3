using NovaJudge.Pipeline.Statistics.Numerics;

namespace NovaJudge.Pipeline.Statistics;

/// <summary>
/// A decision that may be looked at after every batch: B or A is better once the confidence sequence of the decisive win rate leaves 1/2 out.
/// If both are equally good that happens with probability at most alpha, ever. Sources as <see cref="RunningSequence"/>.
/// </summary>
public sealed class SequentialDecision(double alpha = 0.05)
{
    private readonly RunningSequence sequence = new(alpha);
    private double wins;
    private double decisive;

    /// <summary>Batches seen.</summary>
    public int Looks { get; private set; }

    /// <summary>The decisive win rate, valid at all looks at once.</summary>
    public Interval Interval => sequence.Interval;

    /// <summary>Valid whenever one stops.</summary>
    public double AnytimeP => sequence.AnytimeP;

    /// <summary><see cref="RunVerdict.Inconclusive"/> until decided; a decision stays.</summary>
    public RunVerdict Verdict { get; private set; } = RunVerdict.Inconclusive;

    /// <summary>Adds a batch of prompts that no earlier batch held, and looks.</summary>
    /// <param name="bWins">Decisive prompts that B won.</param>
    /// <param name="decisivePrompts">Decisive prompts.</param>
    /// <param name="designEffect">Counts are divided by it, rounded towards no difference, as prompts of one cluster repeat each other.</param>
    public RunVerdict Add(int bWins, int decisivePrompts, double designEffect = 1)
    {
        Guard.Successes(bWins, decisivePrompts);
        var effect = Math.Max(1, designEffect);
        Looks++;
        wins += bWins / effect;
        decisive += decisivePrompts / effect;

        // Whole counts on the side of 1/2; what is rounded off now is added later.
        var n = (int)Math.Floor(decisive + 1e-9);
        var b = (int)Math.Clamp(wins * 2 > decisive ? Math.Floor(wins + 1e-9) : Math.Ceiling(wins - 1e-9), 0, n);
        var (addB, addN) = (b - sequence.BWins, n - sequence.N);
        addB = Math.Clamp(addB, 0, Math.Max(0, addN));
        if (addN > 0)
        {
            sequence.Add(addB, addN);
        }

        if (Verdict == RunVerdict.Inconclusive && !sequence.Interval.Contains(0.5))
        {
            Verdict = sequence.Interval.Low > 0.5 ? RunVerdict.BBetter : RunVerdict.ABetter;
        }

        return Verdict;
    }
}
