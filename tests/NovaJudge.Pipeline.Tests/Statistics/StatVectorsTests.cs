namespace NovaJudge.Pipeline.Tests.Statistics;

public sealed class StatVectorsTests
{
    public static TheoryData<string> Ids => [.. StatVectors.Load().Select(vector => vector.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_method_matches_its_reference_values(string id)
    {
        var vector = StatVectors.Load().Single(candidate => candidate.Id == id);

        var outputs = VectorMethods.Compute(vector);

        VectorComparison.Differences(id, vector.Expected, outputs, vector.Tolerance).ShouldBeEmpty();
    }
}
