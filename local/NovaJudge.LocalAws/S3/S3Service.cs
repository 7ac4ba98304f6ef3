using System.Globalization;
using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.Http;
using NovaJudge.LocalAws.Protocol;
using NovaJudge.Pipeline;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.LocalAws.S3;

/// <summary>S3 as far as the pipeline uses it: objects whole and by range, in one piece and in parts, if absent, and listings.</summary>
internal sealed class S3Service(IReadOnlyDictionary<string, IObjectStore> buckets)
{
    private const string MetadataPrefix = "x-amz-meta-";
    private const int LongestPage = 1000;
    private static readonly XNamespace Namespace = "http://s3.amazonaws.com/doc/2006-03-01/";
    private readonly Dictionary<string, ObjectNotes> _notes = buckets.Keys.ToDictionary(name => name, _ => new ObjectNotes(), StringComparer.Ordinal);
    private readonly MultipartUploads _uploads = new();

    public Task AnswerAsync(SignedRequest request, HttpContext context)
    {
        var slash = request.Path.IndexOf('/', 1);
        var name = Uri.UnescapeDataString(slash < 0 ? request.Path[1..] : request.Path[1..slash]);
        var key = slash < 0 ? "" : Uri.UnescapeDataString(request.Path[(slash + 1)..]);
        if (!buckets.TryGetValue(name, out var store))
        {
            throw new AwsErrorException(404, "NoSuchBucket", "The specified bucket does not exist");
        }

        var query = context.Request.Query;
        var call = new Call(request, context, store, name, _notes[name]);
        return (request.Method, key.Length > 0, query.ContainsKey("uploads"), query["uploadId"].FirstOrDefault()) switch
        {
            ("GET", false, _, _) => ListAsync(call),
            ("GET" or "HEAD", true, _, _) => ReadAsync(call, ObjectKey.Parse(key)),
            ("POST", true, true, _) => StartUploadAsync(call, key),
            ("PUT", true, _, { } upload) => PutPartAsync(call, upload, int.Parse(query["partNumber"].ToString(), CultureInfo.InvariantCulture)),
            ("POST", true, _, { } upload) => CompleteAsync(call, ObjectKey.Parse(key), upload),
            ("DELETE", true, _, { } upload) => AbortAsync(call, upload),
            ("PUT", true, _, null) => PutAsync(call, ObjectKey.Parse(key)),
            ("DELETE", true, _, null) => DeleteAsync(call, ObjectKey.Parse(key)),
            _ => throw new AwsErrorException(501, "NotImplemented", $"{request.Method} {request.RawTarget} is not part of this stand-in."),
        };
    }

    private static async Task ReadAsync(Call call, ObjectKey key)
    {
        var token = call.Context.RequestAborted;
        var info = await call.Store.FindAsync(key, token) ?? throw NoSuchKey();
        var etag = call.Notes.ETag(key, info.Size);
        if (call.Request.Header("If-Match") is { } match && match != etag)
        {
            throw new AwsErrorException(412, "PreconditionFailed", "At least one of the pre-conditions you specified did not hold");
        }

        var range = ByteRange.Read(call.Request.Header("Range"), info.Size);
        await using var content = (range is null ? await call.Store.OpenReadAsync(key, token) : await call.Store.OpenReadAsync(key, range.Offset, range.Length, token)) ?? throw NoSuchKey();
        var response = call.Context.Response;
        response.StatusCode = range is null ? StatusCodes.Status200OK : StatusCodes.Status206PartialContent;
        response.ContentType = "binary/octet-stream";

        // What was opened counts: the object may have been replaced since it was looked up.
        response.ContentLength = content.CanSeek ? content.Length : range?.Length ?? info.Size;
        response.Headers.ETag = etag;
        response.Headers.AcceptRanges = "bytes";
        if (range is not null)
        {
            response.Headers.ContentRange = $"bytes {range.Offset}-{range.Offset + range.Length - 1}/{info.Size}";
        }

        foreach (var (name, value) in call.Notes.Metadata(key))
        {
            response.Headers[MetadataPrefix + name] = value;
        }

        if (call.Request.Method == "GET")
        {
            await content.CopyToAsync(response.Body, token);
        }
    }

    private static async Task PutAsync(Call call, ObjectKey key)
    {
        await StoreAsync(call, key, [call.Request.Body], Metadata(call.Request));
        call.Context.Response.Headers.ETag = call.Notes.ETag(key, call.Request.Body.Length);
        await AwsAnswers.EmptyAsync(call.Context, StatusCodes.Status200OK);
    }

    private static async Task DeleteAsync(Call call, ObjectKey key)
    {
        await call.Store.DeleteAsync(key, call.Context.RequestAborted);
        await AwsAnswers.EmptyAsync(call.Context, StatusCodes.Status204NoContent);
    }

    private Task StartUploadAsync(Call call, string key) => AwsAnswers.XmlAsync(call.Context, new XElement(Namespace + "InitiateMultipartUploadResult",
        new XElement(Namespace + "Bucket", call.Bucket), new XElement(Namespace + "Key", key), new XElement(Namespace + "UploadId", _uploads.Start(Metadata(call.Request)))));

    private Task PutPartAsync(Call call, string upload, int number)
    {
        call.Context.Response.Headers.ETag = _uploads.Add(upload, number, call.Request.Body);
        return AwsAnswers.EmptyAsync(call.Context, StatusCodes.Status200OK);
    }

    private async Task CompleteAsync(Call call, ObjectKey key, string upload)
    {
        var (parts, metadata) = _uploads.Complete(upload, call.Request.Body);
        await StoreAsync(call, key, parts, metadata);
        _uploads.Remove(upload);
        await AwsAnswers.XmlAsync(call.Context, new XElement(Namespace + "CompleteMultipartUploadResult",
            new XElement(Namespace + "Bucket", call.Bucket), new XElement(Namespace + "Key", key.Value),
            new XElement(Namespace + "ETag", call.Notes.ETag(key, parts.Sum(part => (long)part.Length)))));
    }

    private Task AbortAsync(Call call, string upload)
    {
        _uploads.Remove(upload);
        return AwsAnswers.EmptyAsync(call.Context, StatusCodes.Status204NoContent);
    }

    private static async Task ListAsync(Call call)
    {
        var query = call.Context.Request.Query;
        var prefix = query["prefix"].ToString();
        var after = query["continuation-token"].FirstOrDefault() is { } token ? Encoding.UTF8.GetString(Convert.FromBase64String(token)) : null;
        var most = int.TryParse(query["max-keys"].FirstOrDefault(), CultureInfo.InvariantCulture, out var asked) ? Math.Min(asked, LongestPage) : LongestPage;
        Func<string, string> encode = query["encoding-type"].ToString() == "url" ? Uri.EscapeDataString : static text => text;
        var page = new List<ObjectInfo>();
        var more = false;
        await foreach (var info in call.Store.ListAsync(prefix, call.Context.RequestAborted))
        {
            if (after is not null && string.CompareOrdinal(info.Key.Value, after) <= 0)
            {
                continue;
            }

            more = page.Count == most;
            if (more)
            {
                break;
            }

            page.Add(info);
        }

        await AwsAnswers.XmlAsync(call.Context, new XElement(Namespace + "ListBucketResult",
            new XElement(Namespace + "Name", call.Bucket),
            new XElement(Namespace + "Prefix", encode(prefix)),
            new XElement(Namespace + "KeyCount", page.Count),
            new XElement(Namespace + "MaxKeys", most),
            new XElement(Namespace + "IsTruncated", more),
            more ? new XElement(Namespace + "NextContinuationToken", Convert.ToBase64String(Encoding.UTF8.GetBytes(page[^1].Key.Value))) : null,
            page.Select(info => new XElement(Namespace + "Contents",
                new XElement(Namespace + "Key", encode(info.Key.Value)),
                new XElement(Namespace + "Size", info.Size),
                new XElement(Namespace + "ETag", call.Notes.ETag(info.Key, info.Size)),
                new XElement(Namespace + "StorageClass", "STANDARD")))));
    }

    private static async Task StoreAsync(Call call, ObjectKey key, IReadOnlyList<byte[]> parts, IReadOnlyDictionary<string, string> metadata)
    {
        var condition = call.Request.Header("If-None-Match") switch
        {
            null => PutCondition.Always,
            "*" => PutCondition.IfAbsent,
            _ => throw new AwsErrorException(501, "NotImplemented", "If-None-Match takes * only."),
        };
        var written = await call.Store.WriteAsync(key, async (stream, token) =>
        {
            foreach (var part in parts)
            {
                await stream.WriteAsync(part, token);
            }

            // Before the object is seen: who then finds it shall find whose it is.
            if (condition == PutCondition.Always)
            {
                call.Notes.Wrote(key, metadata);
            }
        }, condition, call.Context.RequestAborted);
        if (!written)
        {
            throw new AwsErrorException(412, "PreconditionFailed", "At least one of the pre-conditions you specified did not hold");
        }

        if (condition == PutCondition.IfAbsent)
        {
            call.Notes.Wrote(key, metadata);
        }
    }

    private static Dictionary<string, string> Metadata(SignedRequest request) => request.Headers
        .Where(header => header.Key.StartsWith(MetadataPrefix, StringComparison.OrdinalIgnoreCase))
        .ToDictionary(header => header.Key[MetadataPrefix.Length..].ToLowerInvariant(), header => header.Value, StringComparer.Ordinal);

    private static AwsErrorException NoSuchKey() => new(404, "NoSuchKey", "The specified key does not exist.");

    /// <summary>One request, and the bucket it is about.</summary>
    private sealed record Call(SignedRequest Request, HttpContext Context, IObjectStore Store, string Bucket, ObjectNotes Notes);
}
