using System.Text.Json;

namespace NovaJudge.Pipeline.Datasets.Reading;

/// <summary>JSON Lines: one flat object a line, blank lines passed over. With <paramref name="pairs"/> both responses are required.</summary>
internal sealed class JsonLinesSource(InputBuffer input, bool pairs) : RecordSource(input)
{
    public override DatasetFormat Format => pairs ? DatasetFormat.Pairs : DatasetFormat.Jsonl;

    public override bool HasResponses => pairs;

    public override async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        for (var searched = 0; ;)
        {
            var newline = Input.Unread[searched..].IndexOf((byte)'\n');
            if (newline < 0 && !Input.IsFinal)
            {
                searched = Input.Unread.Length;
                await Input.FillAsync(cancellationToken);
                continue;
            }

            var length = newline < 0 ? Input.Unread.Length : searched + newline;
            if (length == 0 && newline < 0)
            {
                return false;
            }

            var found = ParseLine(Input.Unread[..length], last: newline < 0);
            Input.Advance(newline < 0 ? length : length + 1);
            searched = 0;
            if (found)
            {
                return true;
            }
        }
    }

    private bool ParseLine(ReadOnlySpan<byte> line, bool last)
    {
        if (line.IndexOfAnyExcept(" \t\r"u8) < 0)
        {
            return false;
        }

        Texts.Clear();
        References.Clear();
        Current = new RecordSlots { Line = Input.LineAt(0) };
        var reader = new Utf8JsonReader(line, isFinalBlock: true, default);
        try
        {
            ParseObject(ref reader);
        }
        catch (JsonException malformed)
        {
            throw Malformed(malformed, line, last);
        }

        CheckRecord();
        return true;
    }

    private void ParseObject(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw Error(DatasetRules.WrongType, $"the line is {TextRules.Kind(reader.TokenType)}; every line must be an object with \"prompt\".");
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var field = reader.ValueIsEscaped ? RecordField.Unknown : RecordFields.Of(reader.ValueSpan);
            if (field == RecordField.Unknown)
            {
                throw Error(DatasetRules.UnknownField, RecordFields.UnknownField(reader.ValueSpan, pairs));
            }

            if (RecordFields.IsResponse(field) && !pairs)
            {
                throw Error(DatasetRules.UnknownField, $"\"{RecordFields.Name(field)}\" belongs to the format \"pairs\", where every line has both responses; this file is read as JSON Lines without them. Name that format, or make all lines alike.");
            }

            reader.Read();
            Take(ref reader, field);
        }

        // Nothing may follow the object on its line; the reader refuses it here.
        reader.Read();
    }

    private void Take(ref Utf8JsonReader reader, RecordField field)
    {
        switch (field)
        {
            case RecordField.Id:
                Text(ref reader, field, ref Current.Id);
                break;
            case RecordField.Prompt:
                Text(ref reader, field, ref Current.Prompt);
                break;
            case RecordField.Context:
                Text(ref reader, field, ref Current.Context);
                break;
            case RecordField.Category:
                Text(ref reader, field, ref Current.Category);
                break;
            case RecordField.Cluster:
                Text(ref reader, field, ref Current.Cluster);
                break;
            case RecordField.ResponseA:
                Text(ref reader, field, ref Current.ResponseA);
                break;
            case RecordField.ResponseB:
                Text(ref reader, field, ref Current.ResponseB);
                break;
            default:
                TakeReferences(ref reader);
                break;
        }
    }

    private void Text(ref Utf8JsonReader reader, RecordField field, ref TextSlot slot)
    {
        if (slot.IsPresent)
        {
            throw Twice(field);
        }

        var required = field is RecordField.Prompt || RecordFields.IsResponse(field);
        if (reader.TokenType == JsonTokenType.Null && !required)
        {
            return;
        }

        var numeric = field is RecordField.Id or RecordField.Category or RecordField.Cluster;
        if (reader.TokenType != JsonTokenType.String && !(numeric && reader.TokenType == JsonTokenType.Number))
        {
            throw Error(DatasetRules.WrongType, $"\"{RecordFields.Name(field)}\" is {TextRules.Kind(reader.TokenType)}; it must be a string.");
        }

        Add(ref reader, RecordFields.Name(field), out slot);
        if (slot.Length == 0 && field is RecordField.Category or RecordField.Cluster)
        {
            slot = TextSlot.None;
        }
    }

    private void TakeReferences(ref Utf8JsonReader reader)
    {
        if (Current.ReferenceCount >= 0)
        {
            throw Twice(RecordField.References);
        }

        if (reader.TokenType == JsonTokenType.Null)
        {
            return;
        }

        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw Error(DatasetRules.WrongType, $"\"references\" is {TextRules.Kind(reader.TokenType)}; it must be an array of strings, a single one in brackets too.");
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.String)
            {
                throw Error(DatasetRules.WrongType, $"\"references\" holds {TextRules.Kind(reader.TokenType)}; it must be an array of strings.");
            }

            Add(ref reader, RecordFields.Name(RecordField.References), out var slot);
            References.Add(slot);
        }

        Current.ReferenceCount = References.Count;
    }

    private void Add(ref Utf8JsonReader reader, string name, out TextSlot slot)
    {
        if (!TextRules.TryAdd(ref reader, Texts, Input.Options, out slot))
        {
            var broken = TextRules.Broken(slot, Input.Options);
            throw Error(broken.Rule, $"\"{name}\" {broken.Message}");
        }
    }

    private DatasetException Malformed(JsonException malformed, ReadOnlySpan<byte> line, bool last)
    {
        var column = malformed.BytePositionInLine + 1;
        return MalformedJson.OnlyUnfinished(line, default)
            ? last
                ? Error(DatasetRules.Truncated, "the file ends in the middle of this line. Fetch it again, whole.", malformed)
                : Error(DatasetRules.MalformedJson, "the line ends in the middle of a JSON value; every line must be one whole object.", malformed)
            : Error(DatasetRules.MalformedJson, $"malformed JSON at byte {column:N0} of the line: {MalformedJson.Reason(malformed)} Mend or remove it.", malformed);
    }

    private DatasetException Twice(RecordField field) =>
        Error(DatasetRules.DuplicateField, $"\"{RecordFields.Name(field)}\" is given twice. Remove one.");
}
