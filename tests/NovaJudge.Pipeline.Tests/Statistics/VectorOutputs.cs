using System.Text.Json;
using NovaJudge.Pipeline.Statistics;

namespace NovaJudge.Pipeline.Tests.Statistics;

/// <summary>What a method gave, under the names the vectors use: numbers, lists of numbers, nested outputs; null where withheld.</summary>
internal sealed class VectorOutputs : Dictionary<string, object?>
{
    public VectorOutputs()
        : base(StringComparer.Ordinal)
    {
    }

    public VectorOutputs(VectorOutputs common)
        : base(common, StringComparer.Ordinal)
    {
    }

    public void Add(string low, string high, Interval interval)
    {
        Add(low, interval.Low);
        Add(high, interval.High);
    }

    public void Add(string name, Finding<double> finding) => Add(name, finding.TryGet(out var value) ? value : null);

    public static VectorOutputs Of(Interval interval) => new() { { "low", "high", interval } };
}

internal static class VectorComparison
{
    /// <summary>All differences beyond the tolerance, which is relative for values above 1. Text and null state nothing to compare.</summary>
    public static IEnumerable<string> Differences(string path, JsonElement expected, object? actual, double tolerance)
    {
        switch (expected.ValueKind)
        {
            case JsonValueKind.Null or JsonValueKind.String:
                break;
            case JsonValueKind.Object when actual is VectorOutputs outputs:
                foreach (var property in expected.EnumerateObject())
                {
                    var inner = $"{path}.{property.Name}";
                    if (!outputs.TryGetValue(property.Name, out var value))
                    {
                        if (property.Value.ValueKind is not (JsonValueKind.Null or JsonValueKind.String))
                        {
                            yield return $"{inner}: expected {property.Value}, but the method gives no such figure";
                        }

                        continue;
                    }

                    foreach (var difference in Differences(inner, property.Value, value, tolerance))
                    {
                        yield return difference;
                    }
                }

                break;
            case JsonValueKind.Array when actual is System.Collections.IEnumerable list:
                var items = list.Cast<object?>().ToArray();
                if (items.Length != expected.GetArrayLength())
                {
                    yield return $"{path}: expected {expected.GetArrayLength()} values, got {items.Length}";
                    break;
                }

                foreach (var difference in items.SelectMany((item, i) => Differences($"{path}[{i}]", expected[i], item, tolerance)))
                {
                    yield return difference;
                }

                break;
            case JsonValueKind.Number when actual is not null:
                var wanted = expected.GetDouble();
                var got = Convert.ToDouble(actual);
                if (!(Math.Abs(got - wanted) <= tolerance * Math.Max(1, Math.Abs(wanted))))
                {
                    yield return $"{path}: expected {wanted:R}, got {got:R}";
                }

                break;
            default:
                yield return $"{path}: expected {expected}, got {actual ?? "nothing"}";
                break;
        }
    }
}
