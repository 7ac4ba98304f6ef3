using System.Text.Json.Nodes;
using CsCheck;

namespace NovaJudge.StatesLanguage.Tests.Fuzzing;

/// <summary>JSON texts.</summary>
internal static class Values
{
    private static readonly Gen<string> Scalar = Gen.OneOf(
        "null", "true", "false", "0", "1", "-1", "2.5", "1e400", "-0", "12345678901234567890123", "\"\"", "\"a\"", "\"$\"", "\"$.a\"", "\"States.UUID()\"", "\"2025-01-01T00:00:00Z\"", "\"States.ALL\"",
        "\"Pass\"", "\"Task\"", "\"Map\"", "\"A\"", "\"B\"", "\"JSONPath\"", "\"DISTRIBUTED\"", "99999999", "100", "[]", "{}");

    private static readonly string[] Names =
    [
        "a", "b", "items", "n", "s", "x.$", "a.$", "Type", "Next", "End", "Result", "Parameters", "InputPath", "OutputPath", "ResultPath", "Retry", "Catch", "ErrorEquals", "Assign", "Seconds",
        "Choices", "Default", "Variable", "And", "Not", "IsNull", "NumericEquals", "ItemsPath", "MaxConcurrency", "ItemProcessor", "States", "StartAt", "Branches", "Comment", "TimeoutSeconds", "Cause",
    ];

    public static Gen<string> Json => Of(3);

    /// <summary>A definition of a conformance case with up to four parts replaced, removed or renamed.</summary>
    public static Gen<string> Definition =>
        from one in Gen.OneOf(Cases.ConformanceCase.All.ToArray())
        from changes in Gen.Select(Gen.Int[0, 10_000], Gen.Int[0, 3], Json, Gen.OneOf(Names)).Array[1, 4]
        select Mutate(one.Json["definition"]!, changes);

    private static Gen<string> Of(int depth) => depth == 0
        ? Scalar
        : Gen.Frequency(
            (4, Scalar),
            (1, Of(depth - 1).Array[0, 4].Select(static items => $"[{string.Join(',', items)}]")),
            (2, Gen.Select(Gen.OneOf(Names), Of(depth - 1)).Array[0, 4].Select(static fields => $"{{{string.Join(',', fields.DistinctBy(static f => f.Item1).Select(static f => $"\"{f.Item1}\":{f.Item2}"))}}}")));

    private static string Mutate(JsonNode definition, (int Where, int How, string Value, string Name)[] changes)
    {
        var root = definition.DeepClone();
        foreach (var (where, how, value, name) in changes)
        {
            var containers = Containers(root).ToList();
            var container = containers[where % containers.Count];
            switch (container)
            {
                case JsonObject map when map.Count > 0:
                    var field = map.ElementAt(where % map.Count).Key;
                    if (how == 0)
                    {
                        map.Remove(field);
                    }
                    else if (how == 1)
                    {
                        map[name] = JsonNode.Parse(value);
                    }
                    else
                    {
                        map[field] = JsonNode.Parse(value);
                    }

                    break;
                case JsonArray list when list.Count > 0:
                    list[where % list.Count] = JsonNode.Parse(value);
                    break;
            }
        }

        return root.ToJsonString();
    }

    private static IEnumerable<JsonNode> Containers(JsonNode root)
    {
        var pending = new Stack<JsonNode>([root]);
        while (pending.TryPop(out var node))
        {
            yield return node;
            var children = node is JsonObject map ? map.Select(static p => p.Value) : ((JsonArray)node).AsEnumerable();
            foreach (var child in children)
            {
                if (child is JsonObject or JsonArray)
                {
                    pending.Push(child);
                }
            }
        }
    }
}
