using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using NovaJudge.StatesLanguage.Json;
using NovaJudge.StatesLanguage.Paths;
using NovaJudge.StatesLanguage.Templates;

namespace NovaJudge.StatesLanguage.Intrinsics;

/// <summary>Parses `States.Format('{}', $.name)` and its kin.</summary>
internal sealed class IntrinsicParser(string text)
{
    /// <summary>AWS documents that calls nest up to ten deep.</summary>
    private const int DeepestNesting = 10;

    private int _at;
    private int _depth;

    public static bool LooksLikeCall(string text) => text.AsSpan().TrimStart().StartsWith("States.", StringComparison.Ordinal);

    /// <exception cref="IntrinsicSyntaxException">The text is no call of a known function.</exception>
    public IntrinsicCall Parse()
    {
        SkipBlanks();
        var call = ParseCall();
        SkipBlanks();
        return _at == text.Length ? call : throw Fault($"unexpected text at position {_at}");
    }

    private IntrinsicCall ParseCall()
    {
        if (++_depth > DeepestNesting)
        {
            throw Fault($"functions nest at most {DeepestNesting} deep");
        }

        var start = _at;
        while (_at < text.Length && (char.IsAsciiLetterOrDigit(text[_at]) || text[_at] is '.' or '_'))
        {
            _at++;
        }

        var name = text[start.._at];
        var function = IntrinsicFunction.Find(name) ?? throw Fault($"there is no function '{name}'");
        Expect('(');
        var arguments = ImmutableArray.CreateBuilder<Expression>();
        SkipBlanks();
        while (Peek != ')')
        {
            arguments.Add(ParseArgument(isTemplate: arguments.Count == 0 && name == "States.Format"));
            SkipBlanks();
            if (Peek == ',')
            {
                _at++;
                SkipBlanks();
                if (Peek == ')')
                {
                    throw Fault($"an argument is missing at position {_at}");
                }
            }
            else if (Peek != ')')
            {
                throw Fault($"expected ',' or ')' at position {_at}");
            }
        }

        _at++;
        if (arguments.Count < function.Fewest || arguments.Count > function.Most)
        {
            throw Fault($"{name} does not take {arguments.Count} arguments");
        }

        _depth--;
        return new IntrinsicCall(text[start.._at], function, arguments.ToImmutable());
    }

    private Expression ParseArgument(bool isTemplate) => Peek switch
    {
        '\'' => ParseString(isTemplate),
        '$' => ParsePath(),
        'S' => ParseCall(),
        _ => ParseLiteral(),
    };

    /// <param name="keepBraceEscapes">For the template of States.Format, which alone knows whether a brace stands for itself.</param>
    private LiteralExpression ParseString(bool keepBraceEscapes)
    {
        var start = _at;
        var value = new StringBuilder();
        for (_at++; _at < text.Length; _at++)
        {
            var c = text[_at];
            if (c == '\'')
            {
                _at++;
                return new LiteralExpression(text[start.._at], new JsonString(value.ToString()));
            }

            if (c == '\\' && _at + 1 < text.Length)
            {
                var escaped = text[++_at];
                value.Append(escaped switch
                {
                    '\'' => "'",
                    '{' or '}' or '\\' when keepBraceEscapes => "\\" + escaped,
                    '{' or '}' or '\\' => escaped.ToString(),
                    _ => "\\" + escaped,
                });
            }
            else
            {
                value.Append(c);
            }
        }

        throw Fault("a string is not closed");
    }

    private PathExpression ParsePath()
    {
        var start = _at;
        var open = 0;
        for (; _at < text.Length; _at++)
        {
            var c = text[_at];
            if (c is '\'' or '"' && open > 0)
            {
                SkipQuoted(c);
            }
            else if (c is '[' or '(')
            {
                open++;
            }
            else if (c is ']' or ')' && open > 0)
            {
                open--;
            }
            else if (open == 0 && c is ',' or ')' && open == 0)
            {
                break;
            }
        }

        var path = text[start.._at].TrimEnd();
        try
        {
            return new PathExpression(JsonPath.Parse(path));
        }
        catch (PathSyntaxException wrong)
        {
            throw Fault($"'{path}' is no path: {wrong.Message}");
        }
    }

    private void SkipQuoted(char quote)
    {
        for (_at++; _at < text.Length && text[_at] != quote; _at++)
        {
            if (text[_at] == '\\')
            {
                _at++;
            }
        }

        if (_at >= text.Length)
        {
            throw Fault("a quotation in a path is not closed");
        }
    }

    private LiteralExpression ParseLiteral()
    {
        var start = _at;
        while (Peek is not ('\0' or ',' or ')' or ' '))
        {
            _at++;
        }

        var literal = text[start.._at];
        JsonValue value = literal switch
        {
            "true" => JsonValue.True,
            "false" => JsonValue.False,
            "null" => JsonValue.Null,
            _ when double.TryParse(literal, NumberStyles.Float, CultureInfo.InvariantCulture, out _)
                && JsonReader.TryParse(Encoding.UTF8.GetBytes(literal), out var number) => number,
            _ => throw Fault($"'{literal}' is neither a number, true, false, null, a string, a path nor a function"),
        };
        return new LiteralExpression(literal, value);
    }

    private char Peek => _at < text.Length ? text[_at] : '\0';

    private void Expect(char expected)
    {
        SkipBlanks();
        if (Peek != expected)
        {
            throw Fault($"expected '{expected}' at position {_at}");
        }

        _at++;
    }

    private void SkipBlanks()
    {
        while (Peek == ' ')
        {
            _at++;
        }
    }

    private static IntrinsicSyntaxException Fault(string message) => new(message);
}
