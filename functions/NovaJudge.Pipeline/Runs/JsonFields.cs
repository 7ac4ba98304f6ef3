using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace NovaJudge.Pipeline.Runs;

/// <summary>
/// Reads the fields of one JSON object with defaults, and notes every problem with its path instead of
/// stopping at the first: a wrong type, a value out of range, a field that nobody knows.
/// </summary>
internal sealed class JsonFields
{
    private readonly JsonElement? _object;
    private readonly string _path;
    private readonly List<string> _problems;
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    public JsonFields(JsonElement? element, string path, List<string> problems)
    {
        _path = path;
        _problems = problems;
        if (element is { ValueKind: JsonValueKind.Object })
        {
            _object = element;
        }
        else if (element is { ValueKind: not (JsonValueKind.Null or JsonValueKind.Undefined) } other)
        {
            Problem("", $"an object is expected, not {Describe(other)}");
        }
    }

    public JsonFields Object(string name) => new(Find(name), $"{_path}.{name}", _problems);

    /// <summary>The objects of a list; empty when there is none.</summary>
    public IReadOnlyList<JsonFields> Objects(string name, int most)
    {
        if (Find(name) is not { } value)
        {
            return [];
        }

        if (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() <= most)
        {
            return [.. value.EnumerateArray().Select((item, i) => new JsonFields(item, $"{_path}.{name}[{i}]", _problems))];
        }

        Problem(name, $"a list of at most {most} objects is expected, not {Describe(value)}");
        return [];
    }

    public JsonElement? Any(string name) => Find(name);

    public string Text(string name, string fallback, int maxLength = 4096) => OptionalText(name, maxLength) ?? fallback;

    public string? OptionalText(string name, int maxLength = 4096)
    {
        if (Find(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.String)
        {
            Problem(name, $"a text is expected, not {Describe(value)}");
            return null;
        }

        var text = value.GetString()!;
        var rule = text.Length > maxLength ? $"a text of at most {maxLength:N0} characters is expected"
            : text.Contains('\0', StringComparison.Ordinal) ? "a text holds no NUL character"
            : null;
        if (rule is not null)
        {
            Problem(name, rule);
            return null;
        }

        return text;
    }

    public bool Flag(string name, bool fallback)
    {
        if (Find(name) is not { } value)
        {
            return fallback;
        }

        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return value.GetBoolean();
        }

        Problem(name, $"true or false is expected, not {Describe(value)}");
        return fallback;
    }

    public int Whole(string name, int fallback, int min, int max) => (int)(OptionalWhole(name, min, max) ?? fallback);

    public long? OptionalWhole(string name, long min, long max)
    {
        if (Find(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) && number >= min && number <= max)
        {
            return number;
        }

        Problem(name, $"a whole number from {min:N0} to {max:N0} is expected, not {Describe(value)}");
        return null;
    }

    public double Number(string name, double fallback, double min, double max) => OptionalNumber(name, min, max) ?? fallback;

    public double? OptionalNumber(string name, double min, double max)
    {
        if (Find(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && number >= min && number <= max)
        {
            return number;
        }

        Problem(name, $"a number from {min} to {max} is expected, not {Describe(value)}");
        return null;
    }

    public T Word<T>(string name, T fallback, JsonTypeInfo<T> type)
        where T : struct, Enum
    {
        if (Find(name) is not { } value)
        {
            return fallback;
        }

        if (value.ValueKind == JsonValueKind.String)
        {
            try
            {
                return value.Deserialize(type);
            }
            catch (JsonException)
            {
                // Told below, with what would have been right.
            }
        }

        var words = Enum.GetValues<T>().Select(word => JsonSerializer.Serialize(word, type).Trim('"'));
        Problem(name, $"one of {string.Join(", ", words)} is expected, not {Describe(value)}");
        return fallback;
    }

    public string Word(string name, string fallback, IReadOnlyList<string> words)
    {
        var text = OptionalText(name) ?? fallback;
        if (words.Contains(text))
        {
            return text;
        }

        Problem(name, $"one of {string.Join(", ", words)} is expected, not \"{text}\"");
        return fallback;
    }

    public IReadOnlyList<string>? OptionalTexts(string name, IReadOnlyList<string>? words = null)
    {
        if (Find(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.Array || value.EnumerateArray().Any(item => item.ValueKind != JsonValueKind.String))
        {
            Problem(name, $"a list of texts is expected, not {Describe(value)}");
            return null;
        }

        var texts = value.EnumerateArray().Select(item => item.GetString()!).ToArray();
        foreach (var text in texts.Where(text => words is not null && !words.Contains(text)))
        {
            Problem(name, $"one of {string.Join(", ", words!)} is expected, not \"{text}\"");
        }

        return texts;
    }

    /// <summary>Notes a problem with a field of this object.</summary>
    public void Problem(string name, string rule) => _problems.Add($"{(name.Length == 0 ? _path : $"{_path}.{name}")}: {rule}.");

    /// <summary>Notes every field that was not asked for.</summary>
    public void RefuseOthers()
    {
        if (_object is not { } element)
        {
            return;
        }

        foreach (var field in element.EnumerateObject().Where(field => !_known.Contains(field.Name)))
        {
            var near = _known.MinBy(known => Distance(known, field.Name));
            var hint = near is not null && Distance(near, field.Name) <= 3 ? $" Did you mean \"{near}\"?" : $" Known are {string.Join(", ", _known)}.";
            _problems.Add($"{_path}.{field.Name}: there is no such field.{hint}");
        }
    }

    private JsonElement? Find(string name)
    {
        _known.Add(name);
        return _object is { } element && element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
    }

    private static string Describe(JsonElement value)
    {
        var text = value.GetRawText();
        return text.Length <= 60 ? text : $"{text[..57]}...";
    }

    /// <summary>Levenshtein's edit distance.</summary>
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                (diagonal, row[j]) = (row[j], Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)));
            }
        }

        return row[^1];
    }
}
