using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;

namespace NovaJudge.Aws.Protocol;

/// <summary>One call in terms of HTTP.</summary>
public sealed class WireRequest : AmazonWebServiceRequest
{
    /// <summary>Path with its variables in braces; <c>/</c> by default.</summary>
    public string ResourcePath { get; init; } = "/";

    /// <summary>Values of the path's variables, as they are: the signer and the sender encode them.</summary>
    public IReadOnlyDictionary<string, string> PathResources { get; init; } = new Dictionary<string, string>();

    /// <summary>Headers; those without a value are left out.</summary>
    public IReadOnlyDictionary<string, string?> Headers { get; init; } = new Dictionary<string, string?>();

    public byte[] Body { get; init; } = [];
}

/// <summary>An answer in terms of HTTP.</summary>
public sealed class WireAnswer(IWebResponseData data, byte[] body)
{
    public byte[] Body { get; } = body;

    /// <summary>The header's value, or <c>null</c>.</summary>
    public string? Header(string name) => data.GetHeaderValue(name) is { Length: > 0 } value ? value : null;
}

/// <summary>What the SDK's pipeline hands back.</summary>
internal sealed class WireResult<T> : AmazonWebServiceResponse
{
    public T? Value { get; set; }
}

internal sealed class WireMarshaller(string serviceName) : IMarshaller<IRequest, AmazonWebServiceRequest>
{
    public IRequest Marshall(AmazonWebServiceRequest input)
    {
        var call = (WireRequest)input;
        var request = new DefaultRequest(call, serviceName) { HttpMethod = "POST", ResourcePath = call.ResourcePath, Content = call.Body };
        foreach (var (name, value) in call.Headers)
        {
            if (value is not null)
            {
                request.Headers[name] = value;
            }
        }

        foreach (var (name, value) in call.PathResources)
        {
            request.AddPathResource(name, value);
        }

        return request;
    }
}
