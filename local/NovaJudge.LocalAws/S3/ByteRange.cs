using System.Net.Http.Headers;
using NovaJudge.LocalAws.Protocol;

namespace NovaJudge.LocalAws.S3;

/// <summary>The part of an object that a request asks for.</summary>
internal sealed record ByteRange(long Offset, long Length)
{
    /// <summary>Reads <c>bytes=first-last</c>; <c>null</c> when the whole object is meant.</summary>
    public static ByteRange? Read(string? header, long size)
    {
        if (header is null || !RangeHeaderValue.TryParse(header, out var value) || value.Ranges.Count != 1)
        {
            return null;
        }

        var range = value.Ranges.First();
        var (first, last) = range.From is { } from ? (from, Math.Min(range.To ?? size - 1, size - 1)) : (Math.Max(0, size - (range.To ?? 0)), size - 1);
        return first <= last ? new ByteRange(first, last - first + 1) : throw new AwsErrorException(416, "InvalidRange", "The requested range is not satisfiable");
    }
}
