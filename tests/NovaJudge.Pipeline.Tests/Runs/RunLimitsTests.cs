using System.Text.Json;
using System.Text.Json.Nodes;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Pipeline.Tests.Runs;

public sealed class RunLimitsTests
{
    [Theory]
    [InlineData("""{"cost":{"maxUsd":5}}""")]
    [InlineData("""{"gate":{"maxErrorRate":0.5,"failOn":["score"],"minScore":0.4}}""")]
    [InlineData("""{"generation":{"toleratedFailurePercentage":50,"timeoutSeconds":7,"concurrency":{"a":1,"b":90}}}""")]
    [InlineData("""{"judge":{"concurrency":1,"maxRuntimeMinutes":60}}""")]
    public void Limits_make_no_other_run_neither_by_name_nor_by_request(string limits)
    {
        var (plain, limited) = (Read("{}"), Read(limits));

        limited.ShouldNotBe(plain);
        RunLimits.AreOnlyDifference(plain, limited).ShouldBeTrue();
        RunLimits.Without((JsonObject)JsonNode.Parse(limits)!).ToJsonString().ShouldBe("{}");
        RunLimits.Apply(plain, limited).Gate.ShouldBe(limited.Gate);
    }

    [Fact]
    public void The_patience_with_a_judging_model_is_a_limit()
    {
        var (plain, limited) = (Read("""{"judge":{"kind":"model:embedded:j"}}"""), Read("""{"judge":{"kind":"model:embedded:j","timeoutSeconds":9}}"""));

        RunLimits.AreOnlyDifference(plain, limited).ShouldBeTrue();
        RunLimits.Apply(plain, limited).Judge.TimeoutSeconds.ShouldBe(9);
    }

    [Theory]
    [InlineData("""{"suite":"other"}""")]
    [InlineData("""{"generation":{"batchSize":7}}""")]
    [InlineData("""{"generation":{"cache":"off"}}""")]
    [InlineData("""{"generation":{"repeats":2}}""")]
    [InlineData("""{"modelA":{"maxTokens":7}}""")]
    [InlineData("""{"judge":{"anchors":3}}""")]
    [InlineData("""{"analysis":{"equivalenceMargin":0.2}}""")]
    [InlineData("""{"dataset":{"sample":{"seed":7}}}""")]
    public void Whatever_else_differs_makes_another_run(string body)
    {
        RunLimits.AreOnlyDifference(Read("{}"), Read(body)).ShouldBeFalse();
        RunLimits.Without((JsonObject)JsonNode.Parse(body)!).ToJsonString().ShouldBe(body);
    }

    [Fact]
    public void A_request_is_named_by_what_is_left_of_it()
    {
        var body = (JsonObject)JsonNode.Parse("""{"generation":{"batchSize":7,"concurrency":{"a":2}},"judge":{},"gate":{}}""")!;

        RunLimits.Without(body).ToJsonString().ShouldBe("""{"generation":{"batchSize":7},"judge":{}}""");
        body.Count.ShouldBe(3);
    }

    private static EvaluationRequest Read(string body)
    {
        var problems = new List<string>();
        var request = new RequestReader(RequestReaderTests.Defaults).Read(
            JsonSerializer.Deserialize<JsonElement>(body), new RunIdentity(RunId.Parse("r"), DateTimeOffset.UnixEpoch, RunTrigger.Local), problems);
        problems.ShouldBeEmpty();
        return request;
    }
}
