using NovaJudge.Pipeline.Statistics.Numerics;

namespace NovaJudge.Pipeline.Statistics;

/// <summary>
/// What judging each pair in both orders reveals of the judge: a verdict that follows the slot instead of the answer.
/// Sources: L. Zheng et al., "Judging LLM-as-a-Judge", arXiv:2306.05685; L. Shi et al., "Judging the Judges", arXiv:2406.07791.
/// </summary>
public sealed record PositionSwap
{
    public required int N { get; init; }

    /// <summary>The share of prompts with the same verdict in both orders.</summary>
    public required double Consistency { get; init; }

    /// <summary>The share of decisive passes won by the answer shown first; 1/2 when the judge ignores the order.</summary>
    public required Finding<double> FirstSlotRate { get; init; }

    /// <summary>Prompts on which whichever answer came first won.</summary>
    public required int PrimacyFlips { get; init; }

    /// <summary>Prompts on which whichever answer came second won.</summary>
    public required int RecencyFlips { get; init; }

    /// <summary>The verdicts after reconciliation: a disagreement of the orders is a tie.</summary>
    public required WinRates Reconciled { get; init; }

    /// <summary>B's score when each pass counts half a prompt.</summary>
    public required double SoftScore { get; init; }

    /// <summary>Over prompts, with divisor n.</summary>
    public required double SoftStandardError { get; init; }

    public required Finding<RaterAgreement> BetweenOrders { get; init; }

    /// <summary>2 * first-slot rate - 1: from -1 (always the second) to 1 (always the first).</summary>
    public Finding<double> PositionBias => FirstSlotRate.Then(rate => (2 * rate) - 1);

    /// <summary>The exact sign test of primacy against recency flips.</summary>
    public double FlipP => SignTest.TwoSided(PrimacyFlips, PrimacyFlips + RecencyFlips);

    /// <summary>Withheld when no prompt was judged in both orders.</summary>
    /// <param name="table">Counts of prompts; rows: verdict with A shown first, columns: with B shown first; each a, b, tie.</param>
    /// <param name="confidence">Of the reconciled intervals.</param>
    public static Finding<PositionSwap> Of(IReadOnlyList<IReadOnlyList<int>> table, double confidence = 0.95)
    {
        ArgumentNullException.ThrowIfNull(table);
        Guard.SameLength(3, table.Count, "Verdicts and rows");
        var agreement = RaterAgreement.Of(table);
        if (!agreement.TryGet(out var between))
        {
            return Finding.Withheld<PositionSwap>("no prompt was judged in both orders");
        }

        int n = 0, first = 0, decisive = 0;
        double sum = 0, squares = 0;
        for (var i = 0; i < 3; i++)
        {
            for (var j = 0; j < 3; j++)
            {
                var count = table[i][j];
                n += count;
                first += count * ((i == 0 ? 1 : 0) + (j == 1 ? 1 : 0));
                decisive += count * ((i < 2 ? 1 : 0) + (j < 2 ? 1 : 0));
                var score = (Score(i) + Score(j)) / 2;
                sum += count * score;
                squares += count * score * score;
            }
        }

        var mean = sum / n;
        return Finding.Of(new PositionSwap
        {
            N = n,
            Consistency = between.Observed,
            FirstSlotRate = decisive > 0 ? Finding.Of((double)first / decisive) : Finding.Withheld<double>("no pass was decisive"),
            PrimacyFlips = table[0][1],
            RecencyFlips = table[1][0],
            Reconciled = WinRates.Of(table[0][0], table[1][1], n - table[0][0] - table[1][1], confidence),
            SoftScore = mean,
            SoftStandardError = Math.Sqrt(Math.Max(0, squares - (sum * mean))) / n,
            BetweenOrders = agreement,
        });
    }

    private static double Score(int verdict) => verdict switch { 0 => 0, 1 => 1, _ => 0.5 };
}
