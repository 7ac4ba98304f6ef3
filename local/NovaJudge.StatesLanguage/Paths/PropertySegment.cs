using System.Collections.Immutable;
using NovaJudge.StatesLanguage.Json;

namespace NovaJudge.StatesLanguage.Paths;

/// <summary>`.name`, `['name']`, or at the end of a path `['a', 'b']`: several properties merged into one object.</summary>
internal sealed class PropertySegment(ImmutableArray<string> names) : PathSegment
{
    public ImmutableArray<string> Names { get; } = names;

    public override bool IsDefinite => true;

    public override string Canonical => $"[{string.Join(", ", Names.Select(static name => $"'{name}'"))}]";

    public override void Select(JsonValue value, PathWalk walk, List<JsonValue> selected)
    {
        if (value is not JsonObject container)
        {
            if (walk.UpstreamDefinite)
            {
                throw new PathException($"Property {Canonical} not found in path {walk.TextBefore}");
            }
        }
        else if (Names.Length > 1)
        {
            selected.Add(walk.IsLeaf ? Merge(container) : throw new PathException($"Multi properties can only be used as path leafs: {walk.TextThrough}"));
        }
        else if (container.TryGet(Names[0], out var found))
        {
            selected.Add(found);
        }
        else if (!walk.IsLeaf && walk.UpstreamDefinite)
        {
            throw new PathException($"Missing property in path {walk.TextThrough}");
        }
    }

    private JsonObject Merge(JsonObject container)
    {
        var merged = new JsonObjectBuilder();
        foreach (var name in Names)
        {
            if (container.TryGet(name, out var found))
            {
                merged.Set(name, found);
            }
        }

        return merged.Build();
    }
}
