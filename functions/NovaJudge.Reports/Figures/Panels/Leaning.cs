using NovaJudge.Pipeline.Metrics;

namespace NovaJudge.Reports.Figures.Panels;

/// <summary>Which model an interval speaks for: only one that leaves 0.5 out takes a model's colour.</summary>
internal static class Leaning
{
    public static Ink Of(Estimate estimate, Ink undecided) => estimate switch
    {
        { Low: > 0.5 } => Ink.B,
        { High: < 0.5 } => Ink.A,
        _ => undecided,
    };
}
