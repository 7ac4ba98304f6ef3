using System.Text;
using NovaJudge.Aws.S3;
using NovaJudge.Pipeline;

namespace NovaJudge.Aws.Tests.S3;

public sealed class S3DatasetSourcesTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("incoming/my data.jsonl", "/own/incoming/my%20data.jsonl")]
    [InlineData("s3://own/incoming/a.json", "/own/incoming/a.json")]
    [InlineData("s3://shared/any/where.csv", "/shared/any/where.csv")]
    public async Task A_source_is_looked_for_where_it_lies(string source, string target)
    {
        await using var aws = await LoopbackAws.StartAsync("s3", LoopbackServer.Reply(200, ""));

        var problem = await Sources(aws).CheckAsync(source, Token);

        problem.ShouldBeNull();
        aws.Server.Calls.ShouldHaveSingleItem().RawTarget.ShouldBe(target);
        aws.Server.SignatureProblems.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("s3://secret/a.json", "add it to \"buckets\" in cdk.json")]
    [InlineData("s3://own/runs/other/responses/a/00000.jsonl", "is not a data set that AWS can read")]
    [InlineData("runs/other/prompts.jsonl", "is not a data set that AWS can read")]
    [InlineData("incoming/../runs/x.json", "does not name an object")]
    [InlineData("s3://shared/", "does not name an object")]
    [InlineData("s3://shared", "is not a data set that AWS can read")]
    [InlineData("https://example.test/squad.json", "is not a data set that AWS can read")]
    [InlineData("/etc/passwd", "is not a data set that AWS can read")]
    [InlineData("file:///etc/passwd", "is not a data set that AWS can read")]
    [InlineData("embedded:squad-sample", "is only there locally")]
    public async Task A_source_that_may_not_be_read_is_refused_without_a_call(string source, string expected)
    {
        await using var aws = await LoopbackAws.StartAsync("s3");

        var problem = await Sources(aws).CheckAsync(source, Token);

        problem.ShouldNotBeNull().ShouldContain(expected);
        if (!source.StartsWith("embedded:", StringComparison.Ordinal))
        {
            await Should.ThrowAsync<PipelineException>(() => Sources(aws).OpenAsync(source, Token));
        }

        aws.Server.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_source_that_is_not_there_is_told_with_the_command_that_uploads_one()
    {
        await using var aws = await LoopbackAws.StartAsync("s3", LoopbackServer.Reply(404, ""));

        var problem = await Sources(aws).CheckAsync("incoming/none.json", Token);

        problem.ShouldBe("there is no object s3://own/incoming/none.json; upload it: aws s3 cp data.jsonl s3://own/incoming/");
    }

    [Fact]
    public async Task A_source_is_opened_from_its_beginning_again_and_again()
    {
        await using var aws = await LoopbackAws.StartAsync("s3", LoopbackServer.Reply(200, "{}"));

        for (var i = 0; i < 2; i++)
        {
            await using var stream = await Sources(aws).OpenAsync("incoming/a.json", Token);
            using var reader = new StreamReader(stream, Encoding.UTF8);
            (await reader.ReadToEndAsync(Token)).ShouldBe("{}");
        }
    }

    [Fact]
    public async Task Embedded_sources_are_opened_by_whoever_has_them()
    {
        await using var aws = await LoopbackAws.StartAsync("s3");

        var problem = await Sources(aws, new Embedded()).CheckAsync("embedded:squad-sample", Token);

        problem.ShouldBeNull();
    }

    private static S3DatasetSources Sources(LoopbackAws aws, IDatasetSources? embedded = null) =>
        new(S3Connection.Open(LoopbackAws.Credentials, aws.Server.Address, LoopbackAws.Region), "own", ["shared"], embedded);

    private sealed class Embedded : IDatasetSources
    {
        public ValueTask<string?> CheckAsync(string source, CancellationToken cancellationToken) => ValueTask.FromResult<string?>(null);

        public Task<Stream> OpenAsync(string source, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
