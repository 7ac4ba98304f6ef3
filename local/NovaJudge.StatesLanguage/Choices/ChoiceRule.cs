using System.Collections.Immutable;
using NovaJudge.StatesLanguage.Json;
using NovaJudge.StatesLanguage.Paths;
using NovaJudge.StatesLanguage.Templates;

namespace NovaJudge.StatesLanguage.Choices;

/// <summary>A condition of a Choice state.</summary>
internal abstract class ChoiceRule
{
    /// <exception cref="StateException">The rule refers to something that is not there.</exception>
    public abstract bool Holds(Scope scope);
}

internal sealed class AndRule(ImmutableArray<ChoiceRule> rules) : ChoiceRule
{
    public override bool Holds(Scope scope)
    {
        foreach (var rule in rules)
        {
            if (!rule.Holds(scope))
            {
                return false;
            }
        }

        return true;
    }
}

internal sealed class OrRule(ImmutableArray<ChoiceRule> rules) : ChoiceRule
{
    public override bool Holds(Scope scope)
    {
        foreach (var rule in rules)
        {
            if (rule.Holds(scope))
            {
                return true;
            }
        }

        return false;
    }
}

internal sealed class NotRule(ChoiceRule rule) : ChoiceRule
{
    public override bool Holds(Scope scope) => !rule.Holds(scope);
}

/// <summary>`IsPresent`: the only test that may ask about something that is not there.</summary>
internal sealed class PresenceRule(JsonPath variable, bool expected) : ChoiceRule
{
    public override bool Holds(Scope scope)
    {
        bool present;
        try
        {
            // A filter or a slice that matches nothing leads nowhere.
            present = scope.Select(variable) is { } found && (variable.IsDefinite || found is not JsonArray { Count: 0 });
        }
        catch (Exception missing) when (missing is PathException or StateException)
        {
            present = false;
        }

        return present == expected;
    }
}

/// <summary>`StringMatches`: the pattern is taken apart once.</summary>
internal sealed class PatternRule(JsonPath variable, StringPattern pattern) : ChoiceRule
{
    public override bool Holds(Scope scope) => ComparisonRule.Select(variable, scope) is JsonString text && pattern.Matches(text.Text);
}

/// <summary>A test or comparison of one variable with a constant or with another path.</summary>
internal sealed class ComparisonRule(JsonPath variable, Comparison comparison, JsonValue? constant, JsonPath? other) : ChoiceRule
{
    public override bool Holds(Scope scope)
    {
        var value = Select(variable, scope);
        var operand = other is null ? constant! : Select(other, scope);
        return comparison.Apply(value, operand);
    }

    public static JsonValue Select(JsonPath path, Scope scope)
    {
        try
        {
            return scope.Select(path);
        }
        catch (PathException)
        {
            throw new StateException(ErrorNames.Runtime, $"Invalid path '{path.Text}': The choice state's condition path references an invalid value.");
        }
    }
}
