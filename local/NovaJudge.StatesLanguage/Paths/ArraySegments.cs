using System.Collections.Immutable;
using NovaJudge.StatesLanguage.Json;

namespace NovaJudge.StatesLanguage.Paths;

/// <summary>`[0]` or `[0, 2]`. A negative index is none: AWS's version of Jayway finds nothing there.</summary>
internal sealed class IndexSegment(ImmutableArray<int> indices) : PathSegment
{
    public ImmutableArray<int> Indices { get; } = indices;

    public override bool IsDefinite => Indices.Length == 1;

    public override string Canonical => $"[{string.Join(',', Indices)}]";

    public override void Select(JsonValue value, PathWalk walk, List<JsonValue> selected)
    {
        if (value is not JsonArray array)
        {
            ArrayFault.Throw(value, walk);
            return;
        }

        foreach (var index in Indices)
        {
            if (index >= 0 && index < array.Count)
            {
                selected.Add(array[index]);
            }
            else if (walk.UpstreamDefinite && IsDefinite)
            {
                throw ArrayFault.OutOfBounds(walk, index);
            }
        }
    }
}

/// <summary>`[(@.length-1)]`: an item counted from the end of the array.</summary>
internal sealed class LastSegment(int fromEnd) : PathSegment
{
    public override bool IsDefinite => true;

    public override string Canonical => $"[@.size()-{fromEnd}]";

    public override void Select(JsonValue value, PathWalk walk, List<JsonValue> selected)
    {
        if (value is not JsonArray array)
        {
            ArrayFault.Throw(value, walk);
        }
        else if (fromEnd >= 1 && fromEnd <= array.Count)
        {
            selected.Add(array[^fromEnd]);
        }
        else if (walk.UpstreamDefinite)
        {
            throw ArrayFault.OutOfBounds(walk, array.Count - fromEnd);
        }
    }
}

/// <summary>`[1:]`, `[:2]`, `[1:2]`. As in Jayway, negative ends count from the back only where the other end is open.</summary>
internal sealed class SliceSegment(int? from, int? to) : PathSegment
{
    public override bool IsDefinite => false;

    public override string Canonical => $"[{from}:{to}]";

    public override void Select(JsonValue value, PathWalk walk, List<JsonValue> selected)
    {
        if (value is not JsonArray array)
        {
            ArrayFault.Throw(value, walk);
            return;
        }

        var (start, end) = (from, to) switch
        {
            ({ } first, { } last) => (first, last),
            ({ } first, null) => (first < 0 ? array.Count + first : first, array.Count),
            (null, { } last) => (0, last < 0 ? array.Count + last : last),
            _ => (0, array.Count),
        };
        for (var i = Math.Max(0, start); i < Math.Min(end, array.Count); i++)
        {
            selected.Add(array[i]);
        }
    }
}

file static class ArrayFault
{
    public static PathException OutOfBounds(PathWalk walk, int index) => new($"Index out of bounds when evaluating path {walk.TextBefore}[{index}]");

    public static void Throw(JsonValue value, PathWalk walk)
    {
        if (!walk.UpstreamDefinite)
        {
            return;
        }

        throw new PathException(value.Kind == JsonKind.Null
            ? $"The path {walk.TextBefore} is null"
            : $"Filter: {walk.TextFrom} can only be applied to arrays. Current context is: {JavaText.Show(value)}");
    }
}
