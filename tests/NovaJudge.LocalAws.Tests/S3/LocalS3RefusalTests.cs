using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using NovaJudge.Aws.S3;
using NovaJudge.Pipeline;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.LocalAws.Tests.S3;

public sealed class LocalS3RefusalTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_wrong_secret_is_refused_as_s3_refuses_it()
    {
        await using var aws = await StartAsync();
        using var client = S3Connection.Open(new BasicAWSCredentials("ASIAEXAMPLEEXAMPLE00", "another secret"), aws.Server.Address, SignedLocalAws.Region);

        var exception = await Should.ThrowAsync<AmazonS3Exception>(() => client.GetObjectAsync("runs", "a", Token));

        ((int)exception.StatusCode, exception.ErrorCode).ShouldBe((403, "SignatureDoesNotMatch"));
    }

    [Fact]
    public async Task A_bucket_that_is_not_there_is_named()
    {
        await using var aws = await StartAsync();
        using var client = Open(aws);

        var exception = await Should.ThrowAsync<PipelineException>(() => new S3ObjectStore(client, "elsewhere").OpenReadAsync(ObjectKey.Parse("a"), Token));

        exception.Message.ShouldContain("there is no such bucket");
    }

    [Fact]
    public async Task An_object_that_was_replaced_is_not_read_on()
    {
        await using var aws = await StartAsync();
        using var client = Open(aws);
        var first = await client.PutObjectAsync(new PutObjectRequest { BucketName = "runs", Key = "a", ContentBody = "first", UseChunkEncoding = false }, Token);
        await client.PutObjectAsync(new PutObjectRequest { BucketName = "runs", Key = "a", ContentBody = "other", UseChunkEncoding = false }, Token);

        var exception = await Should.ThrowAsync<AmazonS3Exception>(() => client.GetObjectAsync(new GetObjectRequest { BucketName = "runs", Key = "a", EtagToMatch = first.ETag }, Token));

        ((int)exception.StatusCode).ShouldBe(412);
    }

    [Fact]
    public async Task What_is_not_part_of_the_stand_in_says_so()
    {
        await using var aws = await StartAsync();
        using var client = Open(aws);

        var exception = await Should.ThrowAsync<AmazonS3Exception>(() => client.PutBucketAsync("new", Token));

        exception.ErrorCode.ShouldBe("NoSuchBucket");
    }

    [Fact]
    public async Task Without_a_signature_nothing_is_answered()
    {
        await using var aws = await StartAsync();
        using var client = new HttpClient();

        var answer = await client.GetAsync($"{aws.Server.Address}/runs/a", Token);

        ((int)answer.StatusCode).ShouldBe(403);
    }

    private static Task<SignedLocalAws> StartAsync() =>
        SignedLocalAws.StartAsync(new LocalAwsOptions { Buckets = new Dictionary<string, IObjectStore> { ["runs"] = new MemoryStore() } });

    private static AmazonS3Client Open(SignedLocalAws aws) => S3Connection.Open(SignedLocalAws.Credentials, aws.Server.Address, SignedLocalAws.Region);
}
