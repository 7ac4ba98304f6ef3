using System.Text.Json;
using NovaJudge.StatesLanguage.Json;
using JsonReader = NovaJudge.StatesLanguage.Json.JsonReader;

namespace NovaJudge.StatesLanguage.Definition;

/// <summary>Turns JSON into linked states and collects every problem on the way.</summary>
internal sealed class DefinitionParser(DefinitionOptions options)
{
    /// <summary>Deeper JSON is no definition; below this, parsing and running may recurse.</summary>
    private const int DeepestJson = 500;

    /// <summary>AWS's quota: 1 MB.</summary>
    private const int LargestDefinition = 1_048_576;

    private readonly List<DefinitionProblem> _problems = [];
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly HashSet<string> _labels = new(StringComparer.Ordinal);

    public DefinitionOptions Options { get; } = options;

    /// <summary>The variables of the level being parsed.</summary>
    public VariableScope Variables { get; private set; } = new(null);

    public StateMachineDefinition Parse(ReadOnlySpan<byte> utf8Json)
    {
        if (ReadDefinition(utf8Json) is not { } json)
        {
            throw new InvalidDefinitionException(_problems);
        }

        var fields = new Fields(json, Location.Root, _problems);
        var comment = fields.Text("Comment");
        fields.Text("Version");
        if (RefusesQueryLanguage(fields, "the state machine"))
        {
            // Everything below is written in the other language: one problem says all.
            throw new InvalidDefinitionException(_problems);
        }

        var timeout = fields.Integer("TimeoutSeconds", 1);
        var graph = ParseGraph(fields);
        fields.RefuseOthers();
        Variables.Check(_problems);
        if (_problems.Count > 0 || graph is null)
        {
            throw new InvalidDefinitionException(_problems);
        }

        return new StateMachineDefinition(graph, comment, timeout is { } seconds ? TimeSpan.FromSeconds(seconds) : null);
    }

    /// <summary>Notes a Map's label; false when another Map has it already.</summary>
    public bool TakeLabel(string label) => _labels.Add(label);

    /// <summary>A level inside another one. The children of a distributed Map do not see outer variables: their level is isolated.</summary>
    public StateGraph? ParseInnerGraph(Fields fields, bool isolated)
    {
        var outer = Variables;
        Variables = outer.Enter(isolated);
        var graph = ParseGraph(fields);
        Variables = outer;
        return graph;
    }

    /// <summary>StartAt and States of a machine, a branch or an item processor.</summary>
    private StateGraph? ParseGraph(Fields fields)
    {
        var statesField = fields.Object("States", required: true);
        var startAt = fields.Text("StartAt", required: true);
        if (statesField is null)
        {
            return null;
        }

        var states = new List<State>();
        var links = new TransitionLinks(_problems);
        foreach (var (name, value) in statesField.Json.Properties)
        {
            var location = statesField.Location.Field(name);
            statesField.Any(name);
            if (!_names.Add(name))
            {
                _problems.Add(new(ProblemCodes.DuplicateStateName, $"Duplicate State name: {name}", location.ToString()));
            }

            if (value is not JsonObject json)
            {
                _problems.Add(new(ProblemCodes.SchemaValidationFailed, Fields.Expected("Object"), location.ToString()));
            }
            else if (new StateParser(this, links, name, new Fields(json, location, _problems)).Parse() is { } state)
            {
                states.Add(state);
            }
        }

        if (statesField.Json.Count == 0)
        {
            statesField.Problem("The object must not be empty");
        }

        return links.Resolve(fields, startAt, statesField.Json, [.. states]);
    }

    /// <summary>Whether what follows is written in JSONata, which is reported; anything else that is not JSONPath is reported too.</summary>
    public static bool RefusesQueryLanguage(Fields fields, string where)
    {
        switch (fields.Text("QueryLanguage"))
        {
            case null or "JSONPath":
                return false;
            case "JSONata":
                fields.ProblemAt("QueryLanguage", $"The query language JSONata is not supported in {where}; use JSONPath", ProblemCodes.NotSupported);
                return true;
            default:
                fields.ProblemAt("QueryLanguage", "Value is not one of JSONPath, JSONata");
                return false;
        }
    }

    private JsonObject? ReadDefinition(ReadOnlySpan<byte> utf8Json)
    {
        try
        {
            if (utf8Json.Length > LargestDefinition)
            {
                _problems.Add(new(ProblemCodes.InvalidJson, $"The definition has more than {LargestDefinition} bytes", ""));
                return null;
            }

            var value = JsonReader.Parse(utf8Json);
            if (Depth(utf8Json) > DeepestJson)
            {
                _problems.Add(new(ProblemCodes.InvalidJson, $"The definition is nested more than {DeepestJson} levels deep", ""));
                return null;
            }

            if (value is JsonObject json)
            {
                return json;
            }

            _problems.Add(new(ProblemCodes.InvalidJson, "The definition is not a JSON object", ""));
        }
        catch (JsonException wrong)
        {
            _problems.Add(new(ProblemCodes.InvalidJson, wrong.Message, ""));
        }

        return null;
    }

    private static int Depth(ReadOnlySpan<byte> utf8Json)
    {
        var reader = new Utf8JsonReader(utf8Json, new JsonReaderOptions { MaxDepth = 10_000_000 });
        var deepest = 0;
        while (reader.Read())
        {
            deepest = Math.Max(deepest, reader.CurrentDepth);
        }

        return deepest;
    }
}
