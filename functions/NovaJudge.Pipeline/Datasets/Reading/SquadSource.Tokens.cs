using System.Text.Json;

namespace NovaJudge.Pipeline.Datasets.Reading;

/// <summary>What each token of a SQuAD document means at its place. The levels are the nesting of the format.</summary>
internal sealed partial class SquadSource
{
    // Even levels hold objects, odd ones are objects and hold properties.
    private enum Level { Start, Root, Articles, Article, Paragraphs, Paragraph, Questions, Question, Answers, Answer }

    private enum Field { None, PassedOver, Title, Category, Context, Id, Question, Impossible, Text, Data, Paragraphs, Questions, Answers }

    private Level level;
    private Field property;
    private int skipDepth = -1;
    private SquadArticle? article;
    private RecordSlots slots;
    private TextSlot answer = TextSlot.None;
    private int articleNumber = -1;
    private int paragraphNumber;
    private int questionNumber;
    private int answerNumber;
    private bool dataSeen;
    private bool paragraphsSeen;
    private bool questionsSeen;
    private bool idSeen;

    private void Handle(ref Utf8JsonReader reader)
    {
        var token = reader.TokenType;
        if (skipDepth >= 0)
        {
            if (token is JsonTokenType.EndObject or JsonTokenType.EndArray && reader.CurrentDepth == skipDepth)
            {
                skipDepth = -1;
            }

            return;
        }

        switch (token)
        {
            case JsonTokenType.PropertyName:
                property = FieldOf(ref reader);
                break;
            case JsonTokenType.StartObject or JsonTokenType.StartArray:
                Open(ref reader, token);
                break;
            case JsonTokenType.EndObject or JsonTokenType.EndArray:
                Close(ref reader);
                break;
            default:
                Value(ref reader, token);
                break;
        }
    }

    private Field FieldOf(ref Utf8JsonReader reader)
    {
        Span<byte> unescaped = stackalloc byte[64];
        scoped var name = reader.ValueSpan;
        if (reader.ValueIsEscaped && name.Length <= unescaped.Length)
        {
            name = unescaped[..reader.CopyString(unescaped)];
        }

        return level switch
        {
            Level.Answer => name.SequenceEqual("text"u8) ? Once(ref reader, answer.IsPresent, Field.Text) : Field.PassedOver,
            Level.Question => name.SequenceEqual("answers"u8) ? Once(ref reader, slots.ReferenceCount >= 0, Field.Answers)
                : name.SequenceEqual("question"u8) ? Once(ref reader, slots.Prompt.IsPresent, Field.Question)
                : name.SequenceEqual("id"u8) ? Once(ref reader, idSeen, Field.Id)
                : name.SequenceEqual("is_impossible"u8) ? Field.Impossible
                : Field.PassedOver,
            Level.Paragraph => name.SequenceEqual("qas"u8) ? Once(ref reader, questionsSeen, Field.Questions)
                : name.SequenceEqual("context"u8) ? Once(ref reader, contextSlot.IsPresent, Field.Context)
                : Field.PassedOver,
            Level.Article => name.SequenceEqual("paragraphs"u8) ? Once(ref reader, paragraphsSeen, Field.Paragraphs)
                : name.SequenceEqual("title"u8) ? Once(ref reader, article!.Title is not null, Field.Title)
                : name.SequenceEqual("category"u8) ? Once(ref reader, article!.Category is not null, Field.Category)
                : Field.PassedOver,
            _ => name.SequenceEqual("data"u8) ? Once(ref reader, dataSeen, Field.Data) : Field.PassedOver,
        };
    }

    private void Open(ref Utf8JsonReader reader, JsonTokenType token)
    {
        var holdsObjects = ((int)level & 1) == 0;
        if (token == JsonTokenType.StartObject ? holdsObjects : property >= Field.Data)
        {
            level++;
            property = Field.None;
            Begin();
        }
        else if (property == Field.PassedOver)
        {
            skipDepth = reader.CurrentDepth;
            property = Field.None;
        }
        else
        {
            throw WrongType(ref reader);
        }
    }

    private void Begin()
    {
        switch (level)
        {
            case Level.Articles:
                dataSeen = true;
                break;
            case Level.Article:
                article = new SquadArticle(++articleNumber);
                paragraphsSeen = false;
                break;
            case Level.Paragraphs:
                paragraphsSeen = true;
                paragraphNumber = -1;
                break;
            case Level.Paragraph:
                paragraphNumber++;
                questionsSeen = false;
                contextSlot = TextSlot.None;
                contextString = null;
                context.Clear();
                break;
            case Level.Questions:
                questionsSeen = true;
                questionNumber = -1;
                break;
            case Level.Question:
                BeginQuestion();
                break;
            case Level.Answers:
                slots.FirstReference = References.Count;
                slots.ReferenceCount = 0;
                answerNumber = -1;
                break;
            case Level.Answer:
                answerNumber++;
                answer = TextSlot.None;
                break;
        }
    }

    private void BeginQuestion()
    {
        if (next == questions.Count)
        {
            next = 0;
            questions.Clear();
            References.Clear();
            Texts.Clear();
        }

        questionNumber++;
        slots = new RecordSlots();
        idSeen = false;
    }

    private void Close(ref Utf8JsonReader reader)
    {
        switch (level)
        {
            case Level.Root when !dataSeen:
                throw Missing(ref reader, "data");
            case Level.Article when !paragraphsSeen:
                throw Missing(ref reader, "paragraphs");
            case Level.Article:
                article!.IsClosed = true;
                break;
            case Level.Paragraph when !questionsSeen:
                throw Missing(ref reader, "qas");
            case Level.Paragraph when !contextSlot.IsPresent:
                throw Missing(ref reader, "context");
            case Level.Paragraph:
                complete = next < questions.Count;
                break;
            case Level.Question:
                EndQuestion(ref reader);
                break;
            case Level.Answer when !answer.IsPresent:
                throw Missing(ref reader, "text");
            case Level.Answer:
                References.Add(answer);
                slots.ReferenceCount++;
                break;
        }

        level--;
        property = Field.None;
    }

    private void EndQuestion(ref Utf8JsonReader reader)
    {
        if (!slots.Prompt.IsPresent)
        {
            throw Missing(ref reader, "question");
        }

        // As in the official script: a question whose list of answers is empty has none.
        slots.Unanswerable |= slots.ReferenceCount == 0;
        slots.ReferenceCount = slots.Unanswerable ? 0 : slots.ReferenceCount;
        slots.Line = Input.LineAt((int)reader.TokenStartIndex);
        questions.Add(new Question(slots, questionNumber));
        complete = contextSlot.IsPresent && questions.Count >= MostWaiting;
    }

    private void Value(ref Utf8JsonReader reader, JsonTokenType token)
    {
        switch (property)
        {
            case Field.PassedOver:
                break;
            case Field.Impossible when token is JsonTokenType.True or JsonTokenType.False:
                slots.Unanswerable = token is JsonTokenType.True;
                break;
            case Field.Id when token is JsonTokenType.String or JsonTokenType.Number:
                idSeen = true;
                slots.Id = Text(ref reader, Texts, mayBeEmpty: false);
                break;
            case Field.Question when token is JsonTokenType.String:
                slots.Prompt = Text(ref reader, Texts, mayBeEmpty: false);
                break;
            case Field.Text when token is JsonTokenType.String:
                answer = Text(ref reader, Texts, mayBeEmpty: true);
                break;
            case Field.Context when token is JsonTokenType.String:
                contextSlot = Text(ref reader, context, mayBeEmpty: true);
                break;
            case Field.Title when token is JsonTokenType.String:
                article!.Title = Name(ref reader);
                break;
            case Field.Category when token is JsonTokenType.String && paragraphsSeen:
                throw Error(ref reader, DatasetRules.WrongType, $"{Where} follows the paragraphs it describes. Put \"category\" before \"paragraphs\".");
            case Field.Category when token is JsonTokenType.String:
                article!.Category = Name(ref reader);
                break;
            default:
                throw WrongType(ref reader);
        }

        property = Field.None;
    }
}
