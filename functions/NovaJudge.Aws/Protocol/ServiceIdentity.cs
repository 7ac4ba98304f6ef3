namespace NovaJudge.Aws.Protocol;

/// <summary>What tells one AWS service from another on the wire.</summary>
/// <param name="ServiceId">Its name in <c>AWS_ENDPOINT_URL_…</c> and in the user agent.</param>
/// <param name="SigningName">Its name in the scope of a signature.</param>
/// <param name="HostPrefix">What stands before the region in its host name.</param>
/// <param name="ApiVersion">The version of its interface that is spoken here.</param>
public sealed record ServiceIdentity(string ServiceId, string SigningName, string HostPrefix, string ApiVersion);
