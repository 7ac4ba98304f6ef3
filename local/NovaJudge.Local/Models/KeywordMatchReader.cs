namespace NovaJudge.Local.Models;

/// <summary>
/// The demo model <c>embedded:keyword-match</c>: takes the sentence that shares the most informative words with the
/// question, and of that sentence the longest stretch that the question does not already contain, one with a figure if
/// the question asks when or how many.
/// </summary>
/// <remarks>A word tells more the fewer sentences have it (inverse sentence frequency, after Spärck Jones 1972).</remarks>
public sealed class KeywordMatchReader() : ExtractiveReader("keyword-match")
{
    protected override string Answer(string context, string question)
    {
        var sentences = Sentences.Of(context);
        var asked = Words.Informative(question);
        var contents = sentences.Select(Words.Informative).ToList();
        var weights = asked.ToDictionary(word => word, word => Math.Log(1 + (sentences.Count / Math.Max(1.0, contents.Count(words => words.Contains(word))))));
        var best = 0;
        var bestScore = -1.0;
        for (var i = 0; i < sentences.Count; i++)
        {
            var score = asked.Where(contents[i].Contains).Sum(word => weights[word]);
            if (score > bestScore)
            {
                (best, bestScore) = (i, score);
            }
        }

        return sentences.Count == 0 ? "" : Shorten(sentences[best], asked, Words.AskForNumber(question));
    }

    private static string Shorten(string sentence, HashSet<string> asked, bool wantsNumber)
    {
        var clauses = sentence.TrimEnd('.', '!', '?').Split([", ", "; ", ": "], StringSplitOptions.RemoveEmptyEntries)
            .OrderByDescending(clause => Words.Informative(clause).Count(asked.Contains));
        var stretches = clauses.Select(clause => Stretches(clause, asked).ToList()).ToList();
        return (wantsNumber ? Longest(stretches, stretch => stretch.Any(char.IsDigit)) : null)
            ?? Longest(stretches, stretch => stretch.Length > 0)
            ?? sentence;
    }

    // The longest one of the first clause that has any.
    private static string? Longest(List<List<string>> stretchesOfClauses, Func<string, bool> fits) =>
        stretchesOfClauses.Select(stretches => stretches.Where(fits).MaxBy(stretch => stretch.Length)).FirstOrDefault(stretch => stretch is not null);

    // What stands between two words of the question, or between one and the end of the clause.
    private static IEnumerable<string> Stretches(string clause, HashSet<string> asked)
    {
        var stretch = new List<string>();
        foreach (var word in clause.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!asked.Contains(Words.Stem(word)))
            {
                stretch.Add(word);
                continue;
            }

            yield return Trim(stretch);
            stretch.Clear();
        }

        yield return Trim(stretch);
    }

    private static string Trim(List<string> words)
    {
        var kept = words.SkipWhile(Words.IsCommon).Reverse().SkipWhile(Words.IsCommon).Reverse();
        return string.Join(' ', kept);
    }
}
