namespace NovaJudge.Local.Models;

/// <summary>Words as the keyword reader compares them: lower case, without punctuation and without the commonest endings.</summary>
internal static class Words
{
    private static readonly HashSet<string> Common =
    [
        "a", "an", "and", "any", "are", "as", "at", "be", "been", "but", "by", "can", "could", "did", "do", "does", "for", "from", "had", "has",
        "have", "he", "her", "his", "how", "in", "into", "is", "it", "its", "more", "most", "much", "many", "not", "of", "on", "one", "or", "so",
        "such", "than", "that", "the", "their", "them", "there", "these", "they", "this", "those", "to", "was", "were", "what", "when", "where", "which",
        "while", "who", "whose", "why", "will", "with", "would",
    ];

    private static readonly string[] NumberQuestions = ["how many", "how much", "how long", "how old", "how often", "how deep", "how fast", "when ", " year", " date"];

    /// <summary>The question asks for a number or a point in time.</summary>
    public static bool AskForNumber(string question) =>
        NumberQuestions.Any(words => question.Contains(words, StringComparison.OrdinalIgnoreCase));

    public static bool IsCommon(string word) => Common.Contains(Bare(word));

    /// <summary>The stems of all words that are not common ones.</summary>
    public static HashSet<string> Informative(string text) =>
        [.. text.Split([' ', '\n', '\t', '-', '–'], StringSplitOptions.RemoveEmptyEntries).Where(word => !IsCommon(word)).Select(Stem).Where(stem => stem.Length > 0)];

    /// <summary>The word without possessive and without a plain ending: "rivers" and "river's" are "river".</summary>
    public static string Stem(string word)
    {
        var bare = Bare(word);
        foreach (var ending in (ReadOnlySpan<string>)["'s", "ing", "ed", "es", "s"])
        {
            if (bare.Length - ending.Length >= 3 && bare.EndsWith(ending, StringComparison.Ordinal))
            {
                return bare[..^ending.Length];
            }
        }

        return bare;
    }

    private static string Bare(string word)
    {
        var start = 0;
        var end = word.Length;
        while (start < end && !char.IsLetterOrDigit(word[start]))
        {
            start++;
        }

        while (end > start && !char.IsLetterOrDigit(word[end - 1]))
        {
            end--;
        }

        return word[start..end].ToLowerInvariant();
    }
}
