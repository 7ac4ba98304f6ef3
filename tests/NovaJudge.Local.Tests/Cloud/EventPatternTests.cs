using System.Text.Json;
using NovaJudge.Local.Cloud;

namespace NovaJudge.Local.Tests.Cloud;

public sealed class EventPatternTests
{
    private const string Event = """{"source":"aws.s3","detail":{"bucket":{"name":"b"},"object":{"key":"incoming/x.json","size":7},"tags":["red","blue"]}}""";

    [Theory]
    [InlineData("""{"source":["aws.s3"]}""", true)]
    [InlineData("""{"source":["aws.ec2","aws.s3"]}""", true)]
    [InlineData("""{"source":["aws.ec2"]}""", false)]
    [InlineData("""{"detail":{"object":{"key":[{"prefix":"incoming/"}]}}}""", true)]
    [InlineData("""{"detail":{"object":{"key":[{"prefix":"outgoing/"}]}}}""", false)]
    [InlineData("""{"detail":{"object":{"key":[{"suffix":".json"}]}}}""", true)]
    [InlineData("""{"detail":{"object":{"size":[{"numeric":[">",0]}]}}}""", true)]
    [InlineData("""{"detail":{"object":{"size":[{"numeric":[">",0,"<=",5]}]}}}""", false)]
    [InlineData("""{"detail":{"tags":["blue"]}}""", true)]
    [InlineData("""{"detail":{"tags":[{"anything-but":["red","blue"]}]}}""", false)]
    [InlineData("""{"detail":{"object":{"key":[{"anything-but":{"prefix":"runs/"}}]}}}""", true)]
    [InlineData("""{"detail":{"reason":[{"exists":false}]}}""", true)]
    [InlineData("""{"detail":{"object":[{"exists":true}]}}""", true)]
    [InlineData("""{"detail":{"missing":{"key":["x"]}}}""", false)]
    [InlineData("""{"detail":{"object":{"size":["7"]}}}""", false)]
    public void A_pattern_matches_as_EventBridge_documents_it(string pattern, bool matches) =>
        EventPattern.Matches(Json(pattern), Json(Event)).ShouldBe(matches);

    [Fact]
    public void An_operator_nobody_implemented_is_refused_by_name() =>
        Should.Throw<NotSupportedException>(() => EventPattern.Matches(Json("""{"source":[{"wildcard":"aws.*"}]}"""), Json(Event))).Message.ShouldContain("wildcard");

    private static JsonElement Json(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }
}
