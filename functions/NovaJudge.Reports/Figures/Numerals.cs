using System.Globalization;

namespace NovaJudge.Reports.Figures;

/// <summary>Numbers as people read them, the same in every culture.</summary>
internal static class Numerals
{
    /// <summary>Less than this is the noise of floating point.</summary>
    private const double Nothing = 1e-12;

    /// <summary><c>12,345</c>; a count that is not whole keeps two decimals.</summary>
    public static string Count(double value) => value.ToString("#,##0.##", CultureInfo.InvariantCulture);

    /// <summary><c>0.612</c>; what is not quite 0 or 1 never reads as 0 or 1.</summary>
    public static string Rate(double value) => value switch
    {
        > Nothing and < 0.0005 => "<0.001",
        >= 0.9995 and < 1 - Nothing => ">0.999",
        _ => value.ToString("0.000", CultureInfo.InvariantCulture),
    };

    /// <summary><c>61.2%</c>; what is not quite all or nothing never reads as all or nothing.</summary>
    public static string Percent(double share)
    {
        var percent = share * 100;
        return percent switch
        {
            > 100 * Nothing and < 0.05 => "<0.1%",
            >= 99.95 and < 100 * (1 - Nothing) => ">99.9%",
            _ => percent.ToString("0.0", CultureInfo.InvariantCulture) + "%",
        };
    }

    /// <summary>A count for a narrow place: in full up to seven digits, then <c>12.35M</c>.</summary>
    public static string Short(double value) => value < 1e7 ? Count(value) : Tick(value);

    /// <summary><c>250k</c>, <c>1.5M</c>: for the ticks of an axis.</summary>
    public static string Tick(double value) => value switch
    {
        >= 1e9 => (value / 1e9).ToString("0.##", CultureInfo.InvariantCulture) + "G",
        >= 1e6 => (value / 1e6).ToString("0.##", CultureInfo.InvariantCulture) + "M",
        >= 1e4 => (value / 1e3).ToString("0.##", CultureInfo.InvariantCulture) + "k",
        _ => Count(value),
    };

    /// <summary><c>0.032</c>, or <c>&lt; 0.001</c>.</summary>
    public static string PValue(double p) => p < 0.001 ? "< 0.001" : p.ToString("0.000", CultureInfo.InvariantCulture);

    /// <summary><c>1 prompt</c>, <c>12 prompts</c>.</summary>
    public static string Of(double count, string one, string? many = null) => $"{Count(count)} {(count == 1 ? one : many ?? one + "s")}";

    /// <summary>A share, 0 when there is nothing to share.</summary>
    public static double Share(double part, double whole) => whole > 0 ? part / whole : 0;
}
