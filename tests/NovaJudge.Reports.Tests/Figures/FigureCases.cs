using NovaJudge.Pipeline.Metrics;

namespace NovaJudge.Reports.Tests.Figures;

/// <summary>The runs that every figure test draws.</summary>
internal static class FigureCases
{
    private static readonly string Zalgo = string.Concat(Enumerable.Repeat("Z\u0300\u0301\u0302\u0303\u0304\u0305", 12));

    public static IReadOnlyDictionary<string, RunMetrics> All { get; } = new Dictionary<string, RunMetrics>
    {
        ["typical"] = SampleMetrics.Typical,
        ["no ties"] = SampleMetrics.Of(a: 31, b: 29, tie: 0),
        ["ties only"] = SampleMetrics.Of(a: 0, b: 0, tie: 60, disclaimer: "Scored by token-F1 against gold answers; not the Nova judge", label: "demo model", nameA: "First sentence", nameB: "Keyword match"),
        ["only B wins"] = SampleMetrics.Of(a: 0, b: 48, tie: 0),
        ["only A wins"] = SampleMetrics.Of(a: 48, b: 0, tie: 0),
        ["a million prompts"] = SampleMetrics.Of(a: 412_345, b: 999_999, tie: 123_456, inconsistent: 45_678, unscored: 12_345, failed: 23_456),
        ["one prompt"] = SampleMetrics.Of(a: 0, b: 1, tie: 0),
        ["no prompt"] = SampleMetrics.Of(a: 0, b: 0, tie: 0),
        ["nothing scored"] = SampleMetrics.Of(a: 0, b: 0, tie: 0, unscored: 10, failed: 90),
        ["rare errors"] = SampleMetrics.Of(a: 1, b: 19_997, tie: 1, inconsistent: 1, unscored: 1),
        ["long names"] = SampleMetrics.Of(
            a: 74, b: 120, tie: 20, label: "demo model",
            nameA: "an-organisation/a-model-with-a-very-long-name-that-somebody-made-for-a-test-Instruct-GPTQ-Int4-128k-v2.5-2026-11-23",
            nameB: string.Concat(Enumerable.Repeat("W", 5000))),
        ["hostile names"] = SampleMetrics.Of(
            a: 3, b: 9, tie: 0, label: "demo <b>model</b>",
            nameA: "</svg><script>alert(1)</script> & \"quotes\" 'single' \u202egnp.exe\u0000\ud800",
            nameB: "模型-通义千问 الموديل 🤖 " + Zalgo,
            disclaimer: "]]><script>alert(2)</script>\r\n\tNot the Nova judge"),
    };
}
