namespace NovaJudge.Reports.Figures.Panels;

/// <summary>One part of a whole that a panel shows.</summary>
/// <remarks>A class, not a tuple: code for lists of values of our own is compiled when it first runs, and the first figure of a process waits for that.</remarks>
internal sealed record Part(string Label, double Count, Ink Ink);
