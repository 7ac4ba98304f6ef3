using System.Numerics;
using NovaJudge.Pipeline.Statistics;
using NovaJudge.Pipeline.Statistics.Numerics;

namespace NovaJudge.Pipeline.Tests.Statistics;

/// <summary>The distributions against published tables, exact integer arithmetic and closed forms.</summary>
public sealed class NumericsTests
{
    [Theory]
    [InlineData(0.5, 0)]
    [InlineData(0.975, 1.959963984540054)]
    [InlineData(0.995, 2.5758293035489004)]
    [InlineData(0.0001, -3.719016485455709)]
    public void Normal_quantiles_match_the_tables(double p, double quantile) =>
        StandardNormal.Quantile(p).ShouldBe(quantile, 1e-12);

    [Theory]
    [InlineData(1, 12.706204736174694)]
    [InlineData(2, 4.302652729911275)]
    [InlineData(4, 2.7764451051977934)]
    [InlineData(9, 2.2621571627409915)]
    [InlineData(30, 2.0422724563012373)]
    [InlineData(1_000, 1.9623390808264078)]
    [InlineData(10_000_000, 1.9599642217)]
    public void Student_quantiles_match_the_tables(double degreesOfFreedom, double quantile)
    {
        var t = StudentT.TwoSided(0.95, degreesOfFreedom);

        t.ShouldBe(quantile, 1e-9 * quantile);
        StudentT.TwoSidedP(t, degreesOfFreedom).ShouldBe(0.05, 1e-10);
    }

    [Theory]
    [InlineData(3, 10)]
    [InlineData(100, 300)]
    [InlineData(480, 1_000)]
    [InlineData(1_400, 3_000)]
    public void Binomial_sums_equal_exact_integer_arithmetic(int k, int n)
    {
        BigInteger term = 1, sum = 1;
        for (var i = 0; i < k; i++)
        {
            term = term * (n - i) / (i + 1);
            sum += term;
        }

        var exact = Math.Exp(BigInteger.Log(sum) - (n * Math.Log(2)));

        BinomialDistribution.Cdf(k, n, 0.5).ShouldBe(exact, 1e-11 * exact);
        BinomialDistribution.UpperTail(n - k, n, 0.5).ShouldBe(exact, 1e-11 * exact);
    }

    [Theory]
    [InlineData(1_000_000, 0.5)]
    [InlineData(1_000_000, 0.001)]
    [InlineData(17, 0.3)]
    public void Binomial_masses_add_up_to_one(int n, double p)
    {
        var around = (int)(n * p);
        var reach = (int)(12 * Math.Sqrt(n * p * (1 - p))) + 20;
        var sum = 0.0;
        for (var k = Math.Max(0, around - reach); k <= Math.Min(n, around + reach); k++)
        {
            sum += BinomialDistribution.Mass(k, n, p);
        }

        sum.ShouldBe(1, 1e-12);
    }

    [Theory]
    [InlineData(0.5, 0.5)]
    [InlineData(1, 1_000_000)]
    [InlineData(999_999.5, 1.5)]
    [InlineData(400_000, 600_000)]
    [InlineData(0.05, 3)]
    public void Beta_quantiles_invert_the_distribution_function(double a, double b)
    {
        foreach (var p in (double[])[0.001, 0.025, 0.3, 0.5, 0.975, 0.9999])
        {
            BetaDistribution.Cdf(BetaDistribution.Quantile(p, a, b), a, b).ShouldBe(p, 1e-9);
        }
    }

    [Theory]
    [InlineData(0.3, 7)]
    [InlineData(0.01, 250)]
    public void The_beta_distribution_with_one_shape_of_one_is_a_power(double x, double b) =>
        BetaDistribution.Cdf(x, 1, b).ShouldBe(1 - Math.Pow(1 - x, b), 1e-14);

    [Theory]
    [InlineData(3, 4, 0, 0)]
    [InlineData(10, 26, 16, 26)]
    [InlineData(250, 400, 300, 410)]
    public void The_chance_that_a_second_rate_is_better_equals_its_closed_sum(int k1, int n1, int k2, int n2)
    {
        double a1 = k1 + 1, b1 = n1 - k1 + 1, b2 = n2 - k2 + 1;
        var sum = 0.0;
        for (var i = 0; i <= k2; i++)
        {
            sum += Math.Exp(LogBeta(a1 + i, b1 + b2) - Math.Log(b2 + i) - LogBeta(1 + i, b2) - LogBeta(a1, b1));
        }

        BetaComparison.ProbabilitySecondBetter(k1, n1, k2, n2).ShouldBe(sum, 1e-10);

        static double LogBeta(double a, double b) => MathNet.Numerics.SpecialFunctions.BetaLn(a, b);
    }

    [Fact]
    public void The_chance_that_a_second_rate_is_better_takes_any_prior_and_any_size()
    {
        BetaComparison.ProbabilitySecondBetter(0, 0, 0, 0, 0.5, 0.5).ShouldBe(0.5, 1e-12);
        BetaComparison.ProbabilitySecondBetter(500_000, 1_000_000, 500_000, 1_000_000).ShouldBe(0.5, 1e-9);
        BetaComparison.ProbabilitySecondBetter(0, 1_000_000, 1_000_000, 1_000_000).ShouldBe(1, 1e-12);
        BetaComparison.ProbabilitySecondBetter(3, 10, 999_000, 1_000_000).ShouldBe(1, 1e-9);
    }

    [Theory]
    [InlineData(7, 4, 3)]
    [InlineData(60, 100, 90)]
    [InlineData(0, 150, 10)]
    [InlineData(290, 3, 2)]
    public void The_exact_bootstrap_distribution_equals_repeated_convolution(int a, int b, int ties)
    {
        var n = a + b + ties;
        double[] masses = [1];
        for (var i = 0; i < n; i++)
        {
            var next = new double[masses.Length + 2];
            for (var k = 0; k < masses.Length; k++)
            {
                next[k] += masses[k] * a / n;
                next[k + 1] += masses[k] * ties / n;
                next[k + 2] += masses[k] * b / n;
            }

            masses = next;
        }

        var distribution = ScoreDistribution.Of(a, b, ties);

        var below = 0.0;
        for (var k = 0; k < masses.Length; k++)
        {
            distribution.MidShareBelow(k / (2.0 * n)).ShouldBe(below + (masses[k] / 2), 1e-13);
            below += masses[k];
        }
    }

    [Fact]
    public void A_hundred_thousand_resamples_land_on_the_exact_bootstrap_or_beside_it()
    {
        var exact = ExactBootstrap.Of(40, 50, 10).Value;

        var resampled = ExactBootstrap.Resampled(40, 50, 10, 100_000, new Random(7)).Value;

        resampled.Bca.Low.ShouldBe(exact.Bca.Low, 0.0051);
        resampled.Bca.High.ShouldBe(exact.Bca.High, 0.0051);
        resampled.Z0.ShouldBe(exact.Z0, 0.02);
    }

    [Fact]
    public void Sign_flips_by_frequencies_equal_enumeration()
    {
        double[] onGrid = [0.5, -1, 0.5, 1, 0.5, -0.5, 1, 1, 0.5, 0.5, 0, 1];

        // A hair off every grid forces the enumeration of all sign patterns.
        double[] offGrid = [.. onGrid.Select(difference => difference * (1 + 1e-5 / Math.PI))];

        SignFlipTest.TwoSided(onGrid).Value.ShouldBe(SignFlipTest.TwoSided(offGrid).Value, 1e-12);
    }

    [Theory]
    [InlineData(8, 10, 1, 6)]
    [InlineData(0, 5, 5, 5)]
    [InlineData(30, 400, 60, 500)]
    public void Fishers_test_equals_the_sum_over_all_tables(int k1, int n1, int k2, int n2)
    {
        BigInteger all = Choose(n1 + n2, k1 + k2), observed = Choose(n1, k1) * Choose(n2, k2), extreme = 0;
        for (var k = Math.Max(0, k1 + k2 - n2); k <= Math.Min(n1, k1 + k2); k++)
        {
            var table = Choose(n1, k) * Choose(n2, k1 + k2 - k);
            extreme += table <= observed ? table : 0;
        }

        FisherExactTest.TwoSided(k1, n1, k2, n2).ShouldBe(Math.Exp(BigInteger.Log(extreme) - BigInteger.Log(all)), 1e-10);
    }

    private static BigInteger Choose(int n, int k)
    {
        BigInteger product = 1;
        for (var i = 0; i < k; i++)
        {
            product = product * (n - i) / (i + 1);
        }

        return product;
    }
}
