using System.Globalization;

namespace NovaJudge.Pipeline.Statistics;

/// <summary>A verdict and its reason in one sentence, with the models' names.</summary>
public static class VerdictSentence
{
    public static string Of(Decision decision, DecisionInput input, string nameA, string nameB)
    {
        ArgumentNullException.ThrowIfNull(decision);
        ArgumentNullException.ThrowIfNull(input);
        var counts = input.Counts;
        if (decision.Reason == VerdictReason.TooManyErrors)
        {
            return $"Inconclusive (too many errors): {counts.WithoutVerdict} of {counts.Total} prompts have no verdict "
                + $"({counts.GenerationFailed} failed generations, {counts.Unscored} unscored, {counts.TooLongForJudge} too long for the judge), "
                + $"and at most {Percent(input.Rule.MaxErrorRate)} may.";
        }

        if (!input.Score.TryGet(out var score) || !input.Interval.TryGet(out var interval) || !input.EquivalenceInterval.TryGet(out var narrow))
        {
            return $"Inconclusive: {(counts.Scored == 0 ? "no prompt was" : "only one prompt was")} scored.";
        }

        return decision switch
        {
            { Verdict: RunVerdict.BBetter } => $"{nameB} answers better than {nameA} ({Figures(score, interval, counts)}).",
            { Verdict: RunVerdict.ABetter } => $"{nameA} answers better than {nameB} ({Figures(1 - score, interval.Mirrored(), counts)}).",
            { Verdict: RunVerdict.Equivalent } =>
                $"{nameB} and {nameA} answer equally well: {nameB}'s score lies within {Format(input.Rule.EquivalenceMargin * 100, "0.#")} points of 50% "
                + $"({Figures(score, narrow, counts)}).",
            { Reason: VerdictReason.SignTestUndecided } =>
                $"Inconclusive: {nameB} scores {Figures(score, interval, counts)}, but {Wins(input.Signs)} among so few decisive prompts happens by chance too often "
                + $"(sign test p {P(input.SignTestP)}).",
            _ => $"Inconclusive: {nameB} scores {Figures(score, interval, counts)}, which leaves both models possible.",
        };
    }

    private static string Figures(double score, Interval interval, OutcomeCounts counts) =>
        $"{Format(score * 100, "0")}%, {Range(interval)}, {counts.Decisive} of {counts.Scored} prompts decisive";

    private static string Wins((int A, int B) signs) => $"{Math.Max(signs.A, signs.B)} to {Math.Min(signs.A, signs.B)}";

    /// <summary>Whole percents, or a decimal where rounding would put an end on 50% that is not there.</summary>
    private static string Range(Interval interval)
    {
        var format = Misleads(interval.Low) || Misleads(interval.High) ? "0.0" : "0";
        return $"{Format(interval.Low * 100, format)}–{Format(interval.High * 100, format)}%";
    }

    private static bool Misleads(double end) => end != 0.5 && Math.Round(end * 100) == 50;

    private static string Percent(double share) => Format(share * 100, "0.#") + "%";

    private static string P(double p) => p < 0.001 ? "< 0.001" : "= " + Format(p, "0.000");

    private static string Format(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
