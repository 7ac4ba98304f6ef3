using System.Collections.Immutable;
using NovaJudge.StatesLanguage.Json;

namespace NovaJudge.StatesLanguage.Paths;

/// <summary>`[0]`, `[-1]`, or `[0, 2]`.</summary>
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
            var at = index < 0 ? array.Count + index : index;
            if (at >= 0 && at < array.Count)
            {
                selected.Add(array[at]);
            }
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
    public static void Throw(JsonValue value, PathWalk walk)
    {
        if (!walk.UpstreamDefinite)
        {
            return;
        }

        throw new PathException(value.Kind == JsonKind.Null
            ? $"The path {walk.TextBefore} is null"
            : $"Filter: {walk.TextFrom} can only be applied to arrays. Current context is: {JavaTypes.Show(value)}");
    }
}
