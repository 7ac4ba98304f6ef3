using NovaJudge.Pipeline.Statistics.Numerics;

namespace NovaJudge.Pipeline.Statistics;

/// <summary>
/// Two yes-no results on the same prompts: only the prompts on which they differ carry news. Sources: Q. McNemar, Psychometrika 12 (1947) 153;
/// exact and mid-p: M. W. Fagerland, S. Lydersen and P. Laake, BMC Medical Research Methodology 13 (2013) 91;
/// interval: D. G. Bonett and R. M. Price, J. Educational and Behavioral Statistics 37 (2012) 479.
/// </summary>
public sealed record McNemarTest
{
    public required int N { get; init; }

    /// <summary>Prompts on which the two results differ.</summary>
    public required int Discordant { get; init; }

    public required double PExact { get; init; }

    public required double PMid { get; init; }

    /// <summary>Withheld without discordant prompts, like the corrected one.</summary>
    public required Finding<double> ChiSquare { get; init; }

    public required Finding<double> ChiSquareCorrected { get; init; }

    /// <summary>(n01 - n10) / n: how much more often the second result is yes.</summary>
    public required Finding<double> Difference { get; init; }

    /// <summary>For the comparison table only: it has no width when nothing is discordant.</summary>
    public required Finding<Interval> Wald { get; init; }

    /// <summary>The Wald interval after adding one prompt to each discordant cell: the one to show.</summary>
    public required Interval BonettPrice { get; init; }

    public Finding<double> PChiSquare => ChiSquare.Then(value => ChiSquared.UpperTail(value, 1));

    public Finding<double> PChiSquareCorrected => ChiSquareCorrected.Then(value => ChiSquared.UpperTail(value, 1));

    /// <param name="n11">Both yes.</param>
    /// <param name="n10">The first yes, the second no.</param>
    /// <param name="n01">The first no, the second yes.</param>
    /// <param name="n00">Both no.</param>
    /// <param name="confidence">Of the intervals.</param>
    public static McNemarTest Of(int n11, int n10, int n01, int n00, double confidence = 0.95)
    {
        Guard.NotNegative(n11);
        Guard.NotNegative(n10);
        Guard.NotNegative(n01);
        Guard.NotNegative(n00);
        var discordant = checked(n10 + n01);
        var n = checked(n11 + n00 + discordant);
        var z = StandardNormal.TwoSided(confidence);
        var lead = Math.Abs((double)n01 - n10);
        return new()
        {
            N = n,
            Discordant = discordant,
            PExact = SignTest.TwoSided(n01, discordant),
            PMid = SignTest.MidP(n01, discordant),
            ChiSquare = PerDiscordant(lead * lead),
            ChiSquareCorrected = PerDiscordant(Math.Pow(Math.Max(0, lead - 1), 2)),
            Difference = n > 0 ? Finding.Of(((double)n01 - n10) / n) : Finding.Withheld<double>("no prompt was compared"),
            Wald = n > 0 ? Finding.Of(Around(n10, n01, n, z)) : Finding.Withheld<Interval>("no prompt was compared"),
            BonettPrice = Around(n10 + 1.0, n01 + 1.0, n + 2.0, z),
        };

        Finding<double> PerDiscordant(double square) => discordant > 0
            ? Finding.Of(square / discordant)
            : Finding.Withheld<double>("the two results agree on every prompt");
    }

    private static Interval Around(double n10, double n01, double n, double z)
    {
        var difference = (n01 - n10) / n;
        var half = z * Math.Sqrt(Math.Max(0, n10 + n01 - ((n01 - n10) * difference))) / n;
        return new Interval(difference - half, difference + half).ClippedTo(-1, 1);
    }
}
