using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Amazon.Runtime;

namespace NovaJudge.Aws.Protocol;

/// <summary>A client of a service that speaks awsJson: every operation is a POST to <c>/</c>, named in a header.</summary>
public abstract class JsonServiceClient : ServiceClient
{
    private readonly string _contentType;
    private readonly string _targetPrefix;

    /// <param name="credentials">Whose calls these are; <c>null</c> means the SDK's usual chain.</param>
    /// <param name="config">Settings of the client.</param>
    /// <param name="targetPrefix">What stands before the operation in <c>X-Amz-Target</c>.</param>
    /// <param name="version">Of the protocol: <c>1.0</c> or <c>1.1</c>.</param>
    protected JsonServiceClient(AWSCredentials? credentials, ServiceConfig config, string targetPrefix, string version)
        : base(credentials, config)
    {
        _targetPrefix = targetPrefix;
        _contentType = $"application/x-amz-json-{version}";
    }

    protected Task<TResponse> InvokeAsync<TRequest, TResponse>(
        string operation,
        TRequest request,
        JsonTypeInfo<TRequest> requestType,
        JsonTypeInfo<TResponse> responseType,
        CancellationToken cancellationToken)
        where TResponse : class =>
        SendAsync(
            new WireRequest
            {
                Headers = new Dictionary<string, string?> { ["X-Amz-Target"] = $"{_targetPrefix}.{operation}", ["Content-Type"] = _contentType },
                Body = JsonSerializer.SerializeToUtf8Bytes(request, requestType),
            },
            answer => ReadJson(answer, responseType),
            cancellationToken);

    // An operation without results answers with nothing at all, or with {}.
    private static T ReadJson<T>(WireAnswer answer, JsonTypeInfo<T> type)
        where T : class =>
        JsonSerializer.Deserialize(answer.Body is [] ? "{}"u8 : answer.Body, type)
        ?? throw new JsonException("The service answered with null.");
}
