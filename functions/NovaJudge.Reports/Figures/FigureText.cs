using System.Globalization;
using System.Text;

namespace NovaJudge.Reports.Figures;

/// <summary>Foreign text (names, sentences) made safe to draw on one line.</summary>
internal static class FigureText
{
    private const int LongestText = 600;
    private const int MarksInARow = 2;

    /// <summary>
    /// White space becomes one space; control, direction and other invisible characters go; piled-up combining marks are cut;
    /// beyond 600 characters the rest is cut off.
    /// </summary>
    public static string Clean(string text)
    {
        var clean = new StringBuilder(Math.Min(text.Length, LongestText));
        var marks = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (clean.Length >= LongestText)
            {
                return clean.Append('…').ToString();
            }

            marks = IsMark(rune) ? marks + 1 : 0;
            if (Rune.IsWhiteSpace(rune) || Rune.IsControl(rune))
            {
                if (clean.Length > 0 && clean[^1] != ' ')
                {
                    clean.Append(' ');
                }
            }
            else if (marks <= MarksInARow && IsVisible(rune))
            {
                clean.Append(rune);
            }
        }

        return clean.ToString().TrimEnd();
    }

    /// <summary>The text with spaces at which no line breaks.</summary>
    public static string Glue(string text) => text.Replace(' ', '\u00a0');

    public static bool IsMark(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark;

    private static bool IsVisible(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);
}
