using System.Text.Json;
using NovaJudge.Pipeline.Generation;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.LocalAws.Tests.S3;

/// <summary>The cache of answers in a bucket, through the real client.</summary>
public sealed class SharedAnswersTests(LocalS3Server server) : IClassFixture<LocalS3Server>
{
    [Fact]
    public async Task Answers_are_shared_through_a_bucket_and_damaged_ones_are_written_anew()
    {
        var token = TestContext.Current.CancellationToken;
        await Cache("first").KeepAsync("Why?", new ResponseRow("q1", "Because."), token);
        await Cache("second").KeepAsync("Why?", new ResponseRow("q1", "It depends."), token);

        (await Cache("third").FindAsync("q9", "Why?", token)).ShouldBe(new KeptAnswer(new ResponseRow("q9", "Because.", CachedFrom: "first"), KeptBy.AnotherRun));
        (await Cache("third").FindAsync("q9", "How?", token)).ShouldBeNull();

        await foreach (var entry in server.Store.ListAsync(AnswerCache.Prefix, token))
        {
            await server.Store.WriteTextAsync(entry.Key, "{\"model\":", token);
        }

        (await Cache("third").FindAsync("q9", "Why?", token)).ShouldBeNull();
        await Cache("second").KeepAsync("Why?", new ResponseRow("q1", "It depends."), token);
        (await Cache("third").FindAsync("q9", "Why?", token))!.Row.Text.ShouldBe("It depends.");
    }

    private AnswerCache Cache(string run)
    {
        var problems = new List<string>();
        using var body = JsonDocument.Parse("""{"modelA":{"model":"bedrock:m"},"modelB":{"model":"bedrock:n"},"dataset":{"source":"incoming/x.jsonl"},"generation":{"cache":"shared"}}""");
        var defaults = new RequestDefaults { DatasetSource = "incoming/x.jsonl", JudgeKind = "nova" };
        var request = new RequestReader(defaults).Read(body.RootElement.Clone(), new RunIdentity(RunId.Parse(run), DateTimeOffset.UnixEpoch, RunTrigger.Console), problems);
        problems.ShouldBeEmpty();
        return AnswerCache.Of(request, request.ModelA, server.Store).ShouldNotBeNull();
    }
}
