namespace NovaJudge.Pipeline.Metrics;

/// <param name="Applicable">False for a judge that cannot prefer a position.</param>
/// <param name="Consistency">Share of prompts with two readable passes whose verdicts agree; absent when not applicable or nothing was read.</param>
/// <param name="Consistent">Prompts whose passes agree.</param>
/// <param name="N">Prompts with two readable passes.</param>
/// <param name="Note">Why not applicable, or what to look at.</param>
public sealed record PositionMetrics(bool Applicable, double? Consistency, int Consistent, int N, string? Note)
{
    /// <summary>Share of decisive passes won by the answer shown first: one half when the judge ignores the order. Absent when unknown.</summary>
    public double? FirstSlotRate { get; init; }

    /// <summary>Prompts on which whichever answer came first won.</summary>
    public int? PrimacyFlips { get; init; }

    /// <summary>Prompts on which whichever answer came second won.</summary>
    public int? RecencyFlips { get; init; }

    /// <summary>Exact sign test of the two kinds of flips, two-sided.</summary>
    public double? FlipP { get; init; }
}

/// <summary>Whether longer answers win. Length is counted in characters. It informs, it never decides: a longer answer may be better.</summary>
public sealed record LengthMetrics
{
    /// <summary>Share of decisive prompts with answers of different length that the longer one won; absent without such prompts.</summary>
    public Estimate? LongerWins { get; init; }

    /// <summary>Exact sign test of that share, two-sided.</summary>
    public double? LongerP { get; init; }

    /// <summary>The score B would have if both models answered at the same length; absent when withheld.</summary>
    public Estimate? Controlled { get; init; }

    /// <summary>Whether controlling for length moves the score by more than ten points.</summary>
    public bool? MovesFar { get; init; }

    /// <summary>Mean length of A's judged answers.</summary>
    public double? MeanLengthA { get; init; }

    /// <summary>Mean length of B's judged answers.</summary>
    public double? MeanLengthB { get; init; }

    /// <summary>Why the controlled score is absent.</summary>
    public string? Withheld { get; init; }
}

/// <param name="Status"><c>unrelated</c>, <c>unverified</c> (of one family), <c>unknown</c> or <c>notApplicable</c>.</param>
/// <param name="Judge">The judge's family; absent when unknown or not a model.</param>
/// <param name="Related">The slots of its relatives: <c>a</c>, <c>b</c> or both.</param>
/// <param name="Note">What it means and what to do, in one sentence.</param>
public sealed record FamilyMetrics(string Status, string? Judge, IReadOnlyList<string> Related, string Note);

/// <param name="Shown">Categories of at least 20 scored prompts, the largest first.</param>
/// <param name="TooSmall">How many categories are smaller; they are not shown.</param>
/// <param name="Heterogeneity">Whether the win rate differs between those shown at all; absent when withheld.</param>
/// <param name="Withheld">Why it is absent.</param>
public sealed record SlicesMetrics(IReadOnlyList<SliceMetrics> Shown, int TooSmall, HeterogeneityMetrics? Heterogeneity, string? Withheld);

/// <param name="Name">The category.</param>
/// <param name="N">Scored prompts.</param>
/// <param name="A">Prompts that A won.</param>
/// <param name="B">Prompts that B won.</param>
/// <param name="Ties">Ties, inconsistent prompts among them.</param>
/// <param name="Score">B's score with its interval.</param>
/// <param name="SignTestP">Exact, two-sided.</param>
/// <param name="AdjustedP">The same after Holm's adjustment for the number of categories shown: the one to read.</param>
public sealed record SliceMetrics(string Name, int N, int A, int B, int Ties, Estimate Score, double SignTestP, double AdjustedP);

/// <param name="ChiSquare">Pearson's, of category against winner.</param>
/// <param name="DegreesOfFreedom">Its degrees of freedom.</param>
/// <param name="P">The p-value.</param>
/// <param name="SmallestExpected">The smallest expected count; below 5 the p-value is rough.</param>
public sealed record HeterogeneityMetrics(double ChiSquare, int DegreesOfFreedom, double P, double SmallestExpected);

/// <summary>The judged answers of both models, looked at for attempts to win without answering.</summary>
public sealed record AnswersMetrics(SlotAnswers A, SlotAnswers B);

/// <param name="Judged">Answers that the judge saw.</param>
/// <param name="Empty">Those without text.</param>
/// <param name="MostFrequent">How often the most frequent answer was given.</param>
/// <param name="Constant">Whether one answer was given to more than half of at least ten prompts.</param>
/// <param name="AddressJudge">Answers with a phrase that speaks to a judge and that their prompt does not have.</param>
/// <param name="Example">The first of those phrases and the prompt it was found at.</param>
public sealed record SlotAnswers(int Judged, int Empty, int MostFrequent, bool Constant, int AddressJudge, SuspiciousAnswer? Example);

/// <param name="Id">The prompt.</param>
/// <param name="Phrase">The phrase as the list of phrases has it.</param>
public sealed record SuspiciousAnswer(string Id, string Phrase);
