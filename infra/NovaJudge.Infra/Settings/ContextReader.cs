using System.Text.Json;
using System.Text.RegularExpressions;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Infra.Settings;

/// <summary>Reads the entries <c>nova:…</c> and gathers everything that is wrong with them.</summary>
public sealed class ContextReader
{
    private const string Prefix = "nova:";

    private readonly Dictionary<string, JsonElement> _entries = new(StringComparer.Ordinal);
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly List<string> _problems = [];

    public ContextReader(JsonElement context)
    {
        foreach (var entry in context.EnumerateObject().Where(entry => entry.Name.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            _entries[entry.Name[Prefix.Length..]] = Unquoted(entry.Value);
        }
    }

    public IReadOnlyList<string> Problems => _problems;

    /// <summary>Notes a problem of an entry, or of a place inside one: <c>models[1]</c>, <c>schedule.expression</c>.</summary>
    public void Problem(string path, string problem) => _problems.Add($"\"{Prefix}{path}\": {problem}.");

    public string Text(string name, string fallback, string pattern, string rule) => Find(name) switch
    {
        null => fallback,
        { ValueKind: JsonValueKind.String } value when Regex.IsMatch(value.GetString()!, pattern) => value.GetString()!,
        { } value => Wrong(name, value, rule, fallback),
    };

    public int Whole(string name, int fallback, Predicate<int> fits, string rule) => Find(name) switch
    {
        null => fallback,
        { ValueKind: JsonValueKind.Number } value when value.TryGetInt32(out var number) && fits(number) => number,
        { } value => Wrong(name, value, rule, fallback),
    };

    /// <summary>A list of texts of one form; empty when absent.</summary>
    public IReadOnlyList<string> Texts(string name, string pattern, string rule)
    {
        var texts = new List<string>();
        foreach (var (item, index) in Items(name))
        {
            texts.Add(item.ValueKind == JsonValueKind.String && Regex.IsMatch(item.GetString()!, pattern)
                ? item.GetString()!
                : Wrong($"{name}[{index}]", item, rule, ""));
        }

        return [.. texts.Distinct(StringComparer.Ordinal)];
    }

    /// <summary>A list of models that can be called on AWS.</summary>
    public IReadOnlyList<ModelSpec> Models(string name)
    {
        var models = new List<ModelSpec>();
        foreach (var (item, index) in Items(name))
        {
            string? problem = "a model spec is expected";
            var model = item.ValueKind == JsonValueKind.String ? ModelSpec.TryParse(item.GetString()!, out problem) : null;
            if (model is null)
            {
                Problem($"{name}[{index}]", problem!);
            }
            else if (ModelRules.Problem(model) is { } refused)
            {
                Problem($"{name}[{index}]", refused);
            }
            else
            {
                models.Add(model);
            }
        }

        return [.. models.Distinct()];
    }

    /// <summary>An object; <c>true</c> means one without entries, <c>false</c> and absence mean none.</summary>
    public JsonElement? Fields(string name) => Find(name) switch
    {
        null or { ValueKind: JsonValueKind.False } => null,
        { ValueKind: JsonValueKind.Object } value => value,
        { ValueKind: JsonValueKind.True } => JsonDocument.Parse("{}").RootElement,
        { } value => Wrong<JsonElement?>(name, value, "an object, true or false", null),
    };

    /// <summary>Refuses what nothing has asked for: a misspelt name must not be ignored.</summary>
    public void RefuseOthers()
    {
        foreach (var name in _entries.Keys.Where(name => !_known.Contains(name)))
        {
            Problem(name, $"there is no such entry; known are {string.Join(", ", _known.Order(StringComparer.Ordinal))}");
        }
    }

    /// <summary>Refuses fields of an object that are not in the list.</summary>
    public void RefuseOthers(string name, JsonElement value, params IReadOnlyList<string> known)
    {
        foreach (var field in value.EnumerateObject().Where(field => !known.Contains(field.Name)))
        {
            Problem($"{name}.{field.Name}", $"there is no such field; known are {string.Join(", ", known)}");
        }
    }

    private IEnumerable<(JsonElement Item, int Index)> Items(string name)
    {
        var value = Find(name);
        if (value is null or { ValueKind: JsonValueKind.Array })
        {
            return value?.EnumerateArray().Select((item, index) => (item, index)) ?? [];
        }

        Problem(name, $"a list is expected, not {value}");
        return [];
    }

    private JsonElement? Find(string name)
    {
        _known.Add(name);
        return _entries.TryGetValue(name, out var value) ? value : null;
    }

    private T Wrong<T>(string path, JsonElement value, string rule, T fallback)
    {
        Problem(path, $"{rule} is expected, not {value.GetRawText()}");
        return fallback;
    }

    // -c on the command line hands everything over as text.
    private static JsonElement Unquoted(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.String && Regex.IsMatch(value.GetString()!, @"^(\{.*|\[.*|true|false|\d+)$", RegexOptions.Singleline))
        {
            try
            {
                return JsonDocument.Parse(value.GetString()!).RootElement;
            }
            catch (JsonException)
            {
                // Then it is a text that looks like JSON: whoever asks for an object will say so.
            }
        }

        return value;
    }
}
