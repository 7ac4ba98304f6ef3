using System.Globalization;
using NovaJudge.Pipeline.Metrics;

namespace NovaJudge.Reports.Figures;

/// <summary>The figure in words, for those who cannot see it.</summary>
internal static class AlternativeText
{
    public static string Of(FigureData data)
    {
        var outcomes = data.Outcomes;
        return string.Join(' ', Sentences());

        IEnumerable<string> Sentences()
        {
            yield return $"Six panels comparing model A, {Named(data.NameA, data.Metrics.Models.A)}, with model B, {Named(data.NameB, data.Metrics.Models.B)}.";
            yield return Ended(data.Metrics.Verdict.Sentence);
            yield return data.Score is { } score
                ? $"B's score is {Numerals.Rate(score.Value)} ({Level(score)} interval {Numerals.Rate(score.Low)} to {Numerals.Rate(score.High)}; 0.5 means no preference)."
                : "No prompt has a verdict, so there is no score.";
            yield return $"Of {Numerals.Of(outcomes.Total, "prompt")}, B won {Numerals.Count(outcomes.B)}, A won {Numerals.Count(outcomes.A)}, "
                + $"{Numerals.Count(outcomes.Tie)} tied, {Numerals.Count(outcomes.Inconsistent)} were judged inconsistently and {Numerals.Count(data.WithoutVerdict)} have no verdict.";
            yield return $"The judge's own counts over {Numerals.Of(data.Passes, "pass", "passes")}: A {Numerals.Count(data.PassesA)}, B {Numerals.Count(data.PassesB)}, "
                + $"ties {Numerals.Count(data.PassTies)}, errors {Numerals.Count(data.PassErrors)}.";
            if (data.Metrics.Judge.Disclaimer is { Length: > 0 } disclaimer)
            {
                yield return Ended(disclaimer);
            }
        }
    }

    /// <summary>The text as a sentence, with its full stop.</summary>
    public static string Ended(string text) => FigureText.Clean(text) is var clean && clean.EndsWith('.') ? clean : clean + ".";

    public static string Level(Estimate estimate) =>
        (estimate.Confidence * 100).ToString("0.##", CultureInfo.InvariantCulture) + "%";

    private static string Named(string name, ModelDescription model) =>
        model.Label is { Length: > 0 } label ? $"{name} ({FigureText.Clean(label)})" : name;
}
