using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Microsoft.AspNetCore.Http;

namespace NovaJudge.LocalAws.Protocol;

/// <summary>Answers in the shapes of the services' protocols.</summary>
internal static class AwsAnswers
{
    private static long _requests;

    /// <summary>A JSON document.</summary>
    public static Task JsonAsync(HttpContext context, JsonNode body) => SendAsync(context, 200, "application/json", Encoding.UTF8.GetBytes(body.ToJsonString()));

    /// <summary>An XML document.</summary>
    public static Task XmlAsync(HttpContext context, XElement body) => SendAsync(context, 200, "application/xml", Xml(body));

    /// <summary>Nothing but a status.</summary>
    public static Task EmptyAsync(HttpContext context, int status) => SendAsync(context, status, null, []);

    /// <summary>An error as the service's protocol spells it: XML for S3 and SNS, JSON and a header for the others.</summary>
    public static Task ErrorAsync(HttpContext context, string service, AwsErrorException error)
    {
        if (service is "s3")
        {
            return SendAsync(context, error.Status, "application/xml", Xml(new XElement("Error", new XElement("Code", error.Code), new XElement("Message", error.Message))));
        }

        if (service is "sns")
        {
            return SendAsync(context, error.Status, "text/xml", Xml(new XElement("ErrorResponse",
                new XElement("Error", new XElement("Type", "Sender"), new XElement("Code", error.Code), new XElement("Message", error.Message)))));
        }

        context.Response.Headers["x-amzn-ErrorType"] = error.Code;
        var body = new JsonObject { ["__type"] = error.Code, ["message"] = error.Message };
        foreach (var (name, value) in error.Fields)
        {
            body[name] = value;
        }

        return SendAsync(context, error.Status, "application/json", Encoding.UTF8.GetBytes(body.ToJsonString()));
    }

    private static async Task SendAsync(HttpContext context, int status, string? type, byte[] body)
    {
        var id = Interlocked.Increment(ref _requests).ToString("x16", CultureInfo.InvariantCulture);
        context.Response.StatusCode = status;
        context.Response.Headers["x-amzn-RequestId"] = id;
        context.Response.Headers["x-amz-request-id"] = id;
        context.Response.ContentType = type;
        if (status != StatusCodes.Status204NoContent)
        {
            context.Response.ContentLength = body.Length;
        }

        if (body.Length > 0 && !HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.Body.WriteAsync(body, context.RequestAborted);
        }
    }

    private static byte[] Xml(XElement body) => Encoding.UTF8.GetBytes($"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{body.ToString(SaveOptions.DisableFormatting)}");
}
