using System.Collections.Immutable;
using System.Globalization;
using NovaJudge.StatesLanguage.Intrinsics;
using NovaJudge.StatesLanguage.Json;
using NovaJudge.StatesLanguage.Paths;
using NovaJudge.StatesLanguage.Templates;

namespace NovaJudge.StatesLanguage.Definition;

/// <summary>Reads the fields of one JSON object of the definition, notes what is wrong, and finally names the fields nobody asked for.</summary>
internal sealed class Fields(JsonObject json, Location location, List<DefinitionProblem> problems)
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

    public void Problem(string field, string message, string code = ProblemCodes.SchemaValidationFailed) =>
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
            Problem(name, "Value is not a string");
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
            Problem(name, "Value is not a boolean");
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
            Problem(name, "Value is not an integer");
            return null;
        }

        if (!number.TryGetInt64(out var integer) || integer < least || integer > most)
        {
            Problem(name, $"Value is not between {least} and {most}");
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
            Problem(name, "Value is not a number");
            return null;
        }

        var result = number.ToDouble();
        if (!(result >= least && result <= most))
        {
            Problem(name, $"Value is not between {least.ToString(CultureInfo.InvariantCulture)} and {most.ToString(CultureInfo.InvariantCulture)}");
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
            Problem(name, "Value is not a JSON object");
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
                Problem(name, "Value is not an array");
            }
            else if (required)
            {
                Missing(name);
            }

            yield break;
        }

        if (array.Count == 0 && !orEmpty)
        {
            Problem(name, "The array must not be empty");
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
                problems.Add(new DefinitionProblem(ProblemCodes.SchemaValidationFailed, "Value is not a JSON object", at.ToString()));
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
            Problem(name, "Value is not an array of strings");
            return [];
        }

        if (array.Count == 0)
        {
            Problem(name, "The array must not be empty");
        }

        return [.. array.Items.ToArray().Select(static item => ((JsonString)item).Text)];
    }

    /// <summary>A path, or where it is allowed a call.</summary>
    public Expression? Path(string name, bool calls = false)
    {
        var text = Text(name);
        return text is null ? null : ParseExpression(name, text, calls);
    }

    /// <summary>InputPath and OutputPath: null has a meaning of its own.</summary>
    public PathField PathOrNull(string name)
    {
        if (Any(name) is { Kind: JsonKind.Null })
        {
            return PathField.Nothing;
        }

        return Path(name) is { } path ? new PathField(path, false) : PathField.Whole;
    }

    public ResultPathField ResultPath(string name)
    {
        if (Any(name) is { Kind: JsonKind.Null })
        {
            return ResultPathField.None;
        }

        var text = Text(name);
        if (text is null)
        {
            return ResultPathField.Whole;
        }

        try
        {
            var path = JsonPath.Parse(text);
            if (path.Root == PathRoot.Input && path.IsReference)
            {
                return path.IsRoot ? ResultPathField.Whole : new ResultPathField(new ReferencePath(path), false);
            }
        }
        catch (PathSyntaxException)
        {
        }

        Problem(name, $"Value is not a Reference Path: '{text}'");
        return ResultPathField.Whole;
    }

    public PayloadTemplate? Template(string name)
    {
        var value = Any(name);
        return value is null ? null : TemplateCompiler.Compile(value, Location.Field(name), problems);
    }

    public NumberField? NumberOrPath(string name, long least, long most = 99_999_999)
    {
        var path = name + "Path";
        if (Has(name) && Has(path))
        {
            Problem($"Only one of {name} and {path} may be given");
        }

        if (Integer(name, least, most) is { } value)
        {
            return new NumberField(name, value, null);
        }

        return Path(path) is { } expression ? new NumberField(name, null, expression) : null;
    }

    public ToleranceField? Tolerance(string name, double most)
    {
        var path = name + "Path";
        if (Has(name) && Has(path))
        {
            Problem($"Only one of {name} and {path} may be given");
        }

        if (Number(name, 0, most) is { } value)
        {
            return new ToleranceField(name, value, null);
        }

        return Path(path) is { } expression ? new ToleranceField(name, null, expression) : null;
    }

    public void Missing(string name) => Problem($"The field '{name}' is required");

    /// <summary>Names every field that has not been read.</summary>
    public void RefuseOthers(string what)
    {
        foreach (var (name, _) in Json.Properties)
        {
            if (!_read.Contains(name))
            {
                Problem(name, $"Field '{name}' is not supported in {what}");
            }
        }
    }

    private Expression? ParseExpression(string name, string text, bool calls)
    {
        try
        {
            if (IntrinsicParser.LooksLikeCall(text) && !calls)
            {
                Problem(name, $"Value is not a valid JSONPath: '{text}'");
                return null;
            }

            return Expression.Parse(text);
        }
        catch (PathSyntaxException wrong)
        {
            Problem(name, $"Value is not a valid JSONPath: '{text}' ({wrong.Message})");
        }
        catch (IntrinsicSyntaxException wrong)
        {
            Problem(name, $"Value is not a valid intrinsic function call: '{text}' ({wrong.Message})");
        }

        return null;
    }
}
