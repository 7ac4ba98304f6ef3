using System.Globalization;
using System.Text;

namespace NovaJudge.Pipeline.Judging;

/// <summary>
/// SQuAD's own scores of an answer against gold answers, the best gold counting: token F1 and exact match, both from 0 to 1.
/// A question without golds has the empty text as its gold, so that only an empty answer is right.
/// </summary>
/// <remarks>
/// Rajpurkar et al., SQuAD: 100,000+ Questions for Machine Comprehension of Text, EMNLP 2016, section 6.1, and Know What
/// You Don't Know, ACL 2018. The rules are those of the official evaluation script of version 2.0 (evaluate-v2.0.py,
/// https://rajpurkar.github.io/SQuAD-explorer/): lower case, ASCII punctuation deleted, the words a, an and the deleted,
/// white space joined; a text of which nothing is left matches only another such text. Word characters and white space
/// are Python's: letters and numbers of every script are word characters, combining marks are not.
/// </remarks>
public static class TokenF1
{
    private static readonly string[] NoGold = [""];

    /// <summary>Token F1 of the answer against the gold it fits best.</summary>
    public static double Score(string answer, IReadOnlyList<string> golds)
    {
        var given = Tokens(answer);
        return OrNone(golds).Max(gold => Score(given, Tokens(gold)));
    }

    /// <summary>Whether the answer equals one of the golds once both are normalised.</summary>
    public static bool ExactMatch(string answer, IReadOnlyList<string> golds)
    {
        var given = Tokens(answer);
        return OrNone(golds).Any(gold => given.SequenceEqual(Tokens(gold)));
    }

    /// <summary>The text as the scores see it.</summary>
    public static string Normalize(string text) => string.Join(' ', Tokens(text));

    private static IReadOnlyList<string> OrNone(IReadOnlyList<string> golds) => golds.Count == 0 ? NoGold : golds;

    private static double Score(List<string> answer, List<string> gold)
    {
        if (answer.Count == 0 || gold.Count == 0)
        {
            return answer.Count == gold.Count ? 1 : 0;
        }

        var unmatched = gold.CountBy(token => token).ToDictionary();
        var same = 0;
        foreach (var token in answer)
        {
            if (unmatched.TryGetValue(token, out var left) && left > 0)
            {
                unmatched[token] = left - 1;
                same++;
            }
        }

        // 2PR / (P + R) with P = same / answer and R = same / gold.
        return 2.0 * same / (answer.Count + gold.Count);
    }

    // A token is what stands between white space; words are looked at apart, because the script's \b(a|an|the)\b also
    // finds an article beside a dash or a currency sign, and puts a space in its place.
    private static List<string> Tokens(string text)
    {
        var tokens = new List<string>();
        var token = new StringBuilder();
        var word = new StringBuilder();
        foreach (var rune in text.ToLowerInvariant().EnumerateRunes())
        {
            if (IsWordCharacter(rune))
            {
                word.Append(rune);
            }
            else if (!IsAsciiPunctuation(rune))
            {
                EndWord(tokens, token, word);
                if (IsWhiteSpace(rune))
                {
                    EndToken(tokens, token);
                }
                else
                {
                    token.Append(rune);
                }
            }
        }

        EndWord(tokens, token, word);
        EndToken(tokens, token);
        return tokens;
    }

    private static void EndWord(List<string> tokens, StringBuilder token, StringBuilder word)
    {
        if (word.ToString() is "a" or "an" or "the")
        {
            EndToken(tokens, token);
        }
        else
        {
            token.Append(word);
        }

        word.Clear();
    }

    private static void EndToken(List<string> tokens, StringBuilder token)
    {
        if (token.Length > 0)
        {
            tokens.Add(token.ToString());
            token.Clear();
        }
    }

    private static bool IsWordCharacter(Rune rune) => Rune.IsLetter(rune) || Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber;

    private static bool IsAsciiPunctuation(Rune rune) => rune.Value is > ' ' and < 0x7F && !IsWordCharacter(rune);

    // Python's str.split() also splits at the four information separators.
    private static bool IsWhiteSpace(Rune rune) => Rune.IsWhiteSpace(rune) || rune.Value is >= 0x1C and <= 0x1F;
}
