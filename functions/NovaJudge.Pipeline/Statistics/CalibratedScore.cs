using NovaJudge.Pipeline.Statistics.Numerics;

namespace NovaJudge.Pipeline.Statistics;

/// <summary>
/// B's score corrected by human labels on prompts chosen with known, unequal probabilities (inconsistent ones more often): the judge's mean over
/// all prompts plus the weighted mean of what people corrected. Sources: C. E. Saerndal, B. Swensson and J. Wretman, Model Assisted Survey
/// Sampling (1992), section 6.3, the difference estimator; A. N. Angelopoulos et al., arXiv:2311.01453, for the same idea in evaluation.
/// </summary>
public sealed record CalibratedScore
{
    public required double Estimate { get; init; }

    public required double StandardError { get; init; }

    /// <summary>How much the judge is trusted, from 0 (labels only) to 1.</summary>
    public required double Lambda { get; init; }

    public required int N { get; init; }

    public required int Labelled { get; init; }

    /// <summary>Labels as good as so many chosen evenly: (sum of weights)^2 / (sum of squared weights).</summary>
    public required double EffectiveLabels { get; init; }

    /// <summary>With Student's t on effective labels - 1 degrees of freedom, clipped to [0, 1].</summary>
    public Interval Interval(double confidence = 0.95)
    {
        var half = StudentT.TwoSided(confidence, Math.Max(1, EffectiveLabels - 1)) * StandardError;
        return new Interval(Estimate - half, Estimate + half).ClippedTo(0, 1);
    }

    /// <summary>Withheld below two labels.</summary>
    /// <param name="judge">The judge's score of B on every scored prompt: 0, 1/2 or 1.</param>
    /// <param name="labelled">The positions of the labelled prompts.</param>
    /// <param name="labels">The human score of each of those.</param>
    /// <param name="chosenWith">The probability with which each of those was chosen, above 0 and up to 1.</param>
    public static Finding<CalibratedScore> Of(
        ReadOnlySpan<double> judge, ReadOnlySpan<int> labelled, ReadOnlySpan<double> labels, ReadOnlySpan<double> chosenWith)
    {
        Guard.SameLength(labelled.Length, labels.Length, "Labelled positions and labels");
        Guard.SameLength(labelled.Length, chosenWith.Length, "Labelled positions and probabilities");
        var n = labels.Length;
        if (n < 2)
        {
            return Finding.Withheld<CalibratedScore>($"the correction needs two labelled prompts, and there {(n == 1 ? "is one" : "are none")}");
        }

        double sum = 0, squares = 0;
        double[] weights = new double[n], judged = new double[n], corrections = new double[n];
        for (var i = 0; i < n; i++)
        {
            Guard.Positive(chosenWith[i], nameof(chosenWith));
            Guard.Proportion(chosenWith[i], nameof(chosenWith));
            weights[i] = 1 / chosenWith[i];
            judged[i] = judge[labelled[i]];
            sum += weights[i];
            squares += weights[i] * weights[i];
        }

        var spread = Covariance(judged, judged, weights, sum);
        var lambda = spread > 1e-12 ? Math.Clamp(Covariance(labels, judged, weights, sum) / spread, 0, 1) : 0;
        for (var i = 0; i < n; i++)
        {
            corrections[i] = labels[i] - (lambda * judged[i]);
        }

        var all = judge.ToArray();
        var mean = all.Average();
        var correction = Mean(corrections, weights, sum);
        var sampling = 0.0;
        for (var i = 0; i < n; i++)
        {
            // The jackknife: what the mean would move by without this label. Dividing by the whole sum would trust heavy labels too much.
            sampling += Math.Pow(weights[i] * (corrections[i] - correction) / (sum - weights[i]), 2) * (n - 1) / n;
        }

        // Labels that all agree do not prove a judge without fault: never below the error of Bonett and Price (2012) for no disagreement at all.
        var effective = sum * sum / squares;
        sampling = Math.Max(sampling, 2 / ((effective + 2) * (effective + 2)));

        // Prompts are a sample too: the judge's mean over all of them varies, together with what the labels correct.
        var ofJudge = all.Sum(score => (score - mean) * (score - mean)) / all.Length;
        var together = Covariance(judged, corrections, weights, sum);
        var variance = sampling + (((lambda * lambda * ofJudge) + (2 * lambda * together)) / all.Length);
        return Finding.Of(new CalibratedScore
        {
            Estimate = Math.Clamp((lambda * mean) + correction, 0, 1),
            StandardError = Math.Sqrt(Math.Max(sampling, variance)),
            Lambda = lambda,
            N = all.Length,
            Labelled = n,
            EffectiveLabels = effective,
        });
    }

    private static double Mean(ReadOnlySpan<double> values, double[] weights, double sum)
    {
        var total = 0.0;
        for (var i = 0; i < values.Length; i++)
        {
            total += values[i] * weights[i] / sum;
        }

        return total;
    }

    private static double Covariance(ReadOnlySpan<double> x, ReadOnlySpan<double> y, double[] weights, double sum)
    {
        double meanX = Mean(x, weights, sum), meanY = Mean(y, weights, sum), total = 0;
        for (var i = 0; i < x.Length; i++)
        {
            total += weights[i] / sum * (x[i] - meanX) * (y[i] - meanY);
        }

        return total;
    }
}
