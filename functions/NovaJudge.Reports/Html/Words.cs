using System.Globalization;
using NovaJudge.Pipeline.Judging;
using NovaJudge.Pipeline.Metrics;
using NovaJudge.Reports.Figures;

namespace NovaJudge.Reports.Html;

/// <summary>Numbers and states as the pages say them.</summary>
internal static class Words
{
    /// <summary><c>2026-11-23 06:00 UTC</c></summary>
    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    /// <summary><c>53.6% to 66.2%</c></summary>
    public static string Range(Estimate estimate) => $"{Numerals.Percent(estimate.Low)} to {Numerals.Percent(estimate.High)}";

    /// <summary><c>61.1% (53.6% to 66.2%)</c></summary>
    public static string With(Estimate estimate) => $"{Numerals.Percent(estimate.Value)} ({Range(estimate)})";

    /// <summary><c>p = 0.032</c>, on one line.</summary>
    public static string P(double p) => FigureText.Glue($"p {(p < 0.001 ? "" : "= ")}{Numerals.PValue(p)}");

    /// <summary>A sentence in which no line ends inside <c>p = 0.032</c>.</summary>
    public static string GlueP(string sentence) => sentence.Replace("(p = ", "(p\u00a0=\u00a0", StringComparison.Ordinal).Replace("(p < ", "(p\u00a0<\u00a0", StringComparison.Ordinal);

    /// <summary>How a run was held against its baseline.</summary>
    public static string Mode(RegressionMode mode) => mode switch
    {
        RegressionMode.Replay => "against its own answers",
        RegressionMode.Repeated => "on the same prompts",
        RegressionMode.Fresh => "on fresh prompts",
        _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, null),
    };

    /// <summary><c>$1.25</c>; small sums with four decimals.</summary>
    public static string Dollars(double dollars) => dollars.ToString(dollars is > 0 and < 0.01 ? "$0.0000" : "$#,##0.00", CultureInfo.InvariantCulture);

    /// <summary>The class of a pill.</summary>
    public static string Tone(GateStatus status) => status switch
    {
        GateStatus.Passed => "good",
        GateStatus.Failed => "bad",
        _ => "neutral",
    };

    /// <summary>A sign beside the word, so that colour is not all there is.</summary>
    public static string Sign(GateStatus status) => status switch
    {
        GateStatus.Passed => "✓",
        GateStatus.Failed => "✗",
        _ => "–",
    };

    /// <summary>The class of a pill for a run's outcome.</summary>
    public static string Lean(string outcome) => outcome switch
    {
        "b_better" => "lean-b",
        "a_better" => "lean-a",
        _ => "neutral",
    };
}
