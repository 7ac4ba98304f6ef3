using System.Runtime.CompilerServices;
using System.Text;
using NovaJudge.StatesLanguage.Definition;
using NovaJudge.StatesLanguage.Json;

namespace NovaJudge.StatesLanguage.Maps;

/// <summary>Comma-separated values as items: one object of strings per row.</summary>
/// <remarks>RFC 4180, and backslashes as AWS documents them: one before another one, a quotation mark or the delimiter makes it a character
/// of the field; before anything else it is dropped.</remarks>
internal static class CsvItems
{
    public static async IAsyncEnumerable<(JsonValue Value, string? Key)> ReadAsync(
        ItemReader reader, Stream content, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var text = new StreamReader(content, Encoding.UTF8);
        IReadOnlyList<string>? headers = reader.CsvHeaderLocation == "GIVEN" ? reader.CsvHeaders : null;
        while (await ReadRowAsync(text, reader.CsvDelimiter, cancellationToken) is { } row)
        {
            if (headers is null)
            {
                headers = row;
                continue;
            }

            var item = new JsonObjectBuilder(headers.Count);
            for (var i = 0; i < headers.Count; i++)
            {
                item.Set(headers[i], i < row.Count ? row[i] : "");
            }

            yield return (item.Build(), null);
        }
    }

    private static async ValueTask<List<string>?> ReadRowAsync(StreamReader text, char delimiter, CancellationToken cancellationToken)
    {
        string? line;
        do
        {
            line = await text.ReadLineAsync(cancellationToken);
        }
        while (line is { Length: 0 });

        if (line is null)
        {
            return null;
        }

        var row = new List<string>();
        var field = new StringBuilder();
        var quoted = false;
        while (true)
        {
            for (var i = 0; i < line.Length; i++)
            {
                var c = line[i];
                if (c == '\\')
                {
                    // What follows counts as it is, whatever it is.
                    if (++i < line.Length)
                    {
                        field.Append(line[i]);
                    }
                }
                else if (quoted)
                {
                    if (c != '"')
                    {
                        field.Append(c);
                    }
                    else if (i + 1 < line.Length && line[i + 1] == '"')
                    {
                        field.Append(line[++i]);
                    }
                    else
                    {
                        quoted = false;
                    }
                }
                else if (c == '"' && field.Length == 0)
                {
                    quoted = true;
                }
                else if (c == delimiter)
                {
                    row.Add(field.ToString());
                    field.Clear();
                }
                else
                {
                    field.Append(c);
                }
            }

            // A quoted field may go on in the next line.
            if (!quoted || await text.ReadLineAsync(cancellationToken) is not { } more)
            {
                break;
            }

            field.Append('\n');
            line = more;
        }

        row.Add(field.ToString());
        return row;
    }
}
