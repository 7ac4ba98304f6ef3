using System.Buffers;
using System.Text.Json;

namespace NovaJudge.Pipeline.Datasets.Reading;

/// <summary>CSV by RFC 4180: commas, quoted cells with doubled quotes and line breaks, one header row. An empty cell is an absent value.</summary>
internal sealed class CsvSource(InputBuffer input) : RecordSource(input)
{
    private static readonly SearchValues<byte> EndsOfCell = SearchValues.Create(",\n\r\""u8);

    private readonly List<TextSlot> cells = [];
    private RecordField[] columns = [];

    public override DatasetFormat Format => HasResponses ? DatasetFormat.Pairs : DatasetFormat.Csv;

    public override bool HasResponses => columns.Contains(RecordField.ResponseA);

    /// <summary>Reads the header; called once, before the first record.</summary>
    public async ValueTask ReadHeaderAsync(CancellationToken cancellationToken)
    {
        if (!await ReadRowAsync(cancellationToken))
        {
            return;
        }

        columns = new RecordField[cells.Count];
        for (var i = 0; i < columns.Length; i++)
        {
            var name = Texts[cells[i]];
            columns[i] = RecordFields.Of(name);
            if (columns[i] == RecordField.Unknown)
            {
                throw Error(DatasetRules.UnknownField, RecordFields.UnknownField(name, responses: true) + OtherSeparator(name));
            }

            if (columns.AsSpan(0, i).Contains(columns[i]))
            {
                throw Error(DatasetRules.DuplicateField, $"the header names \"{RecordFields.Name(columns[i])}\" twice. Remove one column.");
            }
        }

        if (!columns.Contains(RecordField.Prompt))
        {
            throw Error(DatasetRules.MissingField, "the header has no \"prompt\". The first row must name the columns.");
        }

        if (columns.Contains(RecordField.ResponseA) != columns.Contains(RecordField.ResponseB))
        {
            throw Error(DatasetRules.MissingField, "the header names only one of \"response_A\" and \"response_B\". Add the other or remove it.");
        }
    }

    public override async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        if (!await ReadRowAsync(cancellationToken))
        {
            return false;
        }

        if (cells.Count != columns.Length)
        {
            throw Error(DatasetRules.MalformedCsv, $"the row has {cells.Count} cells and the header {columns.Length}. Quote cells that hold a comma, or add the missing ones.");
        }

        for (var i = 0; i < columns.Length; i++)
        {
            Take(columns[i], cells[i]);
        }

        CheckRecord();
        return true;
    }

    private async ValueTask<bool> ReadRowAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var length = Input.Unread.IsEmpty ? 0 : ParseRow(Input.Unread, Input.IsFinal);
            if (length == 0)
            {
                if (Input.IsFinal)
                {
                    return false;
                }

                await Input.FillAsync(cancellationToken);
                continue;
            }

            Input.Advance(length);
            if (cells.Count > 0)
            {
                return true;
            }
        }
    }

    // The row's length with its line break, or 0 when its end is not in the window yet; a blank line has no cells.
    private int ParseRow(ReadOnlySpan<byte> text, bool final)
    {
        cells.Clear();
        References.Clear();
        Texts.Clear();
        Current = new RecordSlots { Line = Input.LineAt(0) };
        var position = 0;
        while (true)
        {
            var cell = text[position..];
            var length = cell.StartsWith((byte)'"') ? QuotedCell(cell, final) : PlainCell(cell, final);
            if (length < 0)
            {
                return 0;
            }

            position += length;
            if (position == text.Length)
            {
                return final ? position : 0;
            }

            switch (text[position++])
            {
                case (byte)',':
                    break;
                case (byte)'\n':
                    return EndOfRow(position);
                default:
                    if (position == text.Length && !final)
                    {
                        return 0;
                    }

                    return position < text.Length && text[position] == (byte)'\n'
                        ? EndOfRow(position + 1)
                        : throw Error(DatasetRules.MalformedCsv, "a carriage return stands alone. End lines with LF or CRLF, or quote the cell.");
            }
        }
    }

    private int EndOfRow(int length)
    {
        if (cells is [{ Length: 0 }])
        {
            cells.Clear();
        }

        return length;
    }

    private int PlainCell(ReadOnlySpan<byte> text, bool final)
    {
        var length = text.IndexOfAny(EndsOfCell);
        if (length < 0)
        {
            if (!final)
            {
                return -1;
            }

            length = text.Length;
        }
        else if (text[length] == (byte)'"')
        {
            throw Error(DatasetRules.MalformedCsv, $"cell {cells.Count + 1} has a quote inside but does not begin with one. Quote the whole cell and double the quotes inside.");
        }

        cells.Add(Texts.Add(text[..length]));
        return length;
    }

    private int QuotedCell(ReadOnlySpan<byte> text, bool final)
    {
        var position = 1;
        while (true)
        {
            var quote = text[position..].IndexOf((byte)'"');
            var after = position + quote + 1;
            if (quote < 0 || (after == text.Length && !final))
            {
                return final
                    ? throw Error(DatasetRules.Truncated, $"cell {cells.Count + 1} opens a quote that is never closed. Close it, or fetch the file again, whole.")
                    : -1;
            }

            if (after < text.Length && text[after] == (byte)'"')
            {
                position = after + 1;
                continue;
            }

            if (after < text.Length && !EndsOfCell.Contains(text[after]))
            {
                throw Error(DatasetRules.MalformedCsv, $"cell {cells.Count + 1} goes on after its closing quote. Double the quotes inside a quoted cell.");
            }

            cells.Add(Texts.AddUnquoted(text[1..(after - 1)]));
            return after;
        }
    }

    private void Take(RecordField field, TextSlot cell)
    {
        if (cell.Length > Input.Options.MaxPromptBytes)
        {
            throw Error(DatasetRules.TooLong, $"\"{RecordFields.Name(field)}\" {TextRules.TooLong(cell.Length, Input.Options)}");
        }

        if (cell.Length == 0 && !RecordFields.IsResponse(field))
        {
            return;
        }

        switch (field)
        {
            case RecordField.Id:
                Current.Id = cell;
                break;
            case RecordField.Prompt:
                Current.Prompt = cell;
                break;
            case RecordField.Context:
                Current.Context = cell;
                break;
            case RecordField.Category:
                Current.Category = cell;
                break;
            case RecordField.Cluster:
                Current.Cluster = cell;
                break;
            case RecordField.ResponseA:
                Current.ResponseA = cell;
                break;
            case RecordField.ResponseB:
                Current.ResponseB = cell;
                break;
            default:
                TakeReferences(cell);
                break;
        }
    }

    private void TakeReferences(TextSlot cell)
    {
        if (Texts[cell][0] != (byte)'[')
        {
            References.Add(cell);
            Current.ReferenceCount = 1;
            return;
        }

        // The texts go to the same arena, which may move while they are added: read from a copy.
        var reader = new Utf8JsonReader(Texts[cell].ToArray());
        try
        {
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.String)
            {
                if (!TextRules.TryAdd(ref reader, Texts, Input.Options, out var slot))
                {
                    var broken = TextRules.Broken(slot, Input.Options);
                    throw Error(broken.Rule, $"\"references\" {broken.Message}");
                }

                References.Add(slot);
            }

            if (reader.TokenType != JsonTokenType.EndArray)
            {
                throw Error(DatasetRules.WrongType, $"\"references\" holds {TextRules.Kind(reader.TokenType)}; it must be an array of strings.");
            }

            reader.Read();
        }
        catch (JsonException malformed)
        {
            throw Error(DatasetRules.MalformedJson, $"\"references\" begins with [ but is no JSON array: {MalformedJson.Reason(malformed)} Several references are written [\"one\",\"two\"].", malformed);
        }

        Current.ReferenceCount = References.Count;
    }

    private static string OtherSeparator(ReadOnlySpan<byte> name) =>
        name.IndexOfAny("\t;|"u8) >= 0 ? " Cells are separated by commas, not by tabs or semicolons." : "";
}
