using System.Text.Json;

namespace NovaJudge.Pipeline.Datasets.Reading;

/// <summary>What is said when a SQuAD document breaks a rule, and the JSON path of the place.</summary>
internal sealed partial class SquadSource
{
    // Times the longest text allowed: what a paragraph may hold in memory.
    private const int MostWaitingTexts = 64;

    /// <summary>The JSON path of what is being read.</summary>
    private string Where => level switch
    {
        Level.Start => "$",
        Level.Root => "$" + Suffix("data"),
        Level.Articles => $"$.data[{articleNumber + 1}]",
        Level.Article => $"$.data[{articleNumber}]" + Suffix("paragraphs"),
        Level.Paragraphs => $"$.data[{articleNumber}].paragraphs[{paragraphNumber + 1}]",
        Level.Paragraph => ParagraphPath + Suffix("qas"),
        Level.Questions => $"{ParagraphPath}.qas[{questionNumber + 1}]",
        Level.Question => $"{ParagraphPath}.qas[{questionNumber}]" + Suffix("answers"),
        Level.Answers => $"{ParagraphPath}.qas[{questionNumber}].answers[{answerNumber + 1}]",
        _ => $"{ParagraphPath}.qas[{questionNumber}].answers[{answerNumber}]" + Suffix("text"),
    };

    private string ParagraphPath => $"$.data[{articleNumber}].paragraphs[{paragraphNumber}]";

    private string Suffix(string container) => property switch
    {
        Field.None or Field.PassedOver => "",
        Field.Title => ".title",
        Field.Category => ".category",
        Field.Context => ".context",
        Field.Id => ".id",
        Field.Question => ".question",
        Field.Impossible => ".is_impossible",
        _ => "." + container,
    };

    private string Expected => (level, property) switch
    {
        (Level.Start, _) => "an object with \"data\"",
        (_, Field.Data) => "an array of articles",
        (Level.Articles, _) => "an article, an object with \"title\" and \"paragraphs\"",
        (_, Field.Paragraphs) => "an array of paragraphs",
        (Level.Paragraphs, _) => "a paragraph, an object with \"context\" and \"qas\"",
        (_, Field.Questions) => "an array of questions",
        (Level.Questions, _) => "a question, an object with \"id\", \"question\" and \"answers\"",
        (_, Field.Answers) => "an array of answers",
        (Level.Answers, _) => "an answer, an object with \"text\"",
        (_, Field.Impossible) => "true or false",
        _ => "a string",
    };

    private Field Once(ref Utf8JsonReader reader, bool seen, Field found)
    {
        property = found;
        return seen
            ? throw Error(ref reader, DatasetRules.DuplicateField, $"{Where} is given twice. Remove one.")
            : found;
    }

    private TextSlot Text(ref Utf8JsonReader reader, TextArena arena, bool mayBeEmpty)
    {
        if (!TextRules.TryAdd(ref reader, arena, Input.Options, out var slot))
        {
            var broken = TextRules.Broken(slot, Input.Options);
            throw Error(ref reader, broken.Rule, $"{Where} {broken.Message}");
        }

        if (arena.Used > MostWaitingTexts * (long)Input.Options.MaxPromptBytes)
        {
            throw Error(ref reader, DatasetRules.TooLong,
                $"{Where} ends more than {arena.Used:N0} bytes of answers, or of questions that stand before their \"context\". Put the context first, or split the paragraph.");
        }

        return slot.Length == 0 && !mayBeEmpty
            ? throw Error(ref reader, DatasetRules.EmptyText, $"{Where} is empty. Give it a text or remove the question.")
            : slot;
    }

    private string Name(ref Utf8JsonReader reader)
    {
        using var arena = new TextArena();
        return arena.Text(Text(ref reader, arena, mayBeEmpty: true))!;
    }

    private DatasetException Missing(ref Utf8JsonReader reader, string name) =>
        Error(ref reader, DatasetRules.MissingField, $"{Where} has no \"{name}\". SQuAD needs it; add it, or name another format.");

    private DatasetException WrongType(ref Utf8JsonReader reader) =>
        Error(ref reader, DatasetRules.WrongType, $"{Where} is {TextRules.Kind(reader.TokenType)} where SQuAD has {Expected}.");

    private DatasetException Error(ref Utf8JsonReader reader, string rule, string message) =>
        Input.Error((int)reader.TokenStartIndex, rule, message);
}
