using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using NovaJudge.Aws.Announcing;
using NovaJudge.Aws.EventBridge;
using NovaJudge.Aws.SimpleNotificationService;
using NovaJudge.Pipeline;
using NovaJudge.Pipeline.Judging;
using NovaJudge.Pipeline.Metrics;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Aws.Tests.Announcing;

public sealed class AwsRunAnnouncerTests : IDisposable
{
    private readonly StringWriter _log = new();

    private static readonly RunSummary Summary = new()
    {
        RunId = RunId.Parse("squad-1"),
        Suite = "squad-qa",
        CreatedAt = new DateTimeOffset(2026, 11, 24, 12, 0, 0, TimeSpan.Zero),
        FinishedAt = new DateTimeOffset(2026, 11, 24, 12, 30, 0, TimeSpan.Zero),
        Verdict = "b_better",
        Sentence = "Claude answers better than Qwen (61%, 54–67%).",
        Score = 0.61,
        Interval = [0.54, 0.67],
        Gate = GateStatus.Passed,
        ReportUrl = "https://example.test/report",
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_finished_run_is_an_event_that_others_can_subscribe_to()
    {
        await using var aws = await LoopbackAws.StartAsync("events", Accepted());
        var announcer = Announcer(aws, topicArn: null);

        await announcer.AnnounceAsync(Summary, Token);

        var call = aws.Server.Calls.ShouldHaveSingleItem();
        call.Header("X-Amz-Target").ShouldBe("AWSEvents.PutEvents");
        call.Header("Content-Type").ShouldBe("application/x-amz-json-1.1");
        var entry = JsonElement.Parse(Encoding.UTF8.GetString(call.Body)).GetProperty("Entries")[0];
        entry.GetProperty("Source").GetString().ShouldBe("nova.judge");
        entry.GetProperty("DetailType").GetString().ShouldBe("Nova judge run finished");
        entry.GetProperty("Time").GetRawText().ShouldBe("1795523400");
        var detail = JsonElement.Parse(entry.GetProperty("Detail").GetString()!);
        detail.GetProperty("runId").GetString().ShouldBe("squad-1");
        detail.GetProperty("gate").GetString().ShouldBe("passed");
        detail.GetProperty("interval")[1].GetDouble().ShouldBe(0.67);
        aws.Server.SignatureProblems.ShouldBeEmpty();
    }

    [Fact]
    public async Task Subscribers_of_the_topic_get_a_message_for_people()
    {
        await using var bus = await LoopbackAws.StartAsync("events", Accepted());
        await using var sns = await LoopbackAws.StartAsync("sns",
            LoopbackServer.Reply(200, """<PublishResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><PublishResult><MessageId>m-1</MessageId></PublishResult></PublishResponse>"""));
        var announcer = new AwsRunAnnouncer(new(bus.EventBridge), new(sns.Notifications), Settings("arn:aws:sns:eu-west-1:111122223333:runs"), _log);

        await announcer.AnnounceAsync(Summary with { Suite = "Prüfung", Gate = GateStatus.Failed }, Token);

        var call = sns.Server.Calls.ShouldHaveSingleItem();
        call.Header("Content-Type").ShouldBe("application/x-www-form-urlencoded; charset=utf-8");
        Encoding.UTF8.GetString(call.Body).ShouldBe(
            "Action=Publish&Version=2010-03-31&TopicArn=arn%3Aaws%3Asns%3Aeu-west-1%3A111122223333%3Aruns&Subject=Pr%3Ffung%3A+b_better%2C+gate+failed"
            + "&Message=Claude+answers+better+than+Qwen+(61%25%2C+54%E2%80%9367%25).%0A%0ASuite%3A+Pr%C3%BCfung%0ARun%3A+squad-1%0AGate%3A+Failed%0AReport%3A+https%3A%2F%2Fexample.test%2Freport");
        sns.Server.SignatureProblems.ShouldBeEmpty();
    }

    [Fact]
    public async Task Metrics_are_one_log_line_that_cloudwatch_reads()
    {
        await using var aws = await LoopbackAws.StartAsync("events", Accepted());

        await Announcer(aws, topicArn: null).AnnounceAsync(Summary, Token);

        _log.ToString().ShouldBe(
            """{"_aws":{"Timestamp":1795523400000,"CloudWatchMetrics":[{"Namespace":"NovaJudge","Dimensions":[["Suite"]],"Metrics":[{"Name":"RunsFinished","Unit":"Count"},{"Name":"GatePassed","Unit":"Count"},{"Name":"GateFailed","Unit":"Count"},{"Name":"Score","Unit":"None"},{"Name":"ScoreLow","Unit":"None"},{"Name":"ScoreHigh","Unit":"None"},{"Name":"DurationSeconds","Unit":"Seconds"}]}]},"Suite":"squad-qa","RunId":"squad-1","Verdict":"b_better","RunsFinished":1,"GatePassed":1,"GateFailed":0,"Score":0.61,"ScoreLow":0.54,"ScoreHigh":0.67,"DurationSeconds":1800}"""
            + Environment.NewLine);
    }

    [Fact]
    public async Task An_event_that_was_refused_is_an_error()
    {
        await using var aws = await LoopbackAws.StartAsync("events",
            LoopbackServer.Reply(200, """{"FailedEntryCount":1,"Entries":[{"ErrorCode":"InternalFailure","ErrorMessage":"try again"}]}"""));

        var exception = await Should.ThrowAsync<PipelineException>(() => Announcer(aws, topicArn: null).AnnounceAsync(Summary, Token));

        exception.Message.ShouldBe("Run squad-1 is complete but its event was refused: InternalFailure: try again");
    }

    [Fact]
    public async Task Links_open_the_console_and_hold_no_secret()
    {
        await using var aws = await LoopbackAws.StartAsync("events");

        var links = await Announcer(aws, topicArn: null).LinkAsync(RunId.Parse("squad-1"), Token);

        links.ReportUrl.ShouldBe("https://eu-west-1.console.aws.amazon.com/s3/object/bucket?region=eu-west-1&prefix=runs%2Fsquad-1%2Freport%2Freport.html");
        links.FigureUrl.ShouldNotBeNull().ShouldNotContain("Signature");
    }

    [Theory]
    [InlineData("cn-north-1", "https://cn-north-1.console.amazonaws.cn/s3/")]
    [InlineData("us-gov-west-1", "https://us-gov-west-1.console.amazonaws-us-gov.com/s3/")]
    public async Task Other_partitions_have_consoles_of_their_own(string region, string start)
    {
        await using var aws = await LoopbackAws.StartAsync("events");
        var announcer = new AwsRunAnnouncer(new(aws.EventBridge), new(aws.Notifications), Settings(null) with { Region = region }, _log);

        var links = await announcer.LinkAsync(RunId.Parse("squad-1"), Token);

        links.ReportUrl.ShouldNotBeNull().ShouldStartWith(start);
    }

    public void Dispose() => _log.Dispose();

    private static AnnouncementSettings Settings(string? topicArn) => new() { Region = LoopbackAws.Region, Bucket = "bucket", TopicArn = topicArn };

    private AwsRunAnnouncer Announcer(LoopbackAws aws, string? topicArn) =>
        new(new Lazy<AmazonEventBridgeClient>(aws.EventBridge), new Lazy<AmazonSimpleNotificationServiceClient>(aws.Notifications), Settings(topicArn), _log);

    private static Func<HttpContext, Task> Accepted() => LoopbackServer.Reply(200, """{"FailedEntryCount":0,"Entries":[{"EventId":"e-1"}]}""");
}
