using NovaJudge.StatesLanguage.Json;

namespace NovaJudge.StatesLanguage.Paths;

/// <summary>`*` and `[*]`: all items of an array, all values of an object.</summary>
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
            walk.Budget?.Spend(1);
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
