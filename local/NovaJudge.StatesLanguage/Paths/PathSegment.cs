using System.Collections.Immutable;
using NovaJudge.StatesLanguage.Json;

namespace NovaJudge.StatesLanguage.Paths;

/// <summary>One step of a path, from the values selected so far to those selected next.</summary>
internal abstract class PathSegment
{
    /// <summary>Whether the segment selects at most one value.</summary>
    public abstract bool IsDefinite { get; }

    /// <summary>The segment in the bracket notation of Jayway's messages.</summary>
    public abstract string Canonical { get; }

    /// <summary>Selects from one value. A step that fails adds nothing and, if <paramref name="walk"/> is definite so far, throws.</summary>
    public abstract void Select(JsonValue value, PathWalk walk, List<JsonValue> selected);
}

/// <summary>What a segment may need to know about the walk it is part of.</summary>
internal readonly ref struct PathWalk(JsonPath path, int position, bool upstreamDefinite, JsonValue root)
{
    public JsonPath Path { get; } = path;

    public int Position { get; } = position;

    public bool UpstreamDefinite { get; } = upstreamDefinite;

    public JsonValue Root { get; } = root;

    public bool IsLeaf => Position == Path.Segments.Length - 1;

    /// <summary>The canonical text up to, but not including, this segment.</summary>
    public string TextBefore => Path.CanonicalPrefix(Position);

    public string TextUpTo => Path.CanonicalPrefix(Position + 1);
}

internal sealed class PropertySegment(ImmutableArray<string> names, char quote = '\'') : PathSegment
{
    public ImmutableArray<string> Names { get; } = names;

    // Several names at the end of a path are merged into one object; in the middle they fork the walk. See JsonPath.IsDefinite.
    public override bool IsDefinite => Names.Length == 1;

    public override string Canonical => $"[{string.Join(',', Names.Select(name => $"{quote}{name}{quote}"))}]";

    public override void Select(JsonValue value, PathWalk walk, List<JsonValue> selected)
    {
        if (value is not JsonObject container)
        {
            if (walk.UpstreamDefinite)
            {
                throw new PathException(
                    $"Expected to find an object with property {Canonical} in path {walk.TextBefore} but found '{JavaTypes.Name(value)}'. "
                    + $"This is not a json object according to the JsonProvider: '{JavaTypes.Provider}'.");
            }

            return;
        }

        if (Names.Length == 1)
        {
            SelectOne(container, Names[0], walk, selected);
        }
        else if (walk.IsLeaf)
        {
            var merged = new JsonObjectBuilder();
            foreach (var name in Names)
            {
                if (container.TryGet(name, out var found))
                {
                    merged.Set(name, found);
                }
            }

            selected.Add(merged.Build());
        }
        else
        {
            foreach (var name in Names)
            {
                if (container.TryGet(name, out var found))
                {
                    selected.Add(found);
                }
            }
        }
    }

    private static void SelectOne(JsonObject container, string name, PathWalk walk, List<JsonValue> selected)
    {
        if (container.TryGet(name, out var found))
        {
            selected.Add(found);
        }
        else if (!walk.IsLeaf && walk.UpstreamDefinite)
        {
            throw new PathException($"Missing property in path {walk.TextUpTo}");
        }
    }
}

internal sealed class WildcardSegment : PathSegment
{
    public override bool IsDefinite => false;

    public override string Canonical => "[*]";

    public override void Select(JsonValue value, PathWalk walk, List<JsonValue> selected)
    {
        if (value is JsonArray array)
        {
            selected.AddRange(array.Items);
        }
        else if (value is JsonObject container)
        {
            foreach (var (_, child) in container.Properties)
            {
                selected.Add(child);
            }
        }
    }
}

internal sealed class IndexSegment(ImmutableArray<int> indices) : PathSegment
{
    public ImmutableArray<int> Indices { get; } = indices;

    public override bool IsDefinite => Indices.Length == 1;

    public override string Canonical => $"[{string.Join(',', Indices)}]";

    public override void Select(JsonValue value, PathWalk walk, List<JsonValue> selected)
    {
        if (value is not JsonArray array)
        {
            ArrayFault.Throw(value, walk, Canonical);
            return;
        }

        foreach (var index in Indices)
        {
            var at = index < 0 ? array.Count + index : index;
            if (at >= 0 && at < array.Count)
            {
                selected.Add(array[at]);
            }
        }
    }
}

internal sealed class SliceSegment(int? from, int? to) : PathSegment
{
    public override bool IsDefinite => false;

    public override string Canonical => $"[{from}:{to}]";

    public override void Select(JsonValue value, PathWalk walk, List<JsonValue> selected)
    {
        if (value is not JsonArray array)
        {
            ArrayFault.Throw(value, walk, Canonical);
            return;
        }

        var start = from is { } first ? Math.Max(0, first < 0 ? array.Count + first : first) : 0;
        var end = to is { } last ? Math.Min(array.Count, last < 0 ? array.Count + last : last) : array.Count;
        for (var i = start; i < end; i++)
        {
            selected.Add(array[i]);
        }
    }
}

/// <summary>`..`: the value itself and everything below it, parents before children.</summary>
internal sealed class DescentSegment : PathSegment
{
    public override bool IsDefinite => false;

    public override string Canonical => "..";

    public override void Select(JsonValue value, PathWalk walk, List<JsonValue> selected)
    {
        var pending = new Stack<JsonValue>();
        pending.Push(value);
        while (pending.TryPop(out var next))
        {
            if (!next.IsContainer)
            {
                continue;
            }

            selected.Add(next);
            if (next is JsonArray array)
            {
                for (var i = array.Count - 1; i >= 0; i--)
                {
                    pending.Push(array[i]);
                }
            }
            else
            {
                var properties = ((JsonObject)next).Properties;
                for (var i = properties.Length - 1; i >= 0; i--)
                {
                    pending.Push(properties[i].Value);
                }
            }
        }
    }
}

file static class ArrayFault
{
    public static void Throw(JsonValue value, PathWalk walk, string segment)
    {
        if (!walk.UpstreamDefinite)
        {
            return;
        }

        throw new PathException(value.Kind == JsonKind.Null
            ? $"The path {walk.TextBefore} is null"
            : $"Filter: {segment} can only be applied to arrays. Current context is: {value}");
    }
}
