using NovaJudge.Pipeline.Metrics;

namespace NovaJudge.Reports.Figures;

/// <summary>What the figure shows of a run: texts made safe to draw, numbers that are numbers.</summary>
/// <remarks>Two units live side by side and are always named: prompts (our own analysis) and passes (the judge's own counts).</remarks>
internal sealed class FigureData(RunMetrics metrics)
{
    public RunMetrics Metrics => metrics;

    public string NameA { get; } = FigureText.Clean(metrics.Models.A.Name);

    public string NameB { get; } = FigureText.Clean(metrics.Models.B.Name);

    public OutcomeMetrics Outcomes => metrics.Outcomes;

    /// <summary>Prompts without a verdict.</summary>
    public int WithoutVerdict => Outcomes.Unscored + Outcomes.GenerationFailed + Outcomes.TooLongForJudge;

    public double PassesA { get; } = Finite(metrics.Nova.AScores);

    public double PassesB { get; } = Finite(metrics.Nova.BScores);

    public double PassTies { get; } = Finite(metrics.Nova.Ties);

    public double PassErrors { get; } = Finite(metrics.Nova.InferenceError);

    public double Passes => PassesA + PassesB + PassTies + PassErrors;

    public Estimate? Score { get; } = Drawable(metrics.Analysis.Score);

    public Estimate? WinRate { get; } = Drawable(metrics.Analysis.WinRate);

    /// <summary>The judge's own rate with its own bounds; absent when it gave none.</summary>
    public Estimate? JudgeWinRate { get; } = metrics.Nova is { WinRate: { } rate } nova
        ? Drawable(new Estimate(rate, nova.LowerRate ?? rate, nova.UpperRate ?? rate, 0.95, "as reported by the judge", (int)Math.Min(int.MaxValue, Finite(nova.AScores) + Finite(nova.BScores))))
        : null;

    /// <summary>
    /// The verdict's sentence for lines of a width: model names that would push everything else out are cut,
    /// and neither a name nor the numbers in parentheses break over two lines.
    /// </summary>
    public string Sentence(float lineWidth, float size, FontWeight weight)
    {
        var longestName = lineWidth * 0.36f;
        var sentence = metrics.Verdict.Sentence;
        foreach (var (name, clean) in new[] { (metrics.Models.A.Name, NameA), (metrics.Models.B.Name, NameB) })
        {
            if (name.Length > 0)
            {
                sentence = sentence.Replace(name, FigureFont.Fit(clean, longestName, size, weight), StringComparison.Ordinal);
            }
        }

        sentence = FigureText.Clean(sentence);
        foreach (var name in new[] { NameA, NameB })
        {
            if (name.Length > 0)
            {
                var shown = FigureFont.Fit(name, longestName, size, weight);
                sentence = sentence.Replace(shown, FigureText.Glue(shown), StringComparison.Ordinal);
            }
        }

        var numbers = sentence.LastIndexOf(" (", StringComparison.Ordinal) + 1;
        return numbers > 0 && FigureFont.Measure(sentence[numbers..], size, weight) < lineWidth
            ? sentence[..numbers] + FigureText.Glue(sentence[numbers..])
            : sentence;
    }

    private static double Finite(double count) => double.IsFinite(count) && count > 0 ? count : 0;

    private static Estimate? Drawable(Estimate? estimate) => estimate is null || !double.IsFinite(estimate.Value)
        ? null
        : estimate with
        {
            Value = Math.Clamp(estimate.Value, 0, 1),
            Low = double.IsFinite(estimate.Low) ? Math.Clamp(estimate.Low, 0, 1) : 0,
            High = double.IsFinite(estimate.High) ? Math.Clamp(estimate.High, 0, 1) : 1,
        };
}
