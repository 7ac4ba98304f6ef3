using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NovaJudge.StatesLanguage.Cases;
using NovaJudge.StatesLanguage.Json;

namespace NovaJudge.StatesLanguage.Tests.Cases;

public partial class ConformanceTests
{
    public static TheoryData<string> Names => [.. ConformanceCase.All.Select(static c => c.ToString())];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_case_ends_as_its_source_says(string name)
    {
        var one = ConformanceCase.All.Single(c => c.ToString() == name);

        var answer = JsonNode.Parse(RequestId().Replace(await new CaseRunner().RunAsync(one.Line, TestContext.Current.CancellationToken), "requestId\\\":\\\"*\\\""))!.AsObject();

        var expected = one.Expected;
        ((string)answer["status"]!).ShouldBe((string)expected["status"]!, answer.ToJsonString());
        if (expected.ContainsKey("output"))
        {
            AreEqual(answer["output"], expected["output"]).ShouldBeTrue($"{answer["output"]?.ToJsonString() ?? "null"} instead of {expected["output"]?.ToJsonString() ?? "null"}");
        }

        foreach (var field in new[] { "error", "cause" }.Where(expected.ContainsKey))
        {
            ((string?)answer[field]).ShouldBe((string?)expected[field]);
        }
    }

    [Fact]
    public void There_are_at_least_four_hundred_cases_with_sources_and_distinct_names()
    {
        ConformanceCase.All.Count.ShouldBeGreaterThanOrEqualTo(400);
        ConformanceCase.All.ShouldAllBe(static c => !string.IsNullOrWhiteSpace(c.Source));
        ConformanceCase.All.Select(static c => c.ToString()).ShouldBeUnique();
    }

    private static bool AreEqual(JsonNode? left, JsonNode? right) => JsonEquality.AreEqual(Value(left), Value(right));

    private static Json.JsonValue Value(JsonNode? node) => JsonReader.Parse(Encoding.UTF8.GetBytes(node?.ToJsonString() ?? "null"));

    [GeneratedRegex(@"requestId\\"":\\""[-0-9a-f]{36}\\""")]
    private static partial Regex RequestId();
}
