using System.Globalization;

namespace NovaJudge.Pipeline.Costs;

/// <summary>Dollars as people read them.</summary>
public static class Dollars
{
    /// <summary>Two decimals from ten cents on, two digits that say something below; a fraction of a millionth is <c>&lt;$0.000001</c>.</summary>
    public static string Text(double usd) => usd switch
    {
        0 => "$0",
        < 0.000001 => "<$0.000001",
        >= 0.1 => usd.ToString("$#,##0.00", CultureInfo.InvariantCulture),
        _ => Small(usd),
    };

    private static string Small(double usd)
    {
        var decimals = 1 - (int)Math.Floor(Math.Log10(usd));
        return "$" + Math.Round(usd, decimals).ToString($"0.{new string('0', Math.Min(decimals, 2))}{new string('#', Math.Max(0, decimals - 2))}", CultureInfo.InvariantCulture);
    }
}
