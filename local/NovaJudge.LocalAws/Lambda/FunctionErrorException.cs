using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace NovaJudge.LocalAws.Lambda;

/// <summary>A function failed.</summary>
public sealed class FunctionErrorException : Exception
{
    /// <param name="body">What the function reported.</param>
    public FunctionErrorException(byte[] body)
        : this(Encoding.UTF8.GetString(body), Type(body))
    {
    }

    private FunctionErrorException(string body, string type)
        : base($"{type}: {body}") => (Body, ErrorType) = (body, type);

    /// <summary>What it reported, which is Step Functions' cause: <c>{"errorMessage", "errorType", "stackTrace"}</c>.</summary>
    public string Body { get; }

    /// <summary>The name that Step Functions retries and catches by.</summary>
    public string ErrorType { get; }

    /// <summary>What a function reports.</summary>
    public static byte[] Report(string type, string message) =>
        Encoding.UTF8.GetBytes(new JsonObject { ["errorMessage"] = message, ["errorType"] = type }.ToJsonString());

    private static string Type(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.GetProperty("errorType").GetString() ?? "Lambda.Unknown";
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return "Lambda.Unknown";
        }
    }
}
