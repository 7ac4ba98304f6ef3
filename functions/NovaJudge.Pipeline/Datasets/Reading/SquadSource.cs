using System.Text.Json;

namespace NovaJudge.Pipeline.Datasets.Reading;

/// <summary>
/// SQuAD 1.1 and 2.0, read token by token. Fields may stand in any order: questions that come before their paragraph's
/// context wait for it in the arena, and a title that follows its paragraphs is filled in by <see cref="SquadArticle"/>.
/// </summary>
internal sealed partial class SquadSource(InputBuffer input) : RecordSource(input)
{
    // Leaving the parser for every single question would cost a tenth of the time.
    private const int MostWaiting = 32;

    private readonly TextArena context = new();
    private readonly List<Question> questions = [];
    private JsonReaderState json = new(new JsonReaderOptions { MaxDepth = 256 });
    private TextSlot contextSlot = TextSlot.None;
    private string? contextString;
    private int next;
    private bool ended;
    private bool complete;

    public override DatasetFormat Format => DatasetFormat.Squad;

    public override SquadArticle? Article => article;

    public override string Path => $"$.data[{article!.Number}].paragraphs[{paragraphNumber}].qas[{questions[next - 1].Number}]";

    public override ValueTask<bool> ReadAsync(CancellationToken cancellationToken) =>
        TakeQuestion() ? ValueTask.FromResult(true) : ParseAsync(cancellationToken);

    private async ValueTask<bool> ParseAsync(CancellationToken cancellationToken)
    {
        while (!ended)
        {
            complete = false;
            Parse();
            if (complete && TakeQuestion())
            {
                return true;
            }

            await Input.FillAsync(cancellationToken);
        }

        return false;
    }

    protected override string? ContextString => contextString ??= context.Text(contextSlot);

    protected override string? CategoryString => article!.Category;

    protected override string? ClusterString => article!.IsKnown ? article.Cluster : null;

    protected override bool HasContext => contextSlot.IsPresent;

    protected override ReadOnlySpan<byte> ContextText => context[contextSlot];

    protected override void Dispose(bool disposing)
    {
        context.Dispose();
        base.Dispose(disposing);
    }

    // A question is complete once its paragraph's context is known.
    private bool TakeQuestion()
    {
        if (!complete || next == questions.Count)
        {
            return false;
        }

        var question = questions[next++];
        Current = question.Slots;
        CheckLength(question);
        return true;
    }

    private void CheckLength(Question question)
    {
        var length = (long)contextSlot.Length + question.Slots.Prompt.Length;
        if (length > Input.Options.MaxPromptBytes)
        {
            throw new DatasetException(Input.Options.Name, Line, DatasetRules.TooLong,
                $"context and question of {Path} {TextRules.TooLong(length, Input.Options)}");
        }
    }

    private void Parse()
    {
        var reader = new Utf8JsonReader(Input.Unread, Input.IsFinal, json);
        try
        {
            while (!complete && reader.Read())
            {
                Handle(ref reader);
            }

            ended = !complete && Input.IsFinal;
        }
        catch (JsonException malformed)
        {
            throw Malformed(malformed, ref reader);
        }

        Input.LineAt((int)reader.BytesConsumed);
        Input.Advance((int)reader.BytesConsumed);
        json = reader.CurrentState;
    }

    private DatasetException Malformed(JsonException malformed, ref Utf8JsonReader reader)
    {
        if (Input.IsFinal && MalformedJson.OnlyUnfinished(Input.Unread, json))
        {
            return Input.Error(Input.Unread.Length, DatasetRules.Truncated,
                $"the file ends inside {Where}, after {Input.Offset + Input.Unread.Length:N0} bytes. Fetch it again, whole.", malformed);
        }

        var position = (int)reader.BytesConsumed;
        return new DatasetException(Input.Options.Name, malformed.LineNumber + 1, DatasetRules.MalformedJson,
            $"malformed JSON near byte {Input.Offset + position:N0}, inside {Where}: {MalformedJson.Reason(malformed)} Mend or remove it.", malformed);
    }

    private readonly record struct Question(RecordSlots Slots, int Number);
}
