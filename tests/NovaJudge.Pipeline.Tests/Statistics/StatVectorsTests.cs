using System.Text.Json;
using NovaJudge.Pipeline.Statistics;

namespace NovaJudge.Pipeline.Tests.Statistics;

public sealed class StatVectorsTests
{
    public static TheoryData<int, string> Vectors => [.. StatVectors.Load().Select((vector, i) => (i, vector.Id))];

    [Theory]
    [MemberData(nameof(Vectors))]
    public void A_method_matches_its_reference_values(int index, string id)
    {
        var vector = StatVectors.Load()[index];

        var outputs = VectorMethods.Compute(vector);

        VectorComparison.Differences(id, vector.Expected, outputs, vector.Tolerance).ShouldBeEmpty();
    }

    [Fact]
    public void A_method_nobody_wrote_fails_by_its_name()
    {
        using var json = JsonDocument.Parse("""{"id":"x","method":"tea_leaves","inputs":{},"expected":{},"tol":1}""");

        Should.Throw<NotSupportedException>(() => VectorMethods.Compute(StatVector.Read(json.RootElement)))
            .Message.ShouldStartWith("No statistics method is known by the name 'tea_leaves'; known are agresti_coull_interval, ");
    }

    [Theory]
    [InlineData("""{"low":0.25}""", "x.low: expected 0.25, got 0.2500001")]
    [InlineData("""{"middle":1}""", "x.middle: expected 1, but the method gives no such figure")]
    [InlineData("""{"path":[1,2]}""", "x.path: expected 2 values, got 1")]
    [InlineData("""{"withheld":3}""", "x.withheld: expected 3, got nothing")]
    public void A_difference_from_the_reference_is_seen(string expected, string difference)
    {
        using var json = JsonDocument.Parse(expected);
        var outputs = new VectorOutputs { { "low", (object)0.2500001 }, { "path", new[] { 1.0 } }, { "withheld", Finding.Withheld<double>("of a reason") } };

        VectorComparison.Differences("x", json.RootElement, outputs, 1e-10).ShouldBe([difference]);
    }

    [Fact]
    public void Every_method_has_a_reference_value_in_the_repository()
    {
        StatVectors.Load(StatVectors.InRepository()).Select(vector => vector.Method).Distinct().Order().ShouldBe(VectorMethods.Names.Order());
    }
}
