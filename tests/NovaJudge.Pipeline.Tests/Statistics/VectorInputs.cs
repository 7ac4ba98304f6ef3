using System.Text.Json;

namespace NovaJudge.Pipeline.Tests.Statistics;

/// <summary>Typed reading of a vector's inputs; a missing one fails with its name.</summary>
internal sealed class VectorInputs(string id, JsonElement json)
{
    public double Confidence => Number("confidence", 0.95);

    public double Alpha => Number("alpha", 0.05);

    public double Power => Number("power", 0.8);

    public bool Has(string name) => json.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null;

    public double Number(string name) => Get(name).GetDouble();

    public double Number(string name, double otherwise) => Has(name) ? Number(name) : otherwise;

    public int Count(string name) => checked((int)Number(name));

    public int Count(string name, int otherwise) => Has(name) ? Count(name) : otherwise;

    public string Text(string name) => Get(name).GetString()!;

    public double[] Numbers(string name) => [.. Get(name).EnumerateArray().Select(item => item.GetDouble())];

    public int[] Counts(string name) => [.. Numbers(name).Select(value => checked((int)value))];

    public string[] Labels(string name) => [.. Get(name).EnumerateArray().Select(item => item.ToString())];

    public double?[][] Matrix(string name) =>
        [.. Get(name).EnumerateArray().Select(row => row.EnumerateArray().Select(ToNullable).ToArray())];

    public int[][] Table(string name) => [.. Matrix(name).Select(row => row.Select(value => checked((int)value!.Value)).ToArray())];

    public double[][] NumberTable(string name) => [.. Matrix(name).Select(row => row.Select(value => value!.Value).ToArray())];

    private static double? ToNullable(JsonElement item) => item.ValueKind == JsonValueKind.Null ? null : item.GetDouble();

    private JsonElement Get(string name) =>
        json.TryGetProperty(name, out var value) ? value : throw new KeyNotFoundException($"Vector {id} has no input '{name}'.");
}
