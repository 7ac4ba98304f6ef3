namespace NovaJudge.StatesLanguage.Choices;

/// <summary>The patterns of StringMatches: `*` stands for any text, `\*` for a star, `\\` for a backslash.</summary>
internal static class StringPattern
{
    /// <summary>Greedy matching with one point to return to: linear for ordinary patterns, at worst text times pattern.</summary>
    public static bool Matches(string text, string pattern)
    {
        var (at, next) = (0, 0);
        var (starAt, starNext) = (-1, -1);
        while (at < text.Length)
        {
            if (next < pattern.Length && pattern[next] == '*')
            {
                (starAt, starNext) = (at, ++next);
                continue;
            }

            var literal = next < pattern.Length && pattern[next] == '\\' && next + 1 < pattern.Length && pattern[next + 1] is '*' or '\\' ? next + 1 : next;
            if (literal < pattern.Length && pattern[literal] == text[at])
            {
                (at, next) = (at + 1, literal + 1);
            }
            else if (starNext >= 0)
            {
                (at, next) = (++starAt, starNext);
            }
            else
            {
                return false;
            }
        }

        while (next < pattern.Length && pattern[next] == '*')
        {
            next++;
        }

        return next == pattern.Length;
    }
}
