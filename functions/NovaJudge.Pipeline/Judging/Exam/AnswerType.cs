using System.Text.RegularExpressions;

namespace NovaJudge.Pipeline.Judging.Exam;

/// <summary>What kind of thing an answer names, as far as its spelling shows: a wrong answer of another kind would be too easy to spot.</summary>
internal readonly partial record struct AnswerType(AnswerForm Form, AnswerLength Length)
{
    public static AnswerType Of(string answer)
    {
        var words = answer.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var form = DatePattern().IsMatch(answer) ? AnswerForm.Date
            : answer.Any(char.IsDigit) ? AnswerForm.Number
            : words.Length > 0 && char.IsUpper(words[0][0]) && words.All(word => word.Length <= 3 || char.IsUpper(word[0])) ? AnswerForm.Name
            : AnswerForm.Phrase;
        return new AnswerType(form, words.Length switch { <= 1 => AnswerLength.Word, <= 3 => AnswerLength.Words, _ => AnswerLength.Sentence });
    }

    [GeneratedRegex(
        @"^\s*(1\d{3}|20\d{2})s?\s*$|\b(January|February|March|April|June|July|August|September|October|November|December)\b|\bMay \d|\d(st|nd|rd|th) century",
        RegexOptions.CultureInvariant)]
    private static partial Regex DatePattern();
}

internal enum AnswerForm
{
    Phrase,
    Name,
    Number,
    Date,
}

internal enum AnswerLength
{
    Word,
    Words,
    Sentence,
}
