using NovaJudge.Pipeline.Statistics.Numerics;

namespace NovaJudge.Pipeline.Statistics;

/// <summary>
/// The true share of yes behind a judge with known error rates: (p + specificity - 1) / (sensitivity + specificity - 1).
/// Source: W. J. Rogan and B. Gladen, American Journal of Epidemiology 107 (1978) 71; interval by the delta method, roughest for poor judges.
/// </summary>
public sealed record RoganGladen
{
    /// <summary>Clipped to [0, 1].</summary>
    public required double Estimate { get; init; }

    public required double Sensitivity { get; init; }

    public required double Specificity { get; init; }

    public required Interval Interval { get; init; }

    /// <summary>Withheld when the labels lack a class or the judge is no better than chance.</summary>
    /// <param name="judge">The judge's yes or no on every prompt.</param>
    /// <param name="labelled">The positions of the labelled prompts.</param>
    /// <param name="labels">The true yes or no of each of those.</param>
    /// <param name="confidence">Of the interval.</param>
    public static Finding<RoganGladen> Of(ReadOnlySpan<bool> judge, ReadOnlySpan<int> labelled, ReadOnlySpan<bool> labels, double confidence = 0.95)
    {
        Guard.SameLength(labelled.Length, labels.Length, "Labelled positions and labels");
        int positives = 0, negatives = 0, truePositives = 0, trueNegatives = 0;
        for (var i = 0; i < labels.Length; i++)
        {
            var said = judge[labelled[i]];
            positives += labels[i] ? 1 : 0;
            negatives += labels[i] ? 0 : 1;
            truePositives += labels[i] && said ? 1 : 0;
            trueNegatives += !labels[i] && !said ? 1 : 0;
        }

        if (positives == 0 || negatives == 0)
        {
            return Finding.Withheld<RoganGladen>($"the labels need both classes, and hold {positives} yes and {negatives} no");
        }

        double sensitivity = (double)truePositives / positives, specificity = (double)trueNegatives / negatives;
        var youden = sensitivity + specificity - 1;
        if (youden <= 0)
        {
            return Finding.Withheld<RoganGladen>("the judge agrees with the labels no better than chance");
        }

        var n = judge.Length;
        var p = (double)judge.Count(true) / n;
        var estimate = (p + specificity - 1) / youden;
        var variance = (p * (1 - p) / n)
            + (estimate * estimate * sensitivity * (1 - sensitivity) / positives)
            + ((1 - estimate) * (1 - estimate) * specificity * (1 - specificity) / negatives);
        var half = StandardNormal.TwoSided(confidence) * Math.Sqrt(variance) / youden;
        return Finding.Of(new RoganGladen
        {
            Estimate = Math.Clamp(estimate, 0, 1),
            Sensitivity = sensitivity,
            Specificity = specificity,
            Interval = new Interval(estimate - half, estimate + half).ClippedTo(0, 1),
        });
    }
}
