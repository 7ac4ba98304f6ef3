using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace NovaJudge.LocalAws.Protocol;

/// <summary>A request as it was on the wire.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="RawTarget">Path and query exactly as sent.</param>
/// <param name="Headers">All headers, in the order sent.</param>
/// <param name="Body">The body.</param>
public sealed record SignedRequest(string Method, string RawTarget, IReadOnlyList<KeyValuePair<string, string>> Headers, byte[] Body)
{
    /// <summary>The service that the request is signed for: the fourth part of the credential's scope; empty when it is not signed.</summary>
    public string Service
    {
        get
        {
            var authorization = Header("Authorization") ?? "";
            var start = authorization.IndexOf("Credential=", StringComparison.Ordinal);
            return start >= 0 && authorization[(start + "Credential=".Length)..].Split(',')[0].Split('/') is [_, _, _, var service, ..] ? service : "";
        }
    }

    /// <summary>The path as sent, without the query.</summary>
    public string Path => RawTarget.Split('?')[0];

    /// <summary>The operation of the JSON protocols: what stands behind the dot of <c>X-Amz-Target</c>.</summary>
    public string Operation => Header("X-Amz-Target")?.Split('.')[^1] ?? "";

    public string? Header(string name) =>
        Headers.FirstOrDefault(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;

    internal static async Task<SignedRequest> ReadAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        return new SignedRequest(
            context.Request.Method,
            context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget,
            [.. context.Request.Headers.SelectMany(header => header.Value.Select(value => KeyValuePair.Create(header.Key, value ?? "")))],
            body.ToArray());
    }
}
