using NovaJudge.StatesLanguage.Json;

namespace NovaJudge.StatesLanguage.Paths;

/// <summary>`[?(...)]`: the items of an array, or the object itself, for which the condition holds. Scalars match no condition, as AWS documents.</summary>
internal sealed class FilterSegment(FilterCondition condition) : PathSegment
{
    public override bool IsDefinite => false;

    public override string Canonical => "[?]";

    public override void Select(JsonValue value, PathWalk walk, List<JsonValue> selected)
    {
        var scope = new FilterScope(walk.Root, walk.Budget);
        if (value is JsonArray array)
        {
            foreach (var item in array.Items)
            {
                walk.Budget?.Spend(1);
                if (item.IsContainer && condition.Holds(item, scope))
                {
                    selected.Add(item);
                }
            }
        }
        else if (value is JsonObject && condition.Holds(value, scope))
        {
            selected.Add(value);
        }
        else if (!value.IsContainer && walk.UpstreamDefinite)
        {
            throw new PathException($"Filter: {walk.TextFrom} can not be applied to primitives. Current context is: {JavaText.Show(value)}");
        }
    }
}
