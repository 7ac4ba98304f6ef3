using Amazon.Runtime;
using Amazon.S3;
using NovaJudge.Aws.S3;
using NovaJudge.Pipeline;

namespace NovaJudge.Aws.Tests.S3;

/// <summary>The contract against a real S3 server (<c>tests/radosgw/start.sh</c>), which checks signatures, parts and conditions itself.</summary>
public sealed class RadosgwStoreTests(RadosgwServer server) : ObjectStoreContract, IClassFixture<RadosgwServer>
{
    protected override IObjectStore Store { get; } = server.OpenOrSkip();
}

/// <summary>A bucket of its own on the server. Without a server the tests are skipped, unless NOVA_RADOSGW=1 promises one.</summary>
public sealed class RadosgwServer : IAsyncLifetime
{
    private readonly AmazonS3Client _client = S3Connection.Open(
        new BasicAWSCredentials("radosgw-test-key", "radosgw-test-secret"),
        $"http://127.0.0.1:{Environment.GetEnvironmentVariable("NOVA_RADOSGW_PORT") ?? "7480"}",
        "us-east-1");

    private readonly string _bucket = $"contract-{Guid.NewGuid():N}";
    private bool _answers;

    public IObjectStore OpenOrSkip()
    {
        Assert.SkipUnless(_answers, "No radosgw answers; tests/radosgw/start.sh starts one.");
        return new S3ObjectStore(_client, _bucket);
    }

    public async ValueTask InitializeAsync()
    {
        try
        {
            await _client.PutBucketAsync(_bucket);
            _answers = true;
        }
        catch (HttpRequestException) when (Environment.GetEnvironmentVariable("NOVA_RADOSGW") != "1")
        {
            // Skipped, see OpenOrSkip.
        }
    }

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }
}
