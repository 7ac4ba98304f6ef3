namespace NovaJudge.Local.Models;

/// <summary>Sentences of English prose, told by simple rules: enough for a demo, wrong at times as every such rule is.</summary>
internal static class Sentences
{
    private static readonly HashSet<string> Abbreviations = new(StringComparer.OrdinalIgnoreCase)
        { "mr", "mrs", "ms", "dr", "st", "no", "vs", "ca", "cf", "jr", "sr", "prof", "gen", "e.g", "i.e" };

    /// <summary>The sentences in order, each with its final mark. A sentence ends at . ! or ? before white space and a capital, a digit or a quote.</summary>
    public static IReadOnlyList<string> Of(string text)
    {
        var sentences = new List<string>();
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (Ends(text, start, i))
            {
                Add(sentences, text[start..(i + 1)]);
                start = i + 1;
            }
        }

        Add(sentences, text[start..]);
        return sentences;
    }

    private static void Add(List<string> sentences, string sentence)
    {
        if (sentence.Trim() is { Length: > 0 } trimmed)
        {
            sentences.Add(trimmed);
        }
    }

    private static bool Ends(string text, int start, int mark)
    {
        if (text[mark] is '\n' && mark + 1 < text.Length && text[mark + 1] == '\n')
        {
            return true;
        }

        if (text[mark] is not ('.' or '!' or '?') || mark + 1 >= text.Length || !char.IsWhiteSpace(text[mark + 1]))
        {
            return false;
        }

        var next = text.AsSpan(mark + 1).TrimStart();
        return !next.IsEmpty && (char.IsUpper(next[0]) || char.IsDigit(next[0]) || next[0] is '"' or '\'' or '(' or '“')
            && !(text[mark] == '.' && IsAbbreviation(text[start..mark]));
    }

    // "J. S. Bach", "the U.S. Army", "St. Paul".
    private static bool IsAbbreviation(string before)
    {
        var word = before[(before.LastIndexOfAny([' ', '\n', '\t', '(']) + 1)..];
        return Abbreviations.Contains(word) || (word.Length > 0 && char.IsUpper(word[^1]) && (word.Length == 1 || word[^2] == '.'));
    }
}
