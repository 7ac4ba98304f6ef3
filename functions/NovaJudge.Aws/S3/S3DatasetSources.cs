using Amazon.S3;
using NovaJudge.Pipeline;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Aws.S3;

/// <summary>Data sets that lie in S3: uploads in the pipeline's own bucket, and objects of the buckets that the stack allows.</summary>
/// <param name="client">The client.</param>
/// <param name="bucket">The pipeline's own bucket, of which only what was uploaded is a data set.</param>
/// <param name="allowedBuckets">Further buckets; <c>null</c> where the caller's own rights decide.</param>
/// <param name="embedded">Opens <c>embedded:</c> sources; <c>null</c> refuses them.</param>
public sealed class S3DatasetSources(
    IAmazonS3 client, string bucket, IReadOnlyCollection<string>? allowedBuckets, IDatasetSources? embedded = null) : IDatasetSources
{
    private const string Scheme = "s3://";

    public async ValueTask<string?> CheckAsync(string source, CancellationToken cancellationToken)
    {
        if (IsEmbedded(source))
        {
            return embedded is null ? $"\"{source}\" is only there locally; {Advice}" : await embedded.CheckAsync(source, cancellationToken);
        }

        return Locate(source, out var problem) is not { } place ? problem
            : await new S3ObjectStore(client, place.Bucket).FindAsync(place.Key, cancellationToken) is null ? $"there is no object s3://{place.Bucket}/{place.Key}; {Advice}"
            : null;
    }

    public async Task<Stream> OpenAsync(string source, CancellationToken cancellationToken)
    {
        if (embedded is not null && IsEmbedded(source))
        {
            return await embedded.OpenAsync(source, cancellationToken);
        }

        var (place, key) = Locate(source, out var problem) ?? throw PipelineException.BadInput($"Data set: {problem}.");
        return await new S3ObjectStore(client, place).OpenReadAsync(key, cancellationToken)
            ?? throw PipelineException.BadInput($"Data set: there is no object s3://{place}/{key} any more.");
    }

    private string Advice => $"upload it: aws s3 cp data.jsonl {Scheme}{bucket}/{RunKeys.IncomingPrefix}";

    private static bool IsEmbedded(string source) => source.StartsWith("embedded:", StringComparison.Ordinal);

    private (string Bucket, ObjectKey Key)? Locate(string source, out string? problem)
    {
        problem = null;
        var (place, text) = source.StartsWith(Scheme, StringComparison.Ordinal) && source.IndexOf('/', Scheme.Length) is var slash and > 0
            ? (source[Scheme.Length..slash], source[(slash + 1)..])
            : (bucket, source);
        if (place == bucket && !text.StartsWith(RunKeys.IncomingPrefix, StringComparison.Ordinal))
        {
            problem = $"\"{source}\" is not a data set that AWS can read (s3://bucket/key, or {RunKeys.IncomingPrefix}… of {bucket}); {Advice}";
        }
        else if (place != bucket && allowedBuckets?.Contains(place) == false)
        {
            problem = $"bucket \"{place}\" is not among those this stack may read ({(allowedBuckets.Count == 0 ? "none" : string.Join(", ", allowedBuckets))}); add it to \"buckets\" in cdk.json and deploy, or {Advice}";
        }
        else if (ObjectKeys.TryParse(text) is { } key)
        {
            return (place, key);
        }
        else
        {
            problem = $"\"{source}\" does not name an object";
        }

        return null;
    }
}
