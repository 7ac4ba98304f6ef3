using System.Net;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Amazon.Runtime;
using NovaJudge.Aws.Protocol;

namespace NovaJudge.Aws.SimpleNotificationService;

/// <summary>Settings of <see cref="AmazonSimpleNotificationServiceClient"/>; the endpoint variable is <c>AWS_ENDPOINT_URL_SNS</c>.</summary>
public sealed class AmazonSimpleNotificationServiceConfig()
    : ServiceConfig(new ServiceIdentity("SNS", "sns", "sns", "2010-03-31"));

/// <summary>Amazon SNS, which still speaks the query protocol: a form goes in, XML comes out.</summary>
/// <param name="credentials">Whose calls these are; <c>null</c> means the SDK's usual chain.</param>
/// <param name="config">Settings; <c>null</c> means those of the environment.</param>
public sealed class AmazonSimpleNotificationServiceClient(AWSCredentials? credentials = null, AmazonSimpleNotificationServiceConfig? config = null)
    : ServiceClient(credentials, config ?? new AmazonSimpleNotificationServiceConfig())
{
    /// <summary>Sends a message to the subscribers of a topic.</summary>
    public Task<PublishResponse> PublishAsync(PublishRequest request, CancellationToken cancellationToken = default) =>
        SendAsync(
            new WireRequest
            {
                Headers = new Dictionary<string, string?> { ["Content-Type"] = "application/x-www-form-urlencoded; charset=utf-8" },
                Body = Form(("Action", "Publish"), ("Version", Config.ServiceVersion), ("TopicArn", request.TopicArn), ("Subject", request.Subject), ("Message", request.Message)),
            },
            answer => new PublishResponse(MessageId(answer.Body)),
            cancellationToken);

    private static byte[] Form(params IReadOnlyList<(string Name, string? Value)> fields) =>
        Encoding.UTF8.GetBytes(string.Join('&', fields
            .Where(field => field.Value is not null)
            .Select(field => $"{field.Name}={WebUtility.UrlEncode(field.Value)}")));

    private static string? MessageId(byte[] body)
    {
        using var reader = XmlReader.Create(new MemoryStream(body), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
        return XDocument.Load(reader).Descendants().FirstOrDefault(element => element.Name.LocalName == "MessageId")?.Value;
    }
}

public sealed record PublishRequest
{
    public required string TopicArn { get; init; }

    /// <summary>At most 262,144 bytes.</summary>
    public required string Message { get; init; }

    /// <summary>Of an e-mail: at most 100 ASCII characters, without line breaks.</summary>
    public string? Subject { get; init; }
}

public sealed record PublishResponse(string? MessageId);
