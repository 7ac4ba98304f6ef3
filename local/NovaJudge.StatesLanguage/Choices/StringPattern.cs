using System.Collections.Immutable;
using System.Text;

namespace NovaJudge.StatesLanguage.Choices;

/// <summary>A pattern of StringMatches: `*` stands for any text, `\*` for a star, `\\` for a backslash.</summary>
internal sealed class StringPattern
{
    // The texts between the stars: the first one begins the text, the last one ends it.
    private readonly ImmutableArray<string> _pieces;

    private StringPattern(ImmutableArray<string> pieces) => _pieces = pieces;

    public static StringPattern Parse(string pattern)
    {
        var pieces = ImmutableArray.CreateBuilder<string>();
        var piece = new StringBuilder();
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] == '*')
            {
                pieces.Add(piece.ToString());
                piece.Clear();
                continue;
            }

            if (pattern[i] == '\\' && i + 1 < pattern.Length && pattern[i + 1] is '*' or '\\')
            {
                i++;
            }

            piece.Append(pattern[i]);
        }

        pieces.Add(piece.ToString());
        return new StringPattern(pieces.ToImmutable());
    }

    public bool Matches(string text)
    {
        if (_pieces.Length == 1)
        {
            return text == _pieces[0];
        }

        var (first, last) = (_pieces[0], _pieces[^1]);
        if (text.Length < first.Length + last.Length || !text.StartsWith(first, StringComparison.Ordinal) || !text.EndsWith(last, StringComparison.Ordinal))
        {
            return false;
        }

        var rest = text.AsSpan(first.Length, text.Length - first.Length - last.Length);
        for (var i = 1; i < _pieces.Length - 1; i++)
        {
            var at = rest.IndexOf(_pieces[i], StringComparison.Ordinal);
            if (at < 0)
            {
                return false;
            }

            rest = rest[(at + _pieces[i].Length)..];
        }

        return true;
    }
}
