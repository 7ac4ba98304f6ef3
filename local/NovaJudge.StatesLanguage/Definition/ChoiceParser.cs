using System.Collections.Immutable;
using NovaJudge.StatesLanguage.Choices;
using NovaJudge.StatesLanguage.Json;
using NovaJudge.StatesLanguage.Paths;
using NovaJudge.StatesLanguage.Templates;

namespace NovaJudge.StatesLanguage.Definition;

/// <summary>Parses choice rules.</summary>
internal static class ChoiceParser
{
    private const string PathSuffix = "Path";

    public static ChoiceRule? Parse(Fields fields, bool top)
    {
        fields.Any("Comment");
        if (top)
        {
            fields.Any("Next");
        }

        if (fields.Has("Condition"))
        {
            fields.RefuseJsonata("Condition");
            return null;
        }

        fields.OnlyOne("And", "Or", "Not", "Variable");
        var rule = fields.Has("And") ? Combine(fields, "And")
            : fields.Has("Or") ? Combine(fields, "Or")
            : fields.Has("Not") ? Negate(fields)
            : ParseComparison(fields);
        fields.RefuseOthers();
        return rule;
    }

    private static ChoiceRule? Combine(Fields fields, string name)
    {
        var rules = fields.Objects(name, orEmpty: false).Select(static child => Parse(child, top: false)).OfType<ChoiceRule>().ToImmutableArray();
        return name == "And" ? new AndRule(rules) : new OrRule(rules);
    }

    private static NotRule? Negate(Fields fields) => fields.Object("Not") is { } child && Parse(child, top: false) is { } rule ? new NotRule(rule) : null;

    private static ChoiceRule? ParseComparison(Fields fields)
    {
        var variable = (fields.Variable("Variable") as PathExpression)?.Path;
        if (!fields.Has("Variable"))
        {
            fields.Missing("Variable");
        }

        var operators = fields.Json.Properties.ToArray().Select(static p => p.Key).Where(IsOperator).ToList();
        if (operators.Count != 1)
        {
            fields.Problem(operators.Count == 0
                ? "A choice rule needs a comparison operator"
                : $"There should only be one of the following fields: [{string.Join(", ", operators)}]");
            operators.ForEach(name => fields.Any(name));
            return null;
        }

        return variable is null ? Read(fields, operators[0]) : ParseOperator(fields, variable, operators[0]);
    }

    private static ChoiceRule? Read(Fields fields, string name)
    {
        fields.Any(name);
        return null;
    }

    private static bool IsOperator(string name) =>
        name == Comparison.IsPresent
        || Comparison.Find(name) is not null
        || (name.EndsWith(PathSuffix, StringComparison.Ordinal) && Comparison.Find(name[..^PathSuffix.Length]) is { HasPathForm: true });

    private static ChoiceRule? ParseOperator(Fields fields, JsonPath variable, string name)
    {
        if (name == Comparison.IsPresent)
        {
            return fields.Flag(name) is { } expected ? new PresenceRule(variable, expected) : null;
        }

        if (Comparison.Find(name) is { } comparison)
        {
            var constant = fields.Any(name)!;
            if (comparison.Accepts(constant))
            {
                return name == Comparison.Matches
                    ? new PatternRule(variable, StringPattern.Parse(((JsonString)constant).Text))
                    : new ComparisonRule(variable, comparison, constant, null);
            }

            fields.ProblemAt(name, comparison.Operand switch
            {
                OperandType.Text => Fields.Expected("String"),
                OperandType.Number => Fields.Expected("Float"),
                OperandType.Timestamp => "Value is not a valid timestamp",
                _ => Fields.Expected("Boolean"),
            });
            return null;
        }

        return fields.Path(name) is PathExpression other
            ? new ComparisonRule(variable, Comparison.Find(name[..^PathSuffix.Length])!, null, other.Path)
            : null;
    }
}
