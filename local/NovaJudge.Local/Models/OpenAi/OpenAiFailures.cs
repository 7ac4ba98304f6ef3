using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using NovaJudge.Pipeline.Generation;

namespace NovaJudge.Local.Models.OpenAi;

/// <summary>What an answer other than 200 means for a run.</summary>
internal static partial class OpenAiFailures
{
    private const int LongestMessage = 500;

    /// <param name="response">The answer.</param>
    /// <param name="body">Its body, as far as it was read.</param>
    /// <param name="endpoint">Who answered.</param>
    /// <param name="now">The time, for a Retry-After that is a date.</param>
    public static ModelException Describe(HttpResponseMessage response, ReadOnlySpan<byte> body, OpenAiEndpoint endpoint, DateTimeOffset now)
    {
        var status = (int)response.StatusCode;
        var error = Read(body);
        var message = Mask(error.Message is { Length: > 0 } text ? text : $"HTTP {status} {response.ReasonPhrase}", endpoint.ApiKey);
        return response.StatusCode switch
        {
            HttpStatusCode.TooManyRequests when error.Code == "insufficient_quota" =>
                Permanent("quota", message, "The account has no credit left; add some, or use another key."),
            HttpStatusCode.TooManyRequests => new ModelException(ModelFailureKind.Throttled, "throttled", message, RetryAfter(response, now)),
            HttpStatusCode.ServiceUnavailable when message.Contains("loading", StringComparison.OrdinalIgnoreCase) =>
                new ModelException(ModelFailureKind.Warming, "warming", message, RetryAfter(response, now)),
            HttpStatusCode.ServiceUnavailable or (HttpStatusCode)529 when RetryAfter(response, now) is { } wait =>
                new ModelException(ModelFailureKind.Throttled, "throttled", message, wait),
            HttpStatusCode.RequestTimeout => new ModelException(ModelFailureKind.Transient, "timeout", message),
            _ when status >= 500 || status == 425 => new ModelException(ModelFailureKind.Transient, $"http{status}", message, RetryAfter(response, now)),
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => Permanent("accessDenied", message, KeyAdvice(endpoint)),
            HttpStatusCode.NotFound => Permanent("notFound", message, $"Check that {endpoint.BaseUrl.Authority} serves the model \"{endpoint.Model}\" and that the address ends before /chat/completions."),
            HttpStatusCode.MethodNotAllowed or (>= HttpStatusCode.Ambiguous and < HttpStatusCode.BadRequest) =>
                Permanent("wrongAddress", message, $"Is {endpoint.BaseUrl} the base of an OpenAI-compatible interface? Most end in /v1."),
            _ when error.Code is "context_length_exceeded" || status == 413 || ContextWords.IsMatch(message) => new ModelException(ModelFailureKind.Item, "contextTooLong", message),
            _ when error.Code is "content_filter" or "content_policy_violation" => new ModelException(ModelFailureKind.Item, "contentFiltered", message),
            _ when error.Code is "unsupported_parameter" or "unsupported_value" or "unknown_parameter" =>
                Permanent("unsupportedSetting", message, $"Leave {error.Parameter ?? "it"} out of the request, or take it out with \"extra\": {{ \"{error.Parameter ?? "name"}\": null }}."),
            _ when error.Code is "model_not_found" or "invalid_api_key" => Permanent(error.Code, message, KeyAdvice(endpoint)),
            _ => new ModelException(ModelFailureKind.Item, "rejected", message),
        };
    }

    /// <summary>What an answer means that says 200 and holds no message: gateways hand on the error of whoever is behind them.</summary>
    public static ModelException WithoutMessage(ReadOnlySpan<byte> body, OpenAiEndpoint endpoint)
    {
        var reader = new Utf8JsonReader(body);
        using var document = JsonDocument.ParseValue(ref reader);
        return new ModelException(ModelFailureKind.Transient, "unreadable",
            document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("error", out _) && Read(body).Message is { Length: > 0 } message
                ? $"{endpoint.BaseUrl.Authority} sent HTTP 200 with an error: {Mask(message, endpoint.ApiKey)}"
                : $"{endpoint.BaseUrl.Authority} sent a chat completion without a message.");
    }

    /// <summary>Whether the server wants the newer name of the longest answer's field.</summary>
    public static bool WantsMaxCompletionTokens(HttpStatusCode status, ReadOnlySpan<byte> body) =>
        status == HttpStatusCode.BadRequest && Read(body) is { Message: { } message } && message.Contains("max_completion_tokens", StringComparison.Ordinal);

    /// <summary>What a person can do about a refused key.</summary>
    public static string KeyAdvice(OpenAiEndpoint endpoint) => endpoint switch
    {
        { ApiKeyVariable: null } => "Put the key into an environment variable and name it: \"apiKeyVariable\": \"OPENAI_API_KEY\".",
        { ApiKey: null } => $"The environment variable {endpoint.ApiKeyVariable} is not set; export it and run again.",
        _ => $"Check the key in {endpoint.ApiKeyVariable} and what it may use.",
    };

    private static ModelException Permanent(string code, string message, string advice) =>
        new(ModelFailureKind.Permanent, code, $"{message.TrimEnd('.', ' ')}. {advice}");

    private static TimeSpan? RetryAfter(HttpResponseMessage response, DateTimeOffset now)
    {
        if (response.Headers.TryGetValues("retry-after-ms", out var values) && double.TryParse(values.First(), out var milliseconds) && milliseconds is >= 0 and < 86_400_000)
        {
            return TimeSpan.FromMilliseconds(milliseconds);
        }

        return response.Headers.RetryAfter switch
        {
            { Delta: { } delta } when delta >= TimeSpan.Zero => delta,
            { Date: { } date } => date > now ? date - now : TimeSpan.Zero,
            _ => null,
        };
    }

    /// <summary>The shapes that servers use: <c>{"error":{"message","code","param"}}</c>, <c>{"error":"…"}</c>, <c>{"message"}</c>, <c>{"detail"}</c>, or plain text.</summary>
    private static (string? Message, string? Code, string? Parameter) Read(ReadOnlySpan<byte> body)
    {
        try
        {
            var reader = new Utf8JsonReader(body);
            using var document = JsonDocument.ParseValue(ref reader);
            var root = document.RootElement;
            var error = root.ValueKind == JsonValueKind.Object && root.TryGetProperty("error", out var inner) ? inner : root;
            return error.ValueKind == JsonValueKind.String
                ? (error.GetString(), null, null)
                : (Text(error, "message") ?? Text(error, "detail") ?? root.GetRawText(), Text(error, "code") ?? Text(error, "type"), Text(error, "param"));
        }
        catch (JsonException)
        {
            return (System.Text.Encoding.UTF8.GetString(body).Trim(), null, null);
        }
    }

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>Some servers repeat the key they were given.</summary>
    private static string Mask(string message, string? apiKey)
    {
        var masked = apiKey is { Length: > 3 } ? message.Replace(apiKey, "***", StringComparison.Ordinal) : message;
        return masked.Length <= LongestMessage ? masked : $"{masked[..LongestMessage]}…";
    }

    // OpenAI and vLLM: "maximum context length is 4096 tokens"; llama.cpp: "the request exceeds the available context size";
    // Ollama and others: "input length exceeds the context length", "prompt is too long".
    [GeneratedRegex(@"context (length|size|window|limit)|(prompt|input)s? (is|are) too long|max_model_len|exceeds? the (model's )?maximum", RegexOptions.IgnoreCase)]
    private static partial Regex ContextWords { get; }
}
