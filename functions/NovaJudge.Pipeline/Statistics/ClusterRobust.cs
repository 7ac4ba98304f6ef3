using NovaJudge.Pipeline.Statistics.Numerics;

namespace NovaJudge.Pipeline.Statistics;

/// <summary>
/// The mean of scores that come in clusters (questions of one article), with standard errors that allow any dependence inside a cluster.
/// Sources: K.-Y. Liang and S. L. Zeger, Biometrika 73 (1986) 13; E. Miller, "Adding Error Bars to Evals", arXiv:2411.00640, appendix A;
/// the factor C/(C-1) as in Inspect AI; t with C - 1 degrees of freedom: A. C. Cameron and D. L. Miller, J. Human Resources 50 (2015) 317.
/// </summary>
public sealed record ClusterRobust
{
    /// <summary>Below so many clusters their standard error is itself too uncertain to show.</summary>
    public const int FewestClusters = 10;

    public required double Mean { get; init; }

    public required int N { get; init; }

    public required int Clusters { get; init; }

    /// <summary>As if all scores were independent (divisor n - 1).</summary>
    public required double StandardErrorIndependent { get; init; }

    /// <summary>CR0: the root of the summed squares of cluster totals of (s - mean), over n.</summary>
    public required double StandardErrorCr0 { get; init; }

    /// <summary>CR0 corrected for few clusters by C/(C-1): the one to use.</summary>
    public required double StandardError { get; init; }

    /// <summary>Variance with clusters over variance without: so many prompts carry the news of one independent prompt.</summary>
    public required Finding<double> DesignEffect { get; init; }

    /// <summary>The intraclass correlation by one-way analysis of variance; negative values are possible and kept.</summary>
    public required Finding<double> IntraclassCorrelation { get; init; }

    /// <summary>Withheld below two scores or two clusters.</summary>
    public static Finding<ClusterRobust> Of(ReadOnlySpan<double> scores, IReadOnlyList<string?> clusters)
    {
        var labels = ClusterLabels.Of(clusters);
        return Of(scores, labels.Ordinals, labels.Names.Count);
    }

    /// <param name="scores">One per scored prompt.</param>
    /// <param name="clusters">The cluster of each, from 0 to <paramref name="clusterCount"/> - 1; an ordinal nobody uses is no cluster.</param>
    /// <param name="clusterCount">One more than the largest ordinal.</param>
    public static Finding<ClusterRobust> Of(ReadOnlySpan<double> scores, ReadOnlySpan<int> clusters, int clusterCount)
    {
        Guard.SameLength(scores.Length, clusters.Length, "Scores and clusters");
        var sums = new double[clusterCount];
        var sizes = new int[clusterCount];
        var total = 0.0;
        for (var i = 0; i < scores.Length; i++)
        {
            sums[clusters[i]] += scores[i];
            sizes[clusters[i]]++;
            total += scores[i];
        }

        var used = sizes.Count(size => size > 0);
        if (used < 2)
        {
            return Finding.Withheld<ClusterRobust>($"a spread between clusters needs at least two, and there {(used == 1 ? "is one" : "are none")}");
        }

        var n = scores.Length;
        var mean = total / n;
        var squares = 0.0;
        foreach (var score in scores)
        {
            squares += (score - mean) * (score - mean);
        }

        double between = 0, betweenMeans = 0, squaredSizes = 0;
        for (var c = 0; c < clusterCount; c++)
        {
            if (sizes[c] > 0)
            {
                var deviation = sums[c] - (sizes[c] * mean);
                between += deviation * deviation;
                betweenMeans += deviation * deviation / sizes[c];
                squaredSizes += (double)sizes[c] * sizes[c];
            }
        }

        var independent = squares / n / (n - 1);
        var clustered = between / n / n * used / (used - 1);
        return Finding.Of(new ClusterRobust
        {
            Mean = mean,
            N = n,
            Clusters = used,
            StandardErrorIndependent = Math.Sqrt(independent),
            StandardErrorCr0 = Math.Sqrt(between) / n,
            StandardError = Math.Sqrt(clustered),
            DesignEffect = independent > 0 ? Finding.Of(clustered / independent) : Finding.Withheld<double>("all scores are equal"),
            IntraclassCorrelation = Correlation(squares, betweenMeans, squaredSizes, n, used),
        });
    }

    /// <summary>Two-sided, of a mean of zero (for differences), with t on C - 1 degrees of freedom; withheld without any spread.</summary>
    public Finding<double> P => StandardError > 0
        ? Finding.Of(StudentT.TwoSidedP(Mean / StandardError, Clusters - 1))
        : Finding.Withheld<double>("the clusters do not differ at all, so their spread says nothing of the uncertainty");

    /// <summary>Mean -+ t * standard error, whatever the number of clusters: see <see cref="ReportedInterval"/> before showing it.</summary>
    public Interval TInterval(double confidence = 0.95)
    {
        var half = StudentT.TwoSided(confidence, Clusters - 1) * StandardError;
        return new(Mean - half, Mean + half);
    }

    /// <summary>The t interval clipped to [0, 1]; withheld below <see cref="FewestClusters"/> clusters or without any spread.</summary>
    public Finding<Interval> ReportedInterval(double confidence = 0.95)
    {
        if (Clusters < FewestClusters)
        {
            return Finding.Withheld<Interval>($"there are {Clusters} clusters, and below {FewestClusters} their standard error cannot be trusted");
        }

        return StandardError > 0
            ? Finding.Of(TInterval(confidence).ClippedTo(0, 1))
            : Finding.Withheld<Interval>("the clusters do not differ at all, so their spread says nothing of the uncertainty");
    }

    private static Finding<double> Correlation(double squares, double betweenMeans, double squaredSizes, int n, int clusters)
    {
        if (n == clusters)
        {
            return Finding.Withheld<double>("every cluster holds a single prompt");
        }

        var msBetween = betweenMeans / (clusters - 1);
        var msWithin = Math.Max(0, squares - betweenMeans) / (n - clusters);
        var size = (n - (squaredSizes / n)) / (clusters - 1);
        var whole = msBetween + ((size - 1) * msWithin);
        return whole > 0 ? Finding.Of((msBetween - msWithin) / whole) : Finding.Withheld<double>("all scores are equal");
    }
}
