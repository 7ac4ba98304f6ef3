using System.Collections.Immutable;
using System.Text;
using NovaJudge.StatesLanguage.Json;

namespace NovaJudge.StatesLanguage.Paths;

/// <summary>A JSONPath in the dialect of Jayway JsonPath, parsed once and evaluated without recursion.</summary>
internal sealed class JsonPath
{
    public JsonPath(string text, PathRoot root, string? variable, ImmutableArray<PathSegment> segments)
    {
        (Text, Root, Variable, Segments) = (text, root, variable, segments);
        IsDefinite = segments.All(static segment => segment.IsDefinite);
    }

    /// <summary>The text as written in the definition.</summary>
    public string Text { get; }

    public PathRoot Root { get; }

    /// <summary>The variable's name when the path starts at one.</summary>
    public string? Variable { get; }

    public ImmutableArray<PathSegment> Segments { get; }

    /// <summary>Whether the path selects one value rather than a list.</summary>
    public bool IsDefinite { get; }

    public bool IsRoot => Segments.Length == 0;

    /// <summary>Whether the path may name a place to write to: property names and single, non-negative indices only.</summary>
    public bool IsReference => Segments.All(static segment => segment switch
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
        if (IsDefinite)
        {
            return EvaluateDefinite(root);
        }

        var found = EvaluateAll(root, budget ?? new PathBudget());
        return found.Count == 0 ? JsonArray.Empty : new JsonArray([.. found]);
    }

    /// <summary>Whether the last step of a definite path leads past the end of an array: payload templates take that for null.</summary>
    public bool EndsPastArray(JsonValue root)
    {
        if (Segments.Length == 0 || Segments[^1] is not IndexSegment { Indices: [>= 0 and var last] })
        {
            return false;
        }

        var container = new JsonPath(Text, Root, Variable, Segments[..^1]).Find(root, budget: null);
        return container is JsonArray array && last >= array.Count;
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

        return current;
    }
}
