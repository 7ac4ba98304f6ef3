using NovaJudge.Pipeline.Judging;
using NovaJudge.Pipeline.Judging.Reconciling;
using NovaJudge.Pipeline.Runs;
using NovaJudge.Pipeline.Statistics;

namespace NovaJudge.Pipeline.Metrics;

/// <summary>Whether the judge follows the place or the length of an answer instead of its content.</summary>
internal static class BiasPanel
{
    public static PositionMetrics Position(ScoredPrompts prompts, VerdictSource source, JudgeSettings judge)
    {
        if (judge.Kind.StartsWith("embedded:", StringComparison.Ordinal))
        {
            return new PositionMetrics(false, null, 0, 0, "This judge scores each answer by itself, so it cannot prefer a position.");
        }

        if (source == VerdictSource.RowScores)
        {
            // Counts of wins tell that two passes disagree, but not which one said what.
            var counts = prompts.ToCounts();
            var agreeing = counts.Scored - counts.Inconsistent;
            return new PositionMetrics(true, counts.Scored == 0 ? null : (double)agreeing / counts.Scored, agreeing, counts.Scored,
                "Read from counts of wins, which do not say which pass said what.");
        }

        if (!PositionSwap.Of(prompts.Passes).TryGet(out var swap))
        {
            return new PositionMetrics(true, null, 0, 0, "No prompt has two readable passes.");
        }

        var disagreeing = prompts.Count(PromptOutcome.Inconsistent);
        return new PositionMetrics(true, swap.Consistency, swap.N - disagreeing, swap.N, null)
        {
            FirstSlotRate = swap.FirstSlotRate.OrNull(),
            PrimacyFlips = swap.PrimacyFlips,
            RecencyFlips = swap.RecencyFlips,
            FlipP = swap.PrimacyFlips + swap.RecencyFlips == 0 ? null : swap.FlipP,
        };
    }

    public static LengthMetrics? Length(ScoredPrompts prompts, double confidence)
    {
        var n = prompts.Scores.Length;
        if (n == 0)
        {
            return null;
        }

        double[] lengthA = new double[n], lengthB = new double[n];
        double sumA = 0, sumB = 0;
        int longer = 0, unequal = 0;
        for (var i = 0; i < n; i++)
        {
            (lengthA[i], lengthB[i]) = (prompts.LengthsA[i], prompts.LengthsB[i]);
            sumA += lengthA[i];
            sumB += lengthB[i];
            if (prompts.Scores[i] != 0.5 && lengthA[i] != lengthB[i])
            {
                unequal++;
                longer += (prompts.Scores[i] == 1) == (lengthB[i] > lengthA[i]) ? 1 : 0;
            }
        }

        var control = LengthControl.Of(lengthA, lengthB, prompts.Scores, clusters: prompts.Clusters);
        return new LengthMetrics
        {
            LongerWins = Estimates.OfShare(longer, unequal, confidence),
            LongerP = unequal == 0 ? null : SignTest.TwoSided(longer, unequal),
            Controlled = control.TryGet(out var found) ? Controlled(found, n, confidence) : null,
            MovesFar = found?.MovesFar,
            MeanLengthA = sumA / n,
            MeanLengthB = sumB / n,
            Withheld = control.WithheldBecause,
        };
    }

    private static Estimate Controlled(LengthControl control, int n, double confidence)
    {
        var interval = control.WinRateInterval(confidence);
        return new Estimate(control.WinRate, interval.Low, interval.High, confidence, "logistic regression at equal length", n);
    }
}
