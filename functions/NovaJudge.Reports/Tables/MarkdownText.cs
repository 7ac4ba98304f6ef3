using System.Buffers;
using System.Text;
using NovaJudge.Reports.Figures;

namespace NovaJudge.Reports.Tables;

/// <summary>Foreign text inside Markdown, above all inside a comment on a pull request.</summary>
internal static class MarkdownText
{
    private const int Longest = 400;
    private static readonly SearchValues<char> EmojiName = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_+-");

    /// <summary>
    /// One line in which nothing is markup, a mention, a reference or a link: signs are escaped, and an invisible space parts what
    /// GitHub and GitLab would link (<c>@name</c>, <c>#12</c>, <c>GH-12</c>, <c>%12</c>, <c>www.</c>, <c>://</c>).
    /// </summary>
    public static string Inline(string text)
    {
        var clean = FigureText.Clean(text);
        if (clean.Length > Longest)
        {
            clean = clean[..(Longest - 1)].TrimEnd() + "…";
        }

        var safe = new StringBuilder(clean.Length + 16);
        for (var index = 0; index < clean.Length; index++)
        {
            var character = clean[index];
            if (char.IsAscii(character) && char.IsPunctuation(character) | char.IsSymbol(character) && !IsHarmless(clean, index))
            {
                safe.Append('\\');
            }

            safe.Append(character);
            if (character is '@' or '#' or '!' || IsLinkStart(clean, index))
            {
                safe.Append('\u200b');
            }
        }

        return safe.ToString();
    }

    /// <summary>Signs that are everyday prose in the middle of a line and mean nothing there.</summary>
    private static bool IsHarmless(string text, int index) => text[index] switch
    {
        ',' or ';' or ':' or '%' or '\'' or '"' or '?' or '(' or '/' or '=' => true,
        '.' or ')' => index > 0 && !IsListNumber(text, index),
        '-' or '+' => index > 0 && !char.IsWhiteSpace(text[index - 1]),
        _ => false,
    };

    /// <summary><c>12. </c> or <c>12) </c> at the beginning of a line starts a list.</summary>
    private static bool IsListNumber(string text, int index) =>
        text.AsSpan(0, index).IndexOfAnyExceptInRange('0', '9') < 0 && (index + 1 == text.Length || char.IsWhiteSpace(text[index + 1]));

    /// <summary><c>:tada:</c> becomes a picture; the text between two colons is then parted from the first.</summary>
    private static bool IsEmojiStart(string text, int index)
    {
        var end = text.IndexOf(':', index + 1);
        return end > index + 1 && text.AsSpan(index + 1, end - index - 1).IndexOfAnyExcept(EmojiName) < 0;
    }

    /// <summary><c>GH-12</c> is as good as <c>#12</c>.</summary>
    private static bool IsIssueNumber(string text, int index) =>
        index >= 2 && index + 1 < text.Length && char.IsAsciiDigit(text[index + 1]) && text.AsSpan(index - 2, 2).Equals("GH", StringComparison.OrdinalIgnoreCase);

    private static bool IsLinkStart(string text, int index) => text[index] switch
    {
        ':' => (index + 1 < text.Length && text[index + 1] == '/') || IsEmojiStart(text, index),
        '-' => IsIssueNumber(text, index),
        '%' => index + 1 < text.Length && (char.IsLetterOrDigit(text[index + 1]) || text[index + 1] == '"'),
        '.' => index >= 3 && text.AsSpan(index - 3, 3).Equals("www", StringComparison.OrdinalIgnoreCase),
        _ => false,
    };
}
