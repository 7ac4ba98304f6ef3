using System.Text.Json;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Pipeline.Tests.Runs;

public sealed class TriggerReaderTests
{
    private static readonly ExecutionInfo Execution = new("arn:aws:states:us-east-1:123456789012:execution:nova-judge:Monday run", "Monday run", DateTimeOffset.UnixEpoch);

    [Fact]
    public void The_same_object_version_is_the_same_run_however_often_its_event_is_delivered()
    {
        var first = Read(Upload("incoming/My data (1).jsonl", "v1", "1111"));
        var again = Read(Upload("incoming/My data (1).jsonl", "v1", "2222"));
        var newer = Read(Upload("incoming/My data (1).jsonl", "v2", "1111"));

        again.Identity.RunId.ShouldBe(first.Identity.RunId);
        newer.Identity.RunId.ShouldNotBe(first.Identity.RunId);
        first.Identity.RunId.Value.ShouldStartWith("my-data-1-");
        first.Upload!.Key.ShouldBe("incoming/My data (1).jsonl");
    }

    [Theory]
    [InlineData("incoming/Fragen über Tee – Mai.jsonl", "fragen-")]
    [InlineData("incoming/質問.jsonl", "")]
    [InlineData("incoming/a b+c%20d.jsonl", "a-b-c-20d-")]
    [InlineData("incoming/folder/deeper/..hidden.jsonl", "hidden-")]
    [InlineData("incoming/.jsonl", "")]
    public void Any_key_that_S3_takes_makes_a_run_id_and_stays_the_key_that_it_is(string key, string start)
    {
        var trigger = Read(Upload(key, "v1", "1111"));

        trigger.Identity.RunId.Value.ShouldMatch("^[a-z0-9-]{1,40}$");
        trigger.Identity.RunId.Value.ShouldStartWith(start);
        trigger.Upload!.Key.ShouldBe(key);
    }

    [Theory]
    [InlineData("""{"trigger":"schedule","scheduledTime":"2026-11-23T06:00:00Z","suite":"squad-qa"}""")]
    [InlineData("""{"trigger":"schedule","scheduledTime":"2026-11-23T06:00:00Z","request":{"suite":"squad-qa"}}""")]
    public void A_schedule_names_its_run_by_suite_and_time(string input)
    {
        var trigger = Read(input);

        trigger.Identity.RunId.Value.ShouldBe("squad-qa-20261123-060000");
        trigger.Identity.CreatedAt.ShouldBe(new DateTimeOffset(2026, 11, 23, 6, 0, 0, TimeSpan.Zero));
        trigger.Body.GetProperty("suite").GetString().ShouldBe("squad-qa");
    }

    [Fact]
    public void A_person_may_name_the_run_or_leave_it_to_the_execution()
    {
        Read("""{"runId":"my-run","suite":"s"}""").Identity.RunId.Value.ShouldBe("my-run");
        Read("{}").Identity.RunId.Value.ShouldStartWith("monday-run-");
    }

    [Fact]
    public void Fields_of_the_trigger_are_not_fields_of_the_request()
    {
        var body = Read("""{"runId":"my-run","trigger":"local","suite":"s"}""").Body;

        body.EnumerateObject().Select(field => field.Name).ShouldBe(["suite"]);
    }

    [Theory]
    [InlineData("[]", "$: a request is a JSON object")]
    [InlineData("""{"trigger":"magic"}""", "$.trigger")]
    [InlineData("""{"runId":"No Spaces"}""", "Run id")]
    [InlineData("""{"scheduledTime":"soon"}""", "$.scheduledTime")]
    [InlineData("""{"trigger":"schedule"}""", "$.scheduledTime")]
    [InlineData("""{"source":"aws.ec2","detail-type":"Something","detail":{}}""", "does not start a run")]
    public void Anything_else_is_refused_with_the_rule(string input, string rule) =>
        Should.Throw<PipelineException>(() => Read(input)).Message.ShouldContain(rule);

    private static Trigger Read(string input)
    {
        using var document = JsonDocument.Parse(input);
        return TriggerReader.Read(document.RootElement.Clone(), Execution);
    }

    private static string Upload(string key, string version, string sequencer) => $$$"""
        {"source":"aws.s3","detail-type":"Object Created","time":"2026-11-23T09:00:00Z",
         "detail":{"bucket":{"name":"b"},"object":{"key":"{{{key}}}","version-id":"{{{version}}}","etag":"e","sequencer":"{{{sequencer}}}"} } }
        """;
}
