using System.Net;
using System.Text;
using System.Text.Json;
using System.Xml;
using System.Xml.Linq;

namespace NovaJudge.Aws.Protocol;

/// <summary>
/// The code and message of an error in whatever shape it came: awsJson (<c>__type</c>), restJson (a header or <c>code</c>),
/// query (XML), or a page of a proxy on the way.
/// </summary>
internal sealed record ErrorAnswer(string Code, string Message, IReadOnlyDictionary<string, string> Fields)
{
    private const int LongestExcerpt = 300;

    // Messages end up in rows, causes and logs; a container may answer with a whole trace.
    private const int LongestText = 4000;

    private static readonly Dictionary<string, string> NoFields = [];

    public static ErrorAnswer Read(WireAnswer answer, HttpStatusCode status)
    {
        var header = answer.Header("x-amzn-ErrorType");
        var parsed = ReadJson(answer.Body) ?? ReadXml(answer.Body);
        var code = Short(header) ?? Short(parsed?.Code) ?? $"Http{(int)status}";
        var message = parsed?.Message is { Length: > 0 } text ? text : $"HTTP {(int)status} {Excerpt(answer.Body)}".TrimEnd();
        return new ErrorAnswer(code, message, parsed?.Fields ?? NoFields);
    }

    // "aws.service#Code:http://documentation" means Code.
    private static string? Short(string? code)
    {
        var end = code?.IndexOf(':', StringComparison.Ordinal) ?? -1;
        var text = end >= 0 ? code![..end] : code;
        text = text?[(text.LastIndexOf('#') + 1)..].Trim();
        return string.IsNullOrEmpty(text) ? null : text;
    }

    private static (string? Code, string? Message, Dictionary<string, string> Fields)? ReadJson(byte[] body)
    {
        if (body.AsSpan().TrimStart(" \t\r\n"u8) is not [(byte)'{', ..])
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(body);
            var fields = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
            foreach (var property in document.RootElement.EnumerateObject())
            {
                if (property.Value.ValueKind is JsonValueKind.String or JsonValueKind.Number)
                {
                    fields[property.Name] = Cut(property.Value.ToString(), LongestText);
                }
            }

            return (fields.GetValueOrDefault("__type") ?? fields.GetValueOrDefault("code"), fields.GetValueOrDefault("message"), fields);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Broken off, or with half of a surrogate pair in a text.
            return null;
        }
    }

    private static (string? Code, string? Message, Dictionary<string, string> Fields)? ReadXml(byte[] body)
    {
        if (body.AsSpan().IndexOf("<Code>"u8) < 0)
        {
            return null;
        }

        try
        {
            using var reader = XmlReader.Create(new MemoryStream(body), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
            var elements = XDocument.Load(reader).Descendants().Where(element => !element.HasElements).ToList();
            return (Value("Code"), Value("Message") is { } message ? Cut(message, LongestText) : null, NoFields);

            string? Value(string name) => elements.FirstOrDefault(element => element.Name.LocalName == name)?.Value;
        }
        catch (XmlException)
        {
            return null;
        }
    }

    private static string Excerpt(byte[] body)
    {
        var text = Encoding.UTF8.GetString(body.AsSpan(0, Math.Min(body.Length, 4 * LongestExcerpt)));
        var printable = string.Join(' ', text.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries));
        return Cut(printable, LongestExcerpt);
    }

    private static string Cut(string text, int longest) => text.Length <= longest ? text : text[..longest] + "…";
}
