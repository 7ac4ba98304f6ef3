using System.Text;
using System.Text.RegularExpressions;
using NovaJudge.StatesLanguage.Json;

namespace NovaJudge.StatesLanguage.Paths;

/// <summary>What stands on either side of a comparison: paths, literals, patterns.</summary>
internal sealed partial class FilterParser
{
    private FilterOperand ParseOperand()
    {
        SkipBlanks();
        switch (Peek)
        {
            case '@' or '$':
                return ParsePath();
            case '\'' or '"':
                return FilterOperand.Literal(new JsonString(ReadQuoted()));
            case '[' or '{':
                return FilterOperand.Literal(ReadJson());
            default:
                var from = _at;
                while (Peek is not ('\0' or ' ' or ')' or '&' or '|' or '=' or '<' or '>' or '!' or ']'))
                {
                    _at++;
                }

                return ParseLiteral(source[from.._at]);
        }
    }

    private FilterOperand ParseLiteral(string literal) =>
        literal == "undefined" ? FilterOperand.Literal(null)
        : JsonReader.TryParse(Encoding.UTF8.GetBytes(literal), out var value) ? FilterOperand.Literal(value)
        : throw Fault($"Expected a value in the filter at position {_at}");

    private FilterOperand ParsePath()
    {
        var fromRoot = Peek == '$';
        var from = ++_at;
        var brackets = 0;
        for (; _at < source.Length; _at++)
        {
            var c = source[_at];
            if (c is '\'' or '"' && brackets > 0)
            {
                ReadQuoted();
                _at--;
            }
            else if (c == '[')
            {
                brackets++;
            }
            else if (c == ']')
            {
                brackets--;
            }
            else if (c == '(' && brackets == 0 && source.IndexOf(')', _at) is var close and > 0)
            {
                _at = close;
            }
            else if (brackets == 0 && c is ' ' or ')' or '&' or '|' or '=' or '<' or '>' or '!' or ',' && brackets == 0)
            {
                break;
            }

            if (brackets < 0)
            {
                break;
            }
        }

        if (filterDepth > MaximumFiltersInFilters)
        {
            throw Fault("filters are nested too deeply");
        }

        var path = new JsonPathParser("$" + source[from.._at], filterDepth).Parse();
        return FilterOperand.Path(path, fromRoot);
    }

    private JsonValue ReadJson()
    {
        var from = _at;
        var depth = 0;
        for (; _at < source.Length; _at++)
        {
            var c = source[_at];
            if (c is '\'' or '"')
            {
                ReadQuoted();
                _at--;
            }
            else if (c is '[' or '{')
            {
                depth++;
            }
            else if (c is ']' or '}' && --depth == 0)
            {
                _at++;
                break;
            }
        }

        // Jayway accepts single quotes in JSON literals.
        return JsonReader.TryParse(Encoding.UTF8.GetBytes(source[from.._at].Replace('\'', '"')), out var value)
            ? value
            : throw Fault($"Failed to parse the JSON value in the filter at position {from}");
    }

    private Regex ParseRegex()
    {
        SkipBlanks();
        if (Peek != '/')
        {
            throw Fault("a regular expression starts with '/'");
        }

        var from = ++_at;
        while (Peek is not ('/' or '\0'))
        {
            _at += Peek == '\\' ? 2 : 1;
        }

        if (_at >= source.Length)
        {
            throw Fault("the regular expression has no closing '/'");
        }

        var pattern = source[from.._at++];
        var options = RegexOptions.CultureInvariant | RegexOptions.NonBacktracking;
        foreach (var flag in ReadWord())
        {
            options |= flag switch
            {
                'i' => RegexOptions.IgnoreCase,
                'm' => RegexOptions.Multiline,
                's' => RegexOptions.Singleline,
                'x' => RegexOptions.IgnorePatternWhitespace,
                _ => RegexOptions.None,
            };
        }

        try
        {
            return new Regex(pattern, options);
        }
        catch (Exception unusable) when (unusable is ArgumentException or NotSupportedException)
        {
            throw Fault($"the regular expression /{pattern}/ is not supported: {unusable.Message}");
        }
    }

    private string ReadQuoted()
    {
        var quote = Peek;
        var result = new StringBuilder();
        for (_at++; _at < source.Length; _at++)
        {
            if (source[_at] == '\\' && _at + 1 < source.Length)
            {
                result.Append(source[++_at]);
            }
            else if (source[_at] == quote)
            {
                _at++;
                return result.ToString();
            }
            else
            {
                result.Append(source[_at]);
            }
        }

        throw Fault("a string in the filter is not closed");
    }
}
