using NovaJudge.Pipeline.Statistics.Numerics;

namespace NovaJudge.Pipeline.Statistics;

/// <summary>
/// The mean difference of two scores on the same prompts (candidate minus baseline). Sources: Student, Biometrika 6 (1908) 1;
/// clusters as in <see cref="ClusterRobust"/>; Welch: B. L. Welch, Biometrika 34 (1947) 28.
/// </summary>
public sealed record PairedDifference
{
    public required int N { get; init; }

    public required double Mean { get; init; }

    public required double StandardError { get; init; }

    /// <summary>Withheld when all differences are equal, like its p-value.</summary>
    public required Finding<double> T { get; init; }

    /// <summary>Pearson's correlation of the two scores over prompts: what pairing gains. Withheld when either does not vary.</summary>
    public required Finding<double> Correlation { get; init; }

    /// <summary>What the standard error would be if the scores came from different prompts.</summary>
    public required double StandardErrorUnpaired { get; init; }

    /// <summary>Two-sided, not using the pairs; withheld when neither score varies.</summary>
    public required Finding<double> PWelch { get; init; }

    public Finding<double> P
    {
        get
        {
            var n = N;
            return T.Then(t => StudentT.TwoSidedP(t, n - 1));
        }
    }

    public Interval TInterval(double confidence = 0.95)
    {
        var half = StudentT.TwoSided(confidence, N - 1) * StandardError;
        return new(Mean - half, Mean + half);
    }

    /// <summary>Withheld below two prompts.</summary>
    public static Finding<PairedDifference> Of(ReadOnlySpan<double> baseline, ReadOnlySpan<double> candidate)
    {
        Guard.SameLength(baseline.Length, candidate.Length, "Baseline and candidate scores");
        var n = baseline.Length;
        if (n < 2)
        {
            return Finding.Withheld<PairedDifference>($"a paired difference needs at least two prompts, and there {(n == 1 ? "is one" : "are none")}");
        }

        double mean1 = 0, mean2 = 0;
        for (var i = 0; i < n; i++)
        {
            mean1 += baseline[i];
            mean2 += candidate[i];
        }

        mean1 /= n;
        mean2 /= n;
        double square1 = 0, square2 = 0, product = 0, squareD = 0;
        for (var i = 0; i < n; i++)
        {
            double d1 = baseline[i] - mean1, d2 = candidate[i] - mean2, d = d2 - d1;
            square1 += d1 * d1;
            square2 += d2 * d2;
            product += d1 * d2;
            squareD += d * d;
        }

        var mean = mean2 - mean1;
        double variance1 = square1 / (n - 1), variance2 = square2 / (n - 1);
        var error = Math.Sqrt(squareD / (n - 1) / n);
        return Finding.Of(new PairedDifference
        {
            N = n,
            Mean = mean,
            StandardError = error,
            T = error > 0 ? Finding.Of(mean / error) : Finding.Withheld<double>("all differences are equal"),
            Correlation = square1 > 0 && square2 > 0
                ? Finding.Of(product / Math.Sqrt(square1 * square2))
                : Finding.Withheld<double>("one of the two scores does not vary"),
            StandardErrorUnpaired = Math.Sqrt((variance1 + variance2) / n),
            PWelch = WelchTest.P(mean1, variance1, n, mean2, variance2, n),
        });
    }

    /// <summary>The differences, for <see cref="ClusterRobust"/> and <see cref="SignFlipTest"/>.</summary>
    public static double[] Differences(ReadOnlySpan<double> baseline, ReadOnlySpan<double> candidate)
    {
        Guard.SameLength(baseline.Length, candidate.Length, "Baseline and candidate scores");
        var differences = new double[baseline.Length];
        for (var i = 0; i < differences.Length; i++)
        {
            differences[i] = candidate[i] - baseline[i];
        }

        return differences;
    }
}
