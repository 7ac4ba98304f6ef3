using System.Collections.Immutable;
using System.Text.RegularExpressions;
using NovaJudge.StatesLanguage.Json;

namespace NovaJudge.StatesLanguage.Paths;

/// <summary>What the conditions of a filter share: where `$` starts, and how much they may search.</summary>
internal sealed record FilterScope(JsonValue Root, PathBudget? Budget);

/// <summary>A condition of a filter, evaluated for each candidate.</summary>
internal abstract class FilterCondition
{
    public abstract bool Holds(JsonValue item, FilterScope scope);
}

internal sealed class AndCondition(ImmutableArray<FilterCondition> all) : FilterCondition
{
    public override bool Holds(JsonValue item, FilterScope scope) => all.All(condition => condition.Holds(item, scope));
}

internal sealed class OrCondition(ImmutableArray<FilterCondition> any) : FilterCondition
{
    public override bool Holds(JsonValue item, FilterScope scope) => any.Any(condition => condition.Holds(item, scope));
}

internal sealed class NotCondition(FilterCondition inner) : FilterCondition
{
    public override bool Holds(JsonValue item, FilterScope scope) => !inner.Holds(item, scope);
}

/// <summary>`@.name` alone: the path leads somewhere, be it to null.</summary>
internal sealed class ExistsCondition(FilterOperand operand) : FilterCondition
{
    public override bool Holds(JsonValue item, FilterScope scope) => operand.Exists(item, scope);
}

internal sealed class MatchCondition(FilterOperand left, Regex pattern) : FilterCondition
{
    public override bool Holds(JsonValue item, FilterScope scope) => left.Value(item, scope) switch
    {
        JsonString text => Matches(text.Text),
        JsonNumber number => Matches(number.Text),
        _ => false,
    };

    private bool Matches(string text)
    {
        var match = pattern.Match(text);
        return match.Success && match.Index == 0 && match.Length == text.Length;
    }
}

internal sealed class CompareCondition(FilterOperand left, string comparison, FilterOperand right) : FilterCondition
{
    public override bool Holds(JsonValue item, FilterScope scope)
    {
        var a = left.Value(item, scope);
        var b = right.Value(item, scope);
        return comparison switch
        {
            "==" or "===" => AreEqual(a, b),
            "!=" or "!==" => !AreEqual(a, b),
            "<" => Order(a, b) is < 0,
            "<=" => Order(a, b) is <= 0,
            ">" => Order(a, b) is > 0,
            ">=" => Order(a, b) is >= 0,
            "in" => b is JsonArray list && Contains(list, a),
            "nin" => b is JsonArray list && !Contains(list, a),
            "contains" => a switch
            {
                JsonArray list => Contains(list, b),
                JsonString text => b is JsonString part && text.Text.Contains(part.Text, StringComparison.Ordinal),
                _ => false,
            },
            "all" => (a, b) is (JsonArray have, JsonArray want) && All(want, have),
            "subsetof" => (a, b) is (JsonArray part, JsonArray whole) && All(part, whole),
            "anyof" => (a, b) is (JsonArray one, JsonArray other) && Any(one, other),
            "noneof" => (a, b) is (JsonArray one, JsonArray other) && !Any(one, other),
            "size" => Size(a) is { } size && b is JsonNumber count && JsonNumber.From(size).CompareTo(count) == 0,
            "empty" => Size(a) is { } length && b is not null && b.IsBoolean && (length == 0) == (b.Kind == JsonKind.True),
            _ => false,
        };
    }

    private static bool AreEqual(JsonValue? a, JsonValue? b) => a is null || b is null ? a is null && b is null : JsonEquality.AreEqual(a, b);

    private static int? Order(JsonValue? a, JsonValue? b) => (a, b) switch
    {
        (JsonNumber x, JsonNumber y) => x.CompareTo(y),
        (JsonString x, JsonString y) => string.CompareOrdinal(x.Text, y.Text),
        _ => null,
    };

    private static bool Contains(JsonArray list, JsonValue? value)
    {
        foreach (var item in list.Items)
        {
            if (AreEqual(item, value))
            {
                return true;
            }
        }

        return false;
    }

    private static bool All(JsonArray part, JsonArray whole) => part.Items.ToArray().All(item => Contains(whole, item));

    private static bool Any(JsonArray one, JsonArray other) => one.Items.ToArray().Any(item => Contains(other, item));

    private static int? Size(JsonValue? value) => value switch
    {
        JsonArray list => list.Count,
        JsonString text => text.Text.Length,
        _ => null,
    };
}
