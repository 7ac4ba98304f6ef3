using System.Collections.Immutable;
using NovaJudge.StatesLanguage.Json;
using NovaJudge.StatesLanguage.Templates;

namespace NovaJudge.StatesLanguage.Definition;

/// <summary>Parses one state.</summary>
internal sealed partial class StateParser(DefinitionParser definition, TransitionLinks links, string name, Fields fields)
{
    private const int LongestName = 80;

    public HandlerParser Handlers => new(this, links, fields);

    public State? Parse()
    {
        if (name.Length is 0 or > LongestName)
        {
            fields.Problem($"A state's name has 1 to {LongestName} characters", ProblemCodes.InvalidStateName);
        }

        fields.Any("Comment");
        if (DefinitionParser.RefusesQueryLanguage(fields, $"the state '{name}'"))
        {
            return Abandon();
        }

        var type = fields.Text("Type", required: true);
        if (RefuseJsonata())
        {
            return Abandon();
        }

        State? state = type switch
        {
            "Pass" => ParsePass(),
            "Task" => ParseTask(),
            "Choice" => ParseChoice(),
            "Wait" => ParseWait(),
            "Succeed" => ParseSucceed(),
            "Fail" => ParseFail(),
            "Parallel" => ParseParallel(),
            "Map" => new MapParser(definition, this, fields).Parse(name),
            _ => null,
        };
        if (state is null)
        {
            if (type is not (null or "Task" or "Choice" or "Map" or "Parallel" or "Wait"))
            {
                fields.ProblemAt("Type", $"Value is not one of Pass, Task, Choice, Wait, Succeed, Fail, Parallel, Map: '{type}'");
            }

            return Abandon();
        }

        fields.RefuseOthers();
        return state;
    }

    /// <summary>What cannot be parsed should not make its neighbours look unreachable, too.</summary>
    private State? Abandon()
    {
        links.AddTerminal();
        Follow(fields.Json, fields.Location);
        foreach (var list in new[] { "Choices", "Catch" })
        {
            var entries = (fields.Json[list] as JsonArray)?.Items.ToArray() ?? [];
            for (var i = 0; i < entries.Length; i++)
            {
                Follow(entries[i] as JsonObject ?? JsonObject.Empty, fields.Location.Field(list).Item(i));
            }
        }

        return null;

        void Follow(JsonObject json, Location at)
        {
            foreach (var field in new[] { "Next", "Default" })
            {
                if (json[field] is JsonString target)
                {
                    links.Add(target.Text, at.Field(field));
                }
            }
        }
    }

    /// <summary>Next or End, of which one must be there.</summary>
    public Target? Transition()
    {
        var next = fields.Text("Next");
        var end = fields.Flag("End");
        if (next is not null && end == true)
        {
            fields.Problem("There should only be one of the following fields: [Next, End]");
        }
        else if (next is null && end != true && !fields.Has("Next"))
        {
            fields.Missing("Next");
        }

        if (end == true)
        {
            links.AddTerminal();
        }

        return next is null ? null : links.Add(next, fields.Location.Field("Next"));
    }

    /// <summary>Assign: an object whose top-level names become variables.</summary>
    public PayloadTemplate? Assign(Fields from)
    {
        if (!from.Has("Assign"))
        {
            return null;
        }

        if (from.Any("Assign") is not JsonObject variables)
        {
            from.ProblemAt("Assign", Fields.Expected("Object"));
            return null;
        }

        foreach (var (variable, _) in variables.Properties)
        {
            var plain = variable.EndsWith(".$", StringComparison.Ordinal) ? variable[..^2] : variable;
            if (plain.Length is 0 or > 80 || plain == "states" || !Paths.JsonPathParser.IsNameStart(plain[0]) || !plain.All(Paths.JsonPathParser.IsNamePart))
            {
                from.ProblemAt("Assign", $"'{plain}' is not a valid variable name");
            }

            definition.Variables.Note(plain, from.Location.Field("Assign").ToString());
        }

        return from.Template("Assign");
    }

    private static readonly ImmutableArray<string> JsonataFields = ["Arguments", "Output", "Items"];

    private bool RefuseJsonata()
    {
        var refused = false;
        foreach (var field in JsonataFields.Where(fields.Has))
        {
            fields.RefuseJsonata(field);
            refused = true;
        }

        return refused;
    }
}
