using NovaJudge.Aws.S3;
using NovaJudge.Pipeline;

namespace NovaJudge.LocalAws.Tests.S3;

/// <summary>The store's contract through the real client, over HTTP, with signatures checked.</summary>
public sealed class LocalS3StoreTests(LocalS3Server server) : ObjectStoreContract, IClassFixture<LocalS3Server>
{
    protected override IObjectStore Store { get; } = server.Store;
}

/// <summary>One bucket over a store in memory.</summary>
public sealed class LocalS3Server : IAsyncLifetime
{
    private SignedLocalAws? _aws;

    public IObjectStore Store { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        _aws = await SignedLocalAws.StartAsync(new LocalAwsOptions { Buckets = new Dictionary<string, IObjectStore> { ["runs"] = new MemoryStore() } });
        Store = new S3ObjectStore(S3Connection.Open(SignedLocalAws.Credentials, _aws.Server.Address, SignedLocalAws.Region), "runs");
    }

    public async ValueTask DisposeAsync() => await _aws!.DisposeAsync();
}
