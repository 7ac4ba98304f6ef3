using System.Text.Json;

namespace NovaJudge.Pipeline.Datasets.Reading;

/// <summary>Opens a stream with the reader its options name, or its first bytes, or else its extension.</summary>
internal static class FormatDetection
{
    public static async ValueTask<RecordSource> OpenAsync(InputBuffer input, CancellationToken cancellationToken)
    {
        await input.FillAsync(cancellationToken);
        await SkipBlankAsync(input, cancellationToken);
        var format = input.Options.Format == DatasetFormat.Auto ? await DetectAsync(input, cancellationToken) : input.Options.Format;
        var isCsv = format == DatasetFormat.Csv || (format == DatasetFormat.Pairs && FirstCharacter(input) != (byte)'{' && HeaderNamesPrompt(input));
        if (!isCsv)
        {
            return format == DatasetFormat.Squad ? new SquadSource(input) : new JsonLinesSource(input, pairs: format == DatasetFormat.Pairs);
        }

        var csv = new CsvSource(input);
        try
        {
            await csv.ReadHeaderAsync(cancellationToken);
            return format == DatasetFormat.Pairs && !csv.HasResponses
                ? throw new DatasetException(input.Options.Name, 1, DatasetRules.MissingField, "the header has no \"response_A\" and \"response_B\"; pairs bring both answers along.")
                : csv;
        }
        catch
        {
            csv.Dispose();
            throw;
        }
    }

    private static async ValueTask SkipBlankAsync(InputBuffer input, CancellationToken cancellationToken)
    {
        while (true)
        {
            var text = input.Unread.IndexOfAnyExcept(" \t\r\n"u8);
            if (text >= 0)
            {
                // Only whole blank lines: what stands before the first character belongs to its line.
                input.Advance(input.Unread[..text].LastIndexOf((byte)'\n') + 1);
                return;
            }

            input.Advance(input.Unread.Length);
            if (input.IsFinal)
            {
                throw new DatasetException(input.Options.Name, null, DatasetRules.Empty, "is empty. Give a file with at least one prompt.");
            }

            await input.FillAsync(cancellationToken);
        }
    }

    private static async ValueTask<DatasetFormat> DetectAsync(InputBuffer input, CancellationToken cancellationToken)
    {
        var extension = Path.GetExtension(input.Options.Name).ToLowerInvariant();
        if (FirstCharacter(input) != (byte)'{')
        {
            return extension switch
            {
                ".json" => DatasetFormat.Squad,
                ".jsonl" or ".ndjson" => DatasetFormat.Jsonl,
                ".csv" => DatasetFormat.Csv,
                _ when HeaderNamesPrompt(input) => DatasetFormat.Csv,
                _ => throw new DatasetException(input.Options.Name, null, DatasetRules.UnknownFormat,
                    "is neither SQuAD JSON, JSON Lines nor CSV with a \"prompt\" column, as far as its first bytes tell. Name the format: squad, jsonl, pairs or csv."),
            };
        }

        while (true)
        {
            var keys = new FirstObject();
            if (keys.Read(input.Unread, input.IsFinal) || input.IsFinal)
            {
                return keys.Format ?? (extension is ".jsonl" or ".ndjson" ? DatasetFormat.Jsonl : DatasetFormat.Squad);
            }

            await input.FillAsync(cancellationToken);
        }
    }

    private static byte FirstCharacter(InputBuffer input) => input.Unread[input.Unread.IndexOfAnyExcept(" \t\r\n"u8)];

    private static bool HeaderNamesPrompt(InputBuffer input)
    {
        var end = input.Unread.IndexOf((byte)'\n');
        foreach (var cell in System.Text.Encoding.UTF8.GetString(end < 0 ? input.Unread : input.Unread[..end]).Split(',', '\t', ';'))
        {
            if (cell.Trim('"', ' ', '\r') == RecordFields.Name(RecordField.Prompt))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The names in the first JSON object, as far as they are needed.</summary>
    private struct FirstObject
    {
        private bool data;
        private bool line;
        private bool response;

        public readonly DatasetFormat? Format =>
            data ? DatasetFormat.Squad : response ? DatasetFormat.Pairs : line ? DatasetFormat.Jsonl : null;

        /// <summary>True when the answer is certain; false when more bytes could change it.</summary>
        public bool Read(ReadOnlySpan<byte> text, bool final)
        {
            var reader = new Utf8JsonReader(text, final, new JsonReaderState(new JsonReaderOptions { AllowMultipleValues = true, MaxDepth = 256 }));
            try
            {
                while (reader.Read())
                {
                    if (reader.CurrentDepth == 0 && reader.TokenType == JsonTokenType.EndObject)
                    {
                        return true;
                    }

                    if (reader.CurrentDepth == 1 && reader.TokenType == JsonTokenType.PropertyName)
                    {
                        var field = RecordFields.Of(reader.ValueSpan);
                        data |= reader.ValueTextEquals("data"u8);
                        line |= field == RecordField.Prompt;
                        response |= RecordFields.IsResponse(field);
                        if (data || response)
                        {
                            return true;
                        }
                    }
                }

                return final;
            }
            catch (JsonException)
            {
                return true;
            }
        }
    }
}
