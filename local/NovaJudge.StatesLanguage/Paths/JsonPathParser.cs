using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace NovaJudge.StatesLanguage.Paths;

/// <summary>Parses the path syntax of Jayway JsonPath, extended by the roots `$$` and `$name` of the States Language.</summary>
internal sealed class JsonPathParser(string text, int filterDepth)
{
    private readonly ImmutableArray<PathSegment>.Builder _segments = ImmutableArray.CreateBuilder<PathSegment>();
    private int _at;

    public JsonPath Parse()
    {
        if (text.Length == 0 || text[0] != '$')
        {
            throw Fault("a path starts with '$'");
        }

        _at = 1;
        var (root, variable) = ReadRoot();
        while (_at < text.Length)
        {
            ReadSegment();
        }

        if (_segments.Count > 0 && _segments[^1] is DescentSegment)
        {
            throw Fault("Path must not end with a '.' or '..'");
        }

        return new JsonPath(text, root, variable, _segments.ToImmutable());
    }

    internal static bool IsNameStart(char c) => char.IsLetter(c) || c == '_';

    internal static bool IsNamePart(char c) => char.IsLetterOrDigit(c) || c == '_';

    private (PathRoot Root, string? Variable) ReadRoot()
    {
        if (_at < text.Length && text[_at] == '$')
        {
            _at++;
            return (PathRoot.Context, null);
        }

        if (_at < text.Length && IsNameStart(text[_at]))
        {
            var start = _at;
            while (_at < text.Length && IsNamePart(text[_at]))
            {
                _at++;
            }

            return (PathRoot.Variable, text[start.._at]);
        }

        return (PathRoot.Input, null);
    }

    private void ReadSegment()
    {
        switch (text[_at])
        {
            case '.' when Peek(1) == '.':
                _at += 2;
                _segments.Add(new DescentSegment());
                if (_at < text.Length && text[_at] != '[')
                {
                    ReadDotted();
                }

                break;
            case '.':
                _at++;
                if (_at >= text.Length)
                {
                    throw Fault("Path must not end with a '.' or '..'");
                }

                // Jayway reads `$.['name']` as `$['name']`.
                if (text[_at] != '[')
                {
                    ReadDotted();
                }

                break;
            case '[':
                ReadBracket();
                break;
            default:
                throw Fault($"Illegal character at position {_at} expected '.' or '['");
        }
    }

    private char Peek(int ahead) => _at + ahead < text.Length ? text[_at + ahead] : '\0';

    private void ReadDotted()
    {
        if (text[_at] == '*')
        {
            _at++;
            _segments.Add(new WildcardSegment());
            return;
        }

        var start = _at;
        while (_at < text.Length && text[_at] is not ('.' or '[' or ' '))
        {
            _at++;
        }

        var name = text[start.._at];
        if (_at < text.Length && text[_at] == ' ')
        {
            throw Fault($"Use bracket notion ['my prop'] if your property contains blank characters. position: {_at}");
        }

        if (name.Length == 0)
        {
            throw Fault($"Could not parse token starting at position {_at}");
        }

        _segments.Add(new PropertySegment([name]));
    }

    private void ReadBracket()
    {
        var open = _at++;
        SkipBlanks();
        switch (Peek(0))
        {
            case '\'' or '"':
                ReadQuotedNames();
                break;
            case '*':
                _at++;
                _segments.Add(new WildcardSegment());
                break;
            case '?':
                ReadFilter();
                break;
            case '(':
                ReadLast();
                break;
            default:
                ReadNumbers();
                break;
        }

        SkipBlanks();
        if (Peek(0) != ']')
        {
            throw Fault($"Could not parse token starting at position {open}. Expected ?, ', 0-9, * ");
        }

        _at++;
    }

    private void ReadQuotedNames()
    {
        var names = ImmutableArray.CreateBuilder<string>();
        do
        {
            SkipBlanks();
            names.Add(ReadQuoted());
            SkipBlanks();
        }
        while (Skip(','));

        _segments.Add(new PropertySegment(names.ToImmutable()));
    }

    private string ReadQuoted()
    {
        var quote = Peek(0);
        if (quote is not ('\'' or '"'))
        {
            throw Fault("Property must be separated by comma or Property must be terminated by a single or double quote");
        }

        var name = new StringBuilder();
        for (_at++; _at < text.Length; _at++)
        {
            if (text[_at] == '\\' && _at + 1 < text.Length)
            {
                name.Append(text[++_at]);
            }
            else if (text[_at] == quote)
            {
                _at++;
                return name.ToString();
            }
            else
            {
                name.Append(text[_at]);
            }
        }

        throw Fault("Property has not been closed - missing closing " + quote);
    }

    private void ReadNumbers()
    {
        var close = text.IndexOf(']', _at);
        var inside = close < 0 ? "" : text[_at..close].Trim();
        if (inside.Contains(':', StringComparison.Ordinal))
        {
            var ends = inside.Split(':');
            if (ends.Length != 2)
            {
                throw Fault($"Failed to parse SliceOperation: [{inside}]");
            }

            _segments.Add(new SliceSegment(Bound(ends[0]), Bound(ends[1])));
        }
        else
        {
            _segments.Add(new IndexSegment([.. inside.Split(',').Select(Index)]));
        }

        _at = close;
    }

    /// <summary>`(@.length-1)`, with blanks and with parentheses after the word, or `size` instead of it.</summary>
    private void ReadLast()
    {
        var close = text.IndexOf(']', _at);
        var inside = close < 0 ? "" : text[_at..close].Replace(" ", "", StringComparison.Ordinal);
        var word = inside.StartsWith("(@.length", StringComparison.Ordinal) ? "(@.length" : "(@.size";
        var rest = inside.StartsWith(word, StringComparison.Ordinal) && inside.EndsWith(')') ? inside[word.Length..^1] : "";
        rest = rest.StartsWith("()", StringComparison.Ordinal) ? rest[2..] : rest;
        if (!rest.StartsWith('-') || !int.TryParse(rest[1..], NumberStyles.None, CultureInfo.InvariantCulture, out var fromEnd))
        {
            throw Fault($"Could not parse token starting at position {_at}. Supported functions are: [(@.length - n)] and [(@.size() - n)]");
        }

        _segments.Add(new LastSegment(fromEnd));
        _at = close;
    }

    private int? Bound(string number) => number.Trim().Length == 0 ? null : Index(number);

    private int Index(string number) => int.TryParse(number.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var index)
        ? index
        : throw Fault($"Could not parse token starting at position {_at}. Expected ?, ', 0-9, * ");

    private void ReadFilter()
    {
        var parser = new FilterParser(text, _at + 1, filterDepth + 1);
        _segments.Add(new FilterSegment(parser.Parse()));
        _at = parser.Position;
    }

    private bool Skip(char expected)
    {
        if (Peek(0) != expected)
        {
            return false;
        }

        _at++;
        return true;
    }

    private void SkipBlanks()
    {
        while (Peek(0) == ' ')
        {
            _at++;
        }
    }

    private static PathSyntaxException Fault(string message) => new(message);
}
