using System.Text;
using Amazon.S3;
using Microsoft.AspNetCore.Http;
using NovaJudge.Aws.S3;
using NovaJudge.Pipeline;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Aws.Tests.S3;

/// <summary>What no real server does when asked: lost answers, conflicts, breaks and refusals.</summary>
public sealed class S3ObjectStoreTests
{
    private static readonly ObjectKey Key = ObjectKey.Parse("runs/r/claim.json");

    /// <summary>An entity tag as S3 makes it: the MD5 of 0123456789.</summary>
    private const string Version = "\"781e5e245d69b566979b86e28d23f2c7\"";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_conditional_write_sends_its_condition_and_signs_its_content()
    {
        await using var aws = await LoopbackAws.StartAsync("s3", LoopbackServer.Reply(200, ""));

        var written = await Store(aws).WriteBytesAsync(Key, "mine"u8.ToArray(), PutCondition.IfAbsent, Token);

        written.ShouldBeTrue();
        var call = aws.Server.Calls.ShouldHaveSingleItem();
        (call.Method, call.RawTarget, call.Header("If-None-Match")).ShouldBe(("PUT", "/bucket/runs/r/claim.json", "*"));
        Encoding.UTF8.GetString(call.Body).ShouldBe("mine");
        aws.Server.SignatureProblems.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_write_whose_answer_was_lost_is_known_again_as_ours()
    {
        string? mark = null;
        await using var aws = await LoopbackAws.StartAsync("s3",
            context =>
            {
                mark = context.Request.Headers["x-amz-meta-nova-write"];
                context.Abort();
                return Task.CompletedTask;
            },
            Refuse(412, "PreconditionFailed"),
            context => LoopbackServer.Reply(200, "", ("x-amz-meta-nova-write", mark!))(context));

        var written = await Store(aws).WriteBytesAsync(Key, "mine"u8.ToArray(), PutCondition.IfAbsent, Token);

        written.ShouldBeTrue();
        aws.Server.Calls.Select(call => call.Method).ShouldBe(["PUT", "PUT", "HEAD"]);
    }

    [Fact]
    public async Task Another_writers_object_is_known_as_anothers()
    {
        await using var aws = await LoopbackAws.StartAsync("s3",
            Refuse(412, "PreconditionFailed"), LoopbackServer.Reply(200, "", ("x-amz-meta-nova-write", "somebody")));

        var written = await Store(aws).WriteBytesAsync(Key, "mine"u8.ToArray(), PutCondition.IfAbsent, Token);

        written.ShouldBeFalse();
    }

    [Fact]
    public async Task A_conflict_with_another_writer_is_tried_again()
    {
        await using var aws = await LoopbackAws.StartAsync("s3",
            Refuse(409, "ConditionalRequestConflict"), Refuse(409, "ConditionalRequestConflict"), LoopbackServer.Reply(200, ""));

        var written = await Store(aws).WriteBytesAsync(Key, "mine"u8.ToArray(), PutCondition.IfAbsent, Token);

        written.ShouldBeTrue();
        aws.Server.Calls.Select(call => Encoding.UTF8.GetString(call.Body)).ShouldBe(["mine", "mine", "mine"]);
    }

    [Fact]
    public async Task A_read_goes_on_where_the_connection_broke()
    {
        await using var aws = await LoopbackAws.StartAsync("s3",
            Part("01234", total: 10, Version), Part("", total: 5, Version), Part("567", total: 5, Version), Part("89", total: 2, Version));

        var content = await Store(aws).ReadBytesAsync(Key, Token);

        Encoding.UTF8.GetString(content.ShouldNotBeNull()).ShouldBe("0123456789");
        aws.Server.Calls.Select(call => (call.Header("Range"), call.Header("If-Match"))).ShouldBe(
            [(null, null), ("bytes=5-9", Version), ("bytes=5-9", Version), ("bytes=8-9", Version)]);
        aws.Server.SignatureProblems.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_read_that_breaks_again_and_again_is_given_up()
    {
        await using var aws = await LoopbackAws.StartAsync("s3", Part("01", total: 10, Version), Part("", total: 8, Version));

        var exception = await Should.ThrowAsync<PipelineException>(() => Store(aws).ReadBytesAsync(Key, Token));

        exception.ErrorName.ShouldBe(ErrorNames.StoreFailed);
        exception.Message.ShouldStartWith("s3://bucket/runs/r/claim.json cannot be read on from byte 2");
    }

    [Fact]
    public async Task An_object_that_was_replaced_meanwhile_is_not_mixed()
    {
        await using var aws = await LoopbackAws.StartAsync("s3", Part("01", total: 10, Version), Refuse(412, "PreconditionFailed"));

        var exception = await Should.ThrowAsync<PipelineException>(() => Store(aws).ReadBytesAsync(Key, Token));

        exception.Message.ShouldContain("PreconditionFailed");
    }

    [Fact]
    public async Task A_large_write_that_fails_takes_its_parts_back()
    {
        await using var aws = await LoopbackAws.StartAsync("s3",
            Xml("<InitiateMultipartUploadResult><UploadId>u1</UploadId></InitiateMultipartUploadResult>"), Refuse(403, "AccessDenied"), LoopbackServer.Reply(204, ""));

        var exception = await Should.ThrowAsync<PipelineException>(() =>
            Store(aws).WriteBytesAsync(Key, new byte[20_000_000], PutCondition.Always, Token));

        exception.Message.ShouldContain("access denied");
        aws.Server.Calls.Select(call => $"{call.Method} {call.RawTarget}").ShouldBe(
        [
            "POST /bucket/runs/r/claim.json?uploads",
            "PUT /bucket/runs/r/claim.json?partNumber=1&uploadId=u1",
            "DELETE /bucket/runs/r/claim.json?uploadId=u1",
        ]);
        aws.Server.SignatureProblems.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_large_write_is_put_together_under_its_condition()
    {
        await using var aws = await LoopbackAws.StartAsync("s3",
            LoopbackServer.Reply(404, ""),
            Xml("<InitiateMultipartUploadResult><UploadId>u1</UploadId></InitiateMultipartUploadResult>"),
            LoopbackServer.Reply(200, "", ("ETag", "\"p\"")), LoopbackServer.Reply(200, "", ("ETag", "\"p\"")),
            Refuse(412, "PreconditionFailed"),
            LoopbackServer.Reply(200, "", ("x-amz-meta-nova-write", "somebody")),
            LoopbackServer.Reply(204, ""));

        var written = await Store(aws).WriteBytesAsync(Key, new byte[10_000_000], PutCondition.IfAbsent, Token);

        written.ShouldBeFalse();
        aws.Server.Calls.Select(call => call.Method).ShouldBe(["HEAD", "POST", "PUT", "PUT", "POST", "HEAD", "DELETE"]);
        aws.Server.Calls[4].Header("If-None-Match").ShouldBe("*");
    }

    [Fact]
    public async Task What_the_console_calls_folders_is_not_listed()
    {
        await using var aws = await LoopbackAws.StartAsync("s3", Xml("""
            <ListBucketResult><IsTruncated>false</IsTruncated>
              <Contents><Key>incoming/</Key><Size>0</Size></Contents>
              <Contents><Key>incoming/../evil.json</Key><Size>3</Size></Contents>
              <Contents><Key>incoming//double.json</Key><Size>3</Size></Contents>
              <Contents><Key>incoming/a b.json</Key><Size>3</Size></Contents>
            </ListBucketResult>
            """));

        var listed = await Store(aws).ListAsync("incoming/", Token).ToListAsync(Token);

        listed.ShouldBe([new ObjectInfo(ObjectKey.Parse("incoming/a b.json"), 3)]);
    }

    [Theory]
    [InlineData(403, "AccessDenied", "The role needs s3:GetObject")]
    [InlineData(404, "NoSuchBucket", "Check NOVA_BUCKET")]
    [InlineData(403, "InvalidAccessKeyId", "sign in again")]
    [InlineData(400, "ExpiredToken", "sign in again")]
    [InlineData(400, "AuthorizationHeaderMalformed", "Set AWS_REGION")]
    [InlineData(503, "SlowDown", "S3 asks to slow down")]
    public async Task A_refusal_says_what_to_do(int status, string code, string advice)
    {
        await using var aws = await LoopbackAws.StartAsync("s3", Refuse(status, code));

        var exception = await Should.ThrowAsync<PipelineException>(() => Store(aws).OpenReadAsync(Key, Token));

        exception.ErrorName.ShouldBe(ErrorNames.StoreFailed);
        exception.Message.ShouldContain(advice);
    }

    [Fact]
    public async Task A_dead_address_says_where_to_look()
    {
        var aws = await LoopbackAws.StartAsync("s3");
        var store = Store(aws);
        await aws.DisposeAsync();

        var exception = await Should.ThrowAsync<PipelineException>(() => store.FindAsync(Key, Token));

        exception.Message.ShouldContain("AWS_ENDPOINT_URL");
    }

    private static S3ObjectStore Store(LoopbackAws aws) => new(Client(aws), "bucket");

    private static AmazonS3Client Client(LoopbackAws aws) => S3Connection.Open(LoopbackAws.Credentials, aws.Server.Address, LoopbackAws.Region);

    private static Func<HttpContext, Task> Refuse(int status, string code) =>
        Xml($"<Error><Code>{code}</Code><Message>What S3 says.</Message><RequestId>1</RequestId></Error>", status);

    private static Func<HttpContext, Task> Xml(string body, int status = 200) => async context =>
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/xml";
        context.Response.ContentLength = Encoding.UTF8.GetByteCount(body);
        await context.Response.WriteAsync(body);
    };

    // Promises the total; the server closes the connection when there is less.
    private static Func<HttpContext, Task> Part(string text, int total, string etag) => async context =>
    {
        context.Response.Headers.ETag = etag;
        context.Response.StatusCode = context.Request.Headers.Range.Count > 0 ? 206 : 200;
        context.Response.ContentLength = total;
        await context.Response.WriteAsync(text);
    };
}
