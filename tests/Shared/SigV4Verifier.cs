using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace NovaJudge.Tests.Shared;

/// <summary>A request as it was on the wire.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="RawTarget">Path and query exactly as sent.</param>
/// <param name="Headers">All headers, in the order sent.</param>
/// <param name="Body">The body.</param>
public sealed record WireCall(string Method, string RawTarget, IReadOnlyList<KeyValuePair<string, string>> Headers, byte[] Body)
{
    public string? Header(string name) =>
        Headers.FirstOrDefault(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;
}

/// <summary>
/// Verifies AWS Signature Version 4 as its specification words it ("Create a signed AWS API request", IAM user guide;
/// "Authenticating requests", S3 API reference), with nothing of the SDK that signs.
/// </summary>
public sealed class SigV4Verifier(string accessKey, string secretKey, string? sessionToken, string region, string service, TimeProvider clock)
{
    private const string Algorithm = "AWS4-HMAC-SHA256";
    private static readonly TimeSpan LargestSkew = TimeSpan.FromMinutes(15);

    /// <summary>What is wrong with the signature, or <c>null</c> when it is right.</summary>
    public string? Problem(WireCall call)
    {
        if (call.Header("Authorization") is not { } authorization || !authorization.StartsWith(Algorithm + " ", StringComparison.Ordinal))
        {
            return "there is no signature of version 4";
        }

        var fields = authorization[(Algorithm.Length + 1)..].Split(',')
            .Select(field => field.Trim().Split('=', 2))
            .ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
        var signedNames = fields["SignedHeaders"].Split(';');
        var date = call.Header("X-Amz-Date") ?? "";
        if (!DateTimeOffset.TryParseExact(date, "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
        {
            return $"X-Amz-Date \"{date}\" is not a time";
        }

        var scope = $"{date[..8]}/{region}/{service}/aws4_request";
        return fields["Credential"] != $"{accessKey}/{scope}" ? $"the credential is {fields["Credential"]}, not {accessKey}/{scope}"
            : (clock.GetUtcNow() - time).Duration() > LargestSkew ? $"RequestTimeTooSkewed: {date}"
            : call.Header("X-Amz-Security-Token") != sessionToken ? "the session token is missing or another"
            : UnsignedHeader(call, signedNames) is { } unsigned ? $"header {unsigned} must be signed"
            : WrongPayload(call) is { } payload ? payload
            : Signature(CanonicalRequest(call, signedNames), date, scope) != fields["Signature"] ? "the signature is another:\n" + CanonicalRequest(call, signedNames)
            : null;
    }

    // Host, Content-Type and everything of x-amz- must be signed.
    private static string? UnsignedHeader(WireCall call, string[] signedNames) => call.Headers
        .Select(header => header.Key.ToLowerInvariant())
        .FirstOrDefault(name => (name is "host" or "content-type" || name.StartsWith("x-amz-", StringComparison.Ordinal)) && !signedNames.Contains(name));

    private string? WrongPayload(WireCall call)
    {
        var claimed = call.Header("X-Amz-Content-SHA256");
        return claimed is null ? (service == "s3" ? "S3 wants X-Amz-Content-SHA256" : null)
            : service == "s3" && (claimed == "UNSIGNED-PAYLOAD" || claimed.StartsWith("STREAMING-", StringComparison.Ordinal)) ? null
            : claimed == Hash(call.Body) ? null
            : $"X-Amz-Content-SHA256 is {claimed}, the body has {Hash(call.Body)}";
    }

    private string CanonicalRequest(WireCall call, string[] signedNames)
    {
        var query = call.RawTarget.IndexOf('?', StringComparison.Ordinal);
        var path = query < 0 ? call.RawTarget : call.RawTarget[..query];
        return string.Join('\n',
            call.Method,
            CanonicalPath(path),
            query < 0 ? "" : CanonicalQuery(call.RawTarget[(query + 1)..]),
            string.Concat(signedNames.Select(name => $"{name}:{CanonicalValue(call, name)}\n")),
            string.Join(';', signedNames),
            call.Header("X-Amz-Content-SHA256") ?? Hash(call.Body));
    }

    // The path on the wire is encoded once; every service but S3 signs it encoded again.
    private string CanonicalPath(string path) =>
        string.Join('/', path.Split('/').Select(part => service == "s3" ? Encode(Uri.UnescapeDataString(part)) : Encode(part)));

    private static string CanonicalQuery(string query) => string.Join('&', query.Split('&')
        .Select(pair => pair.Split('=', 2))
        .Select(pair => $"{Encode(Uri.UnescapeDataString(pair[0]))}={Encode(Uri.UnescapeDataString(pair.ElementAtOrDefault(1) ?? ""))}")
        .Order(StringComparer.Ordinal));

    private static string CanonicalValue(WireCall call, string name) => string.Join(',', call.Headers
        .Where(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase))
        .Select(header => string.Join(' ', header.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries))));

    private string Signature(string canonicalRequest, string date, string scope)
    {
        var toSign = $"{Algorithm}\n{date}\n{scope}\n{Hash(Encoding.UTF8.GetBytes(canonicalRequest))}";
        var key = Encoding.UTF8.GetBytes("AWS4" + secretKey);
        foreach (var part in scope.Split('/'))
        {
            key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(part));
        }

        return Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(toSign)));
    }

    private static string Encode(string text) => string.Concat(Encoding.UTF8.GetBytes(text).Select(octet =>
        char.IsAsciiLetterOrDigit((char)octet) || "-_.~".Contains((char)octet) ? ((char)octet).ToString() : $"%{octet:X2}"));

    private static string Hash(byte[] body) => Convert.ToHexStringLower(SHA256.HashData(body));
}
