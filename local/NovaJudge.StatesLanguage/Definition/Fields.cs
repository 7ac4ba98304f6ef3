using System.Collections.Immutable;
using System.Globalization;
using NovaJudge.StatesLanguage.Json;

namespace NovaJudge.StatesLanguage.Definition;

/// <summary>Reads the fields of one JSON object of the definition, notes what is wrong, and finally names the fields nobody asked for.</summary>
internal sealed partial class Fields(JsonObject json, Location location, List<DefinitionProblem> problems)
{
    private readonly HashSet<string> _read = new(StringComparer.Ordinal);

    public JsonObject Json { get; } = json;

    public Location Location { get; } = location;

    public bool Has(string name) => Json.Has(name);

    public JsonValue? Any(string name)
    {
        _read.Add(name);
        return Json[name];
    }

    public void Problem(string message, string code = ProblemCodes.SchemaValidationFailed) =>
        problems.Add(new DefinitionProblem(code, message, Location.ToString()));

    public void ProblemAt(string field, string message, string code = ProblemCodes.SchemaValidationFailed) =>
        problems.Add(new DefinitionProblem(code, message, Location.Field(field).ToString()));

    public string? Text(string name, bool required = false)
    {
        var value = Any(name);
        if (value is JsonString text)
        {
            return text.Text;
        }

        if (value is not null)
        {
            ProblemAt(name, Expected("String"));
        }
        else if (required)
        {
            Missing(name);
        }

        return null;
    }

    public bool? Flag(string name)
    {
        var value = Any(name);
        if (value is null)
        {
            return null;
        }

        if (!value.IsBoolean)
        {
            ProblemAt(name, Expected("Boolean"));
            return null;
        }

        return value.Kind == JsonKind.True;
    }

    public long? Integer(string name, long least, long most = 99_999_999)
    {
        var value = Any(name);
        if (value is null)
        {
            return null;
        }

        if (value is not JsonNumber { IsInteger: true } number)
        {
            ProblemAt(name, Expected("Integer"));
            return null;
        }

        if (!number.TryGetInt64(out var integer))
        {
            integer = number.Text[0] == '-' ? long.MinValue : long.MaxValue;
        }

        if (integer < least || integer > most)
        {
            ProblemAt(name, integer < least ? $"Minimum value is {least}" : $"Maximum value is {most}");
            return null;
        }

        return integer;
    }

    public double? Number(string name, double least, double most = double.MaxValue)
    {
        var value = Any(name);
        if (value is null)
        {
            return null;
        }

        if (value is not JsonNumber number)
        {
            ProblemAt(name, Expected("Float"));
            return null;
        }

        var result = number.ToDouble();
        if (!(result >= least && result <= most))
        {
            ProblemAt(name, result < least
                ? $"Minimum value is {least.ToString("0.0", CultureInfo.InvariantCulture)}"
                : $"Maximum value is {most.ToString("0.0", CultureInfo.InvariantCulture)}");
            return null;
        }

        return result;
    }

    public Fields? Object(string name, bool required = false)
    {
        var value = Any(name);
        if (value is JsonObject child)
        {
            return new Fields(child, Location.Field(name), problems);
        }

        if (value is not null)
        {
            ProblemAt(name, Expected("Object"));
        }
        else if (required)
        {
            Missing(name);
        }

        return null;
    }

    /// <summary>The objects of a list, each with its place.</summary>
    public IEnumerable<Fields> Objects(string name, bool required = false, bool orEmpty = true)
    {
        var value = Any(name);
        if (value is not JsonArray array)
        {
            if (value is not null)
            {
                ProblemAt(name, Expected("Array"));
            }
            else if (required)
            {
                Missing(name);
            }

            yield break;
        }

        if (array.Count == 0 && !orEmpty)
        {
            ProblemAt(name, "The array must not be empty");
        }

        for (var i = 0; i < array.Count; i++)
        {
            var at = Location.Field(name).Item(i);
            if (array[i] is JsonObject item)
            {
                yield return new Fields(item, at, problems);
            }
            else
            {
                problems.Add(new DefinitionProblem(ProblemCodes.SchemaValidationFailed, Expected("Object"), at.ToString()));
            }
        }
    }

    public ImmutableArray<string> Texts(string name, bool required = false)
    {
        var value = Any(name);
        if (value is null)
        {
            if (required)
            {
                Missing(name);
            }

            return [];
        }

        if (value is not JsonArray array || array.Items.ToArray().Any(static item => item is not JsonString))
        {
            ProblemAt(name, Expected("Array of String"));
            return [];
        }

        if (array.Count == 0)
        {
            ProblemAt(name, "The array must not be empty");
        }

        return [.. array.Items.ToArray().Select(static item => ((JsonString)item).Text)];
    }

    /// <summary>Notes a field that must be there. AWS names all of one object together.</summary>
    public void Missing(string name)
    {
        const string start = "These fields are required: [";
        var here = Location.ToString();
        var known = problems.FindIndex(problem => problem.Location == here && problem.Message.StartsWith(start, StringComparison.Ordinal));
        if (known < 0)
        {
            Problem($"{start}{name}]");
        }
        else
        {
            problems[known] = problems[known] with { Message = $"{problems[known].Message[..^1]}, {name}]" };
        }
    }

    /// <summary>Notes fields that exclude one another.</summary>
    public void OnlyOne(params ReadOnlySpan<string> names)
    {
        var given = 0;
        foreach (var name in names)
        {
            given += Has(name) ? 1 : 0;
        }

        if (given > 1)
        {
            Problem($"There should only be one of the following fields: [{string.Join(", ", names)}]");
        }
    }

    /// <summary>Reports a field that exists in JSONata only.</summary>
    public void RefuseJsonata(string name)
    {
        _read.Add(name);
        Problem($"The QueryLanguage is set to 'JSONPath', but field '{name}' is only supported for the 'JSONata' QueryLanguage");
    }

    public static string Expected(string type) => $"Expected value of type {type}";

    /// <summary>Names every field that has not been read.</summary>
    public void RefuseOthers()
    {
        foreach (var (name, _) in Json.Properties)
        {
            if (!_read.Contains(name))
            {
                Problem($"Field '{name}' is not supported");
            }
        }
    }
}
