using NovaJudge.StatesLanguage.Definition;
using NovaJudge.StatesLanguage.Intrinsics;
using NovaJudge.StatesLanguage.Json;
using NovaJudge.StatesLanguage.Paths;

namespace NovaJudge.StatesLanguage.Templates;

/// <summary>Compiles payload templates. Definitions are at most a thousand levels deep, so recursion is safe here.</summary>
internal static class TemplateCompiler
{
    private const string Computed = ".$";

    public static PayloadTemplate Compile(JsonValue value, Location location, List<DefinitionProblem> problems)
    {
        switch (value)
        {
            case JsonObject json:
                return CompileObject(json, location, problems);
            case JsonArray array:
                var items = new PayloadTemplate[array.Count];
                for (var i = 0; i < items.Length; i++)
                {
                    items[i] = Compile(array[i], location.Item(i), problems);
                }

                return Array.TrueForAll(items, static item => item.Constant is not null) ? new ConstantTemplate(value) : new ArrayTemplate(items);
            default:
                return new ConstantTemplate(value);
        }
    }

    private static PayloadTemplate CompileObject(JsonObject json, Location location, List<DefinitionProblem> problems)
    {
        var fields = new List<KeyValuePair<string, PayloadTemplate>>(json.Count);
        var names = new HashSet<string>(StringComparer.Ordinal);
        var constant = true;
        foreach (var (name, value) in json.Properties)
        {
            var isComputed = name.EndsWith(Computed, StringComparison.Ordinal);
            var target = isComputed ? name[..^Computed.Length] : name;
            if (!names.Add(target))
            {
                problems.Add(new(ProblemCodes.SchemaValidationFailed, $"The field '{target}' is given twice, as a value and as a path", location.ToString()));
                continue;
            }

            var field = isComputed ? CompileComputed(name, value, location, problems) : Compile(value, location.Field(name), problems);
            constant &= field.Constant is not null && !isComputed;
            fields.Add(new(target, field));
        }

        return constant ? new ConstantTemplate(json) : new ObjectTemplate([.. fields]);
    }

    private static PayloadTemplate CompileComputed(string name, JsonValue value, Location location, List<DefinitionProblem> problems)
    {
        try
        {
            if (value is JsonString text)
            {
                return new ComputedTemplate(name, Expression.Parse(text.Text));
            }
        }
        catch (Exception wrong) when (wrong is PathSyntaxException or IntrinsicSyntaxException)
        {
        }

        problems.Add(new(
            ProblemCodes.SchemaValidationFailed,
            $"The value for the field '{name}' must be a valid JSONPath or a valid intrinsic function call",
            location.ToString()));
        return new ConstantTemplate(JsonValue.Null);
    }
}
