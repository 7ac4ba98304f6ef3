using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Xml.Linq;
using NovaJudge.LocalAws.Protocol;

namespace NovaJudge.LocalAws.S3;

/// <summary>Uploads in parts that are under way; their parts wait in memory.</summary>
internal sealed class MultipartUploads
{
    private readonly ConcurrentDictionary<string, Upload> _uploads = new(StringComparer.Ordinal);

    public string Start(IReadOnlyDictionary<string, string> metadata)
    {
        var id = Guid.NewGuid().ToString("N");
        _uploads[id] = new Upload(metadata, new());
        return id;
    }

    /// <summary>Keeps a part; returns its ETag.</summary>
    public string Add(string uploadId, int number, byte[] content)
    {
        Find(uploadId).Parts[number] = content;
        return ETag(content);
    }

    /// <summary>The parts in the order that the caller lists them.</summary>
    public (IReadOnlyList<byte[]> Parts, IReadOnlyDictionary<string, string> Metadata) Complete(string uploadId, byte[] list)
    {
        var upload = Find(uploadId);
        using var stream = new MemoryStream(list);
        var parts = XDocument.Load(stream).Descendants().Where(element => element.Name.LocalName == "Part").Select(part =>
        {
            var number = int.Parse(Child(part, "PartNumber"));
            return upload.Parts.TryGetValue(number, out var content) && ETag(content) == Child(part, "ETag")
                ? content
                : throw new AwsErrorException(400, "InvalidPart", $"Part {number} was not uploaded, or has another ETag.");
        }).ToArray();
        return (parts, upload.Metadata);
    }

    public void Remove(string uploadId) => _uploads.TryRemove(uploadId, out _);

    private Upload Find(string uploadId) => _uploads.TryGetValue(uploadId, out var upload)
        ? upload
        : throw new AwsErrorException(404, "NoSuchUpload", "The specified multipart upload does not exist.");

    private static string Child(XElement part, string name) => part.Elements().Single(element => element.Name.LocalName == name).Value;

    private static string ETag(byte[] content) => $"\"{Convert.ToHexStringLower(SHA256.HashData(content))[..32]}-1\"";

    private sealed record Upload(IReadOnlyDictionary<string, string> Metadata, ConcurrentDictionary<int, byte[]> Parts);
}
