using System.Globalization;
using System.Text;

namespace NovaJudge.Pipeline.Judging.Archive;

/// <summary>
/// Reads a dict that Python (or JSON) wrote as text, key by key, without building a tree: strings of every quoting, numbers,
/// <c>None</c>, <c>nan</c>, numbers wrapped as NumPy prints them (<c>np.float64(0.5)</c>), lists, tuples and dicts to skip.
/// Never throws on bad text: it fails, once and for good.
/// </summary>
internal ref struct LiteralReader(ReadOnlySpan<char> text)
{
    private readonly ReadOnlySpan<char> _text = text;
    private int _at;
    private bool _first = true;

    /// <summary>Whether the text turned out not to be a literal.</summary>
    public bool Failed { get; private set; }

    /// <summary>Enters the outermost dict.</summary>
    public bool TryEnter()
    {
        Failed = !Take('{');
        return !Failed;
    }

    /// <summary>The next key, whose value must then be read or skipped; false at the end of the dict and of the text.</summary>
    public bool TryReadKey(out ReadOnlySpan<char> key)
    {
        key = default;
        if (Failed)
        {
            return false;
        }

        var comma = _first || Take(',');
        if (Take('}'))
        {
            SkipSpace();
            Failed = _at < _text.Length;
            return false;
        }

        _first = false;
        Failed |= !comma || !TryString(out key) || !Take(':');
        return !Failed;
    }

    /// <summary>A value as text: strings unquoted, lists joined by new lines, <c>None</c> as <c>null</c>, all else as it stands.</summary>
    public string? ReadText()
    {
        SkipSpace();
        if (TryString(out var text))
        {
            return text.ToString();
        }

        if (Failed)
        {
            return null;
        }

        if (Take('[') || Take('('))
        {
            return ReadList();
        }

        var start = _at;
        Skip();
        var raw = _text[start.._at].Trim();
        return raw is "None" or "null" or "nan" or "NaN" ? null : raw.ToString();
    }

    /// <summary>A value as a number; <c>null</c> for anything that is none, or is not finite.</summary>
    public double? ReadNumber()
    {
        SkipSpace();
        if (TryString(out var quoted))
        {
            return Number(quoted);
        }

        var start = _at;
        Skip();
        return Failed ? null : Number(_text[start.._at]);
    }

    /// <summary>Passes over a value, however deep.</summary>
    public void Skip()
    {
        var depth = 0;
        while (!Failed)
        {
            SkipSpace();
            if (_at == _text.Length)
            {
                Failed = true;
            }
            else if (TryString(out _))
            {
                // Whatever it holds, it is one part of the value.
            }
            else if (_text[_at] is '{' or '[' or '(')
            {
                depth++;
                _at++;
            }
            else if (_text[_at] is '}' or ']' or ')' && depth > 0)
            {
                depth--;
                _at++;
            }
            else if (_text[_at] is ',' or ':' && depth > 0)
            {
                _at++;
                continue;
            }
            else
            {
                var start = _at;
                while (_at < _text.Length && _text[_at] is not (',' or ':' or '{' or '}' or '[' or ']' or '(' or ')' or '\'' or '"') && !char.IsWhiteSpace(_text[_at]))
                {
                    _at++;
                }

                Failed |= _at == start;
            }

            // np.float64(0.5): the bracket that follows a word belongs to it.
            if (depth == 0 && (_at == _text.Length || _text[_at] != '('))
            {
                return;
            }
        }
    }

    private static double? Number(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        if (text is "True" or "true")
        {
            return 1;
        }

        if (text is "False" or "false")
        {
            return 0;
        }

        if (text.Length > 0 && text[^1] == ')' && text.IndexOf('(') is var open and > 0)
        {
            var inner = text[(open + 1)..^1];
            text = inner.IndexOf(',') is var comma and >= 0 ? inner[..comma] : inner;
        }

        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? number
            : null;
    }

    private string ReadList()
    {
        var joined = new StringBuilder();
        for (var items = 0; !Failed && !Take(']') && !Take(')'); items++)
        {
            if (items > 0 && !Take(','))
            {
                Failed = true;
                break;
            }

            if (Take(']') || Take(')'))
            {
                break;
            }

            SkipSpace();
            var start = _at;
            var item = TryString(out var text) ? text : SkipAndTake(start);
            joined.Append(items > 0 ? "\n" : "").Append(item);
        }

        return joined.ToString();
    }

    private ReadOnlySpan<char> SkipAndTake(int start)
    {
        Skip();
        return _text[start.._at];
    }

    private bool TryString(out ReadOnlySpan<char> value)
    {
        value = default;
        SkipSpace();
        var at = _at;
        var raw = false;
        while (at < _text.Length && at < _at + 2 && _text[at] is 'r' or 'R' or 'b' or 'B' or 'u' or 'U')
        {
            raw |= _text[at] is 'r' or 'R';
            at++;
        }

        if (at >= _text.Length || _text[at] is not ('\'' or '"'))
        {
            return false;
        }

        var quote = _text.Slice(at, at + 2 < _text.Length && _text[at + 1] == _text[at] && _text[at + 2] == _text[at] ? 3 : 1);
        at += quote.Length;
        var start = at;
        var escaped = false;
        while (at < _text.Length && !_text[at..].StartsWith(quote, StringComparison.Ordinal))
        {
            escaped |= _text[at] == '\\';
            at += _text[at] == '\\' ? 2 : 1;
        }

        if (at >= _text.Length)
        {
            Failed = true;
            return false;
        }

        value = escaped && !raw ? PythonEscapes.Undo(_text[start..at]) : _text[start..at];
        _at = at + quote.Length;
        return true;
    }

    private bool Take(char expected)
    {
        SkipSpace();
        if (_at >= _text.Length || _text[_at] != expected)
        {
            return false;
        }

        _at++;
        return true;
    }

    private void SkipSpace()
    {
        while (_at < _text.Length && char.IsWhiteSpace(_text[_at]))
        {
            _at++;
        }
    }
}
