using NovaJudge.Pipeline.Statistics.Numerics;

namespace NovaJudge.Pipeline.Statistics;

/// <summary>
/// How far two raters agree beyond chance, from a square table of counts (rows: first rater, columns: second). Sources: J. Cohen, Educ. Psychol.
/// Meas. 20 (1960) 37; standard errors: J. L. Fleiss, J. Cohen and B. S. Everitt, Psychol. Bull. 72 (1969) 323; weights: J. Cohen, Psychol. Bull.
/// 70 (1968) 213; W. A. Scott, Public Opinion Quarterly 19 (1955) 321; K. L. Gwet, Br. J. Math. Stat. Psychol. 61 (2008) 29;
/// T. Byrt, J. Bishop and J. B. Carlin, J. Clin. Epidemiol. 46 (1993) 423.
/// </summary>
public sealed record RaterAgreement
{
    private const string OneCategory = "both raters used one and the same category throughout, so chance explains everything";

    /// <summary>The share of items on which the raters agree.</summary>
    public required double Observed { get; init; }

    public required Finding<double> Kappa { get; init; }

    /// <summary>Of kappa, for its interval.</summary>
    public required Finding<double> StandardError { get; init; }

    /// <summary>Of kappa if the raters were independent, for its test.</summary>
    public required Finding<double> StandardErrorNull { get; init; }

    /// <summary>Kappa with linear weights, for ordered categories.</summary>
    public required Finding<double> KappaLinear { get; init; }

    public required Finding<double> KappaQuadratic { get; init; }

    public required Finding<double> ScottPi { get; init; }

    /// <summary>Stays meaningful when nearly all items are of one category.</summary>
    public required Finding<double> GwetAc1 { get; init; }

    /// <summary>Prevalence- and bias-adjusted kappa: (k p_o - 1) / (k - 1).</summary>
    public required double Pabak { get; init; }

    public Finding<double> Z => StandardErrorNull.TryGet(out var error) && error > 0
        ? Kappa.Then(kappa => kappa / error)
        : Finding.Withheld<double>(StandardErrorNull.WithheldBecause ?? "chance agreement does not vary");

    public Finding<Interval> KappaInterval(double confidence = 0.95)
    {
        var z = StandardNormal.TwoSided(confidence);
        return StandardError.TryGet(out var error)
            ? Kappa.Then(kappa => new Interval(kappa - (z * error), kappa + (z * error)))
            : Finding.Withheld<Interval>(StandardError.WithheldBecause!);
    }

    /// <summary>Withheld when the table is empty or has fewer than two categories.</summary>
    public static Finding<RaterAgreement> Of(IReadOnlyList<IReadOnlyList<int>> table)
    {
        ArgumentNullException.ThrowIfNull(table);
        return Of([.. table.Select(row => row.Select(count => (double)count).ToArray())], items: null);
    }

    /// <summary>
    /// From a sample that chose some items more often than others: each counts by its weight, and the standard errors by the effective number
    /// of items, (sum of weights)^2 / (sum of squared weights). Source: L. Kish, Survey Sampling (1965), section 11.7.
    /// </summary>
    /// <param name="first">The first rater's category of each item, from 0 on.</param>
    /// <param name="second">The second rater's.</param>
    /// <param name="weights">One over the probability that the item was chosen.</param>
    /// <param name="categories">How many there are.</param>
    public static Finding<RaterAgreement> OfWeighted(ReadOnlySpan<int> first, ReadOnlySpan<int> second, ReadOnlySpan<double> weights, int categories)
    {
        Guard.SameLength(first.Length, second.Length, "Ratings of the first and the second rater");
        Guard.SameLength(first.Length, weights.Length, "Ratings and weights");
        var table = Enumerable.Range(0, categories).Select(_ => new double[categories]).ToArray();
        double sum = 0, squares = 0;
        for (var i = 0; i < first.Length; i++)
        {
            Guard.Positive(weights[i], nameof(weights));
            table[first[i]][second[i]] += weights[i];
            sum += weights[i];
            squares += weights[i] * weights[i];
        }

        return Of(table, squares > 0 ? sum * sum / squares : 0);
    }

    private static Finding<RaterAgreement> Of(double[][] table, double? items)
    {
        var k = table.Length;
        double[] rows = new double[k], columns = new double[k];
        var n = 0.0;
        for (var i = 0; i < k; i++)
        {
            Guard.SameLength(k, table[i].Length, $"Categories and columns of row {i}");
            for (var j = 0; j < k; j++)
            {
                ArgumentOutOfRangeException.ThrowIfNegative(table[i][j], nameof(table));
                rows[i] += table[i][j];
                columns[j] += table[i][j];
                n += table[i][j];
            }
        }

        if (n == 0 || k < 2)
        {
            return Finding.Withheld<RaterAgreement>(n == 0 ? "no item was rated twice" : "there is only one category");
        }

        for (var i = 0; i < k; i++)
        {
            rows[i] /= n;
            columns[i] /= n;
        }

        var size = items ?? n;
        var observed = Weighted((i, j) => i == j ? 1 : 0, expected: false);
        var chance = Weighted((i, j) => i == j ? 1 : 0, expected: true);
        var kappa = BeyondChance(observed, chance);
        var pooled = rows.Zip(columns, (r, c) => (r + c) / 2).ToArray();
        var squares = pooled.Sum(p => p * p);
        return Finding.Of(new RaterAgreement
        {
            Observed = observed,
            Kappa = kappa,
            StandardError = kappa.Then(value => Math.Sqrt(Math.Max(0, Variance(value)))),
            StandardErrorNull = kappa.Then(_ => Math.Sqrt(Math.Max(0, NullVariance()))),
            KappaLinear = WeightedKappa(Math.Abs),
            KappaQuadratic = WeightedKappa(d => d * d),
            ScottPi = BeyondChance(observed, squares),
            GwetAc1 = BeyondChance(observed, (1 - squares) / (k - 1)),
            Pabak = ((k * observed) - 1) / (k - 1),
        });

        double Weighted(Func<int, int, double> weight, bool expected)
        {
            var sum = 0.0;
            for (var i = 0; i < k; i++)
            {
                for (var j = 0; j < k; j++)
                {
                    sum += weight(i, j) * (expected ? rows[i] * columns[j] : table[i][j] / n);
                }
            }

            return sum;
        }

        Finding<double> WeightedKappa(Func<double, double> distance)
        {
            var byChance = Weighted((i, j) => distance(i - j), expected: true);
            return byChance > 0
                ? Finding.Of(1 - (Weighted((i, j) => distance(i - j), expected: false) / byChance))
                : Finding.Withheld<double>(OneCategory);
        }

        double Variance(double value)
        {
            var agreeing = 0.0;
            for (var i = 0; i < k; i++)
            {
                agreeing += table[i][i] / n * Math.Pow(1 - ((rows[i] + columns[i]) * (1 - value)), 2);
            }

            var apart = Weighted((i, j) => i == j ? 0 : Math.Pow(columns[i] + rows[j], 2), expected: false);
            var shift = value - (chance * (1 - value));
            return (agreeing + ((1 - value) * (1 - value) * apart) - (shift * shift)) / size / ((1 - chance) * (1 - chance));
        }

        double NullVariance()
        {
            var cubes = rows.Zip(columns, (r, c) => r * c * (r + c)).Sum();
            return (chance + (chance * chance) - cubes) / size / ((1 - chance) * (1 - chance));
        }
    }

    private static Finding<double> BeyondChance(double observed, double chance) =>
        1 - chance > 1e-15 ? Finding.Of((observed - chance) / (1 - chance)) : Finding.Withheld<double>(OneCategory);
}
