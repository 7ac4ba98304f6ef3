using System.Collections.Immutable;
using System.Text;
using NovaJudge.StatesLanguage.Json;

namespace NovaJudge.StatesLanguage.Paths;

/// <summary>A JSONPath in the dialect of Jayway JsonPath, parsed once and evaluated without recursion.</summary>
internal sealed class JsonPath
{
    public JsonPath(string text, PathRoot root, string? variable, ImmutableArray<PathSegment> segments, PathFunction? function)
    {
        (Text, Root, Variable, Segments, Function) = (text, root, variable, segments, function);
        IsDefinite = segments.All(static segment => segment.IsDefinite);
    }

    /// <summary>The text as written in the definition.</summary>
    public string Text { get; }

    public PathRoot Root { get; }

    /// <summary>The variable's name when the path starts at one.</summary>
    public string? Variable { get; }

    public ImmutableArray<PathSegment> Segments { get; }

    /// <summary>The function the path ends in (`.length()`), if any.</summary>
    public PathFunction? Function { get; }

    /// <summary>Whether the path selects one value rather than a list.</summary>
    public bool IsDefinite { get; }

    public bool IsRoot => Segments.Length == 0 && Function is null;

    /// <summary>Whether the path may name a place to write to: property names and single, non-negative indices only.</summary>
    public bool IsReference => Function is null && Segments.All(static segment => segment switch
    {
        PropertySegment property => property.Names.Length == 1,
        IndexSegment index => index.Indices.Length == 1 && index.Indices[0] >= 0,
        _ => false,
    });

    /// <exception cref="PathSyntaxException">The text is no path.</exception>
    public static JsonPath Parse(string text) => new JsonPathParser(text, filterDepth: 0).Parse();

    /// <exception cref="PathException">A definite path selects nothing.</exception>
    public JsonValue Evaluate(JsonValue root, PathBudget? budget = null)
    {
        if (IsDefinite && Function is null)
        {
            return EvaluateDefinite(root);
        }

        var found = EvaluateAll(root, budget ?? new PathBudget());
        if (Function is not null)
        {
            return Function.Apply(IsDefinite ? found[0] : new JsonArray([.. found]));
        }

        return found.Count == 0 ? JsonArray.Empty : new JsonArray([.. found]);
    }

    /// <summary>Whether a definite path leads nowhere only because an array is too short: payload templates take that for null.</summary>
    public bool EndsPastArray(JsonValue root)
    {
        var value = root;
        foreach (var segment in Segments)
        {
            switch (segment)
            {
                case PropertySegment { Names.Length: 1 } property when value is JsonObject container && container.TryGet(property.Names[0], out var child):
                    value = child;
                    break;
                case IndexSegment { IsDefinite: true } index when value is JsonArray array:
                    var at = index.Indices[0] < 0 ? array.Count + index.Indices[0] : index.Indices[0];
                    if (at < 0 || at >= array.Count)
                    {
                        return true;
                    }

                    value = array[at];
                    break;
                default:
                    return false;
            }
        }

        return false;
    }

    /// <summary>The value, or null when a definite path selects nothing.</summary>
    public JsonValue? Find(JsonValue root, PathBudget? budget)
    {
        try
        {
            return Evaluate(root, budget);
        }
        catch (PathException)
        {
            return null;
        }
    }

    /// <summary>The segments in bracket notation, as messages show them.</summary>
    public string Canonical(int from, int to)
    {
        var text = new StringBuilder();
        for (var i = from; i < to; i++)
        {
            text.Append(Segments[i].Canonical);
        }

        return text.ToString();
    }

    private JsonValue EvaluateDefinite(JsonValue root)
    {
        var value = root;
        for (var i = 0; i < Segments.Length; i++)
        {
            // Plain property chains are nearly all paths there are: no list for them.
            if (Segments[i] is PropertySegment { Names.Length: 1 } property && value is JsonObject container && container.TryGet(property.Names[0], out var child))
            {
                value = child;
                continue;
            }

            var selected = new List<JsonValue>(1);
            Segments[i].Select(value, new PathWalk(this, i, upstreamDefinite: true, root, budget: null), selected);
            value = selected.Count > 0 ? selected[0] : throw new PathException($"No results for path: ${Canonical(0, Segments.Length)}");
        }

        return value;
    }

    private List<JsonValue> EvaluateAll(JsonValue root, PathBudget budget)
    {
        List<JsonValue> current = [root];
        var definite = true;
        for (var i = 0; i < Segments.Length; i++)
        {
            List<JsonValue> selected = [];
            foreach (var value in current)
            {
                try
                {
                    Segments[i].Select(value, new PathWalk(this, i, definite, root, budget), selected);
                }
                catch (PathException) when (!IsDefinite)
                {
                    // Step Functions answers an indefinite path that leads nowhere with an empty list.
                    return [];
                }
            }

            budget.Spend(current.Count + selected.Count);
            definite &= Segments[i].IsDefinite;
            current = selected;
        }

        return current.Count == 0 && IsDefinite
            ? throw new PathException($"No results for path: ${Canonical(0, Segments.Length)}")
            : current;
    }
}
