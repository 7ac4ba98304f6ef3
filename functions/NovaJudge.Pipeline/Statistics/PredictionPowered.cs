using NovaJudge.Pipeline.Statistics.Numerics;

namespace NovaJudge.Pipeline.Statistics;

/// <summary>
/// A rate measured by a judge on all prompts, corrected by human labels on some: right however bad the judge is, narrower the better it is.
/// Source: A. N. Angelopoulos, J. C. Duchi and T. Zrnic, "PPI++: Efficient Prediction-Powered Inference", arXiv:2311.01453.
/// </summary>
public sealed record PredictionPowered
{
    public required double Estimate { get; init; }

    public required double StandardError { get; init; }

    /// <summary>How much the judge is trusted, from 0 (labels only) to 1.</summary>
    public required double Lambda { get; init; }

    public required int N { get; init; }

    public required int Labelled { get; init; }

    public Interval Interval(double confidence = 0.95)
    {
        var half = StandardNormal.TwoSided(confidence) * StandardError;
        return new(Estimate - half, Estimate + half);
    }

    /// <summary>Labels on a simple random sample of the prompts; withheld below two labelled or two unlabelled prompts.</summary>
    /// <param name="judge">The judge's score of every prompt.</param>
    /// <param name="labelled">The positions of the labelled prompts, each once.</param>
    /// <param name="labels">The human score of each of those.</param>
    public static Finding<PredictionPowered> Of(ReadOnlySpan<double> judge, ReadOnlySpan<int> labelled, ReadOnlySpan<double> labels)
    {
        Guard.SameLength(labelled.Length, labels.Length, "Labelled positions and labels");
        int n = labels.Length, rest = judge.Length - n;
        if (n < 2 || rest < 2)
        {
            return Finding.Withheld<PredictionPowered>($"the correction needs two labelled and two unlabelled prompts, and there are {n} and {Math.Max(0, rest)}");
        }

        var isLabelled = new bool[judge.Length];
        var onLabelled = new double[n];
        for (var i = 0; i < n; i++)
        {
            if (isLabelled[labelled[i]])
            {
                throw new ArgumentException($"Prompt {labelled[i]} is labelled twice.", nameof(labelled));
            }

            isLabelled[labelled[i]] = true;
            onLabelled[i] = judge[labelled[i]];
        }

        var unlabelled = new double[rest];
        for (int i = 0, at = 0; i < judge.Length; i++)
        {
            if (!isLabelled[i])
            {
                unlabelled[at++] = judge[i];
            }
        }

        var (judgeMean, _) = Moments(onLabelled);
        var (_, judgeVariance) = Moments(judge);
        var (labelMean, _) = Moments(labels);
        var covariance = 0.0;
        for (var i = 0; i < n; i++)
        {
            covariance += (labels[i] - labelMean) * (onLabelled[i] - judgeMean) / n;
        }

        // The plug-in of the paper's reference code: covariance on the labelled, variance on all. A constant judge carries no news.
        var lambda = judgeVariance > 0 ? Math.Clamp(covariance / (judgeVariance * (1 + ((double)n / rest))), 0, 1) : 0;
        var corrections = new double[n];
        for (var i = 0; i < n; i++)
        {
            corrections[i] = labels[i] - (lambda * onLabelled[i]);
        }

        var (restMean, restVariance) = Moments(unlabelled);
        var (correction, correctionVariance) = Moments(corrections);
        return Finding.Of(new PredictionPowered
        {
            Estimate = (lambda * restMean) + correction,
            StandardError = Math.Sqrt((correctionVariance / n) + (lambda * lambda * restVariance / rest)),
            Lambda = lambda,
            N = judge.Length,
            Labelled = n,
        });
    }

    private static (double Mean, double Variance) Moments(ReadOnlySpan<double> values)
    {
        double mean = 0, squares = 0;
        foreach (var value in values)
        {
            mean += value / values.Length;
        }

        foreach (var value in values)
        {
            squares += (value - mean) * (value - mean);
        }

        return (mean, squares / (values.Length - 1));
    }
}
