using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace NovaJudge.Tests.Shared;

/// <summary>How a <see cref="MockOpenAiServer"/> behaves. Shares are between 0 and 1 of all calls and are drawn from a seed.</summary>
public sealed record MockOpenAiOptions
{
    /// <summary>Time before every answer.</summary>
    public TimeSpan Latency { get; init; }

    /// <summary>Answered with HTTP 500.</summary>
    public double ServerErrors { get; init; }

    /// <summary>Answered with HTTP 429.</summary>
    public double Throttled { get; init; }

    /// <summary>What a refused call is asked to wait, in seconds.</summary>
    public int RetryAfterSeconds { get; init; } = 1;

    /// <summary>Verdicts without a verdict.</summary>
    public double Garbage { get; init; }

    /// <summary>Bodies that end in the middle.</summary>
    public double Truncated { get; init; }

    /// <summary>Answers that take <see cref="Stall"/>.</summary>
    public double Stalls { get; init; }

    public TimeSpan Stall { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>What <see cref="Latency"/> and <see cref="Stall"/> pass on.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    public int Seed { get; init; } = 1;

    /// <summary>What <c>/v1/models</c> lists.</summary>
    public IReadOnlyList<string> Models { get; init; } = ["model-a", "model-b", "judge"];

    /// <summary>The key that every call must bring.</summary>
    public string? ApiKey { get; init; }

    /// <summary>Calls that are refused for good, with HTTP 400.</summary>
    public Func<MockCall, bool>? Refuse { get; init; }

    /// <summary>Calls that are answered with HTTP 500, however often they come.</summary>
    public Func<MockCall, bool>? Break { get; init; }

    /// <summary>What stands as <c>usage</c> in every answer, as JSON; absent: the truth.</summary>
    public string? Usage { get; init; }

    /// <summary>What is answered; absent: models answer with their name, a judge prefers <c>model-b</c> mostly.</summary>
    public Func<MockCall, string>? Answer { get; init; }
}

/// <summary>One call as the server saw it; the key is the one that it brought.</summary>
public sealed record MockCall(string Model, string Prompt, byte[] Body, string? Key = null);

/// <summary>An OpenAI-compatible server on loopback that misbehaves as told, always in the same way.</summary>
public sealed class MockOpenAiServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly MockOpenAiOptions _options;
    private readonly ConcurrentDictionary<string, int> _counts = new(StringComparer.Ordinal);
    private long _calls;
    private int _inFlight;
    private int _mostInFlight;

    private MockOpenAiServer(WebApplication app, MockOpenAiOptions options) => (_app, _options) = (app, options);

    /// <summary>The base address, with <c>/v1</c>.</summary>
    public string Address { get; private set; } = "";

    /// <summary>Chat completions asked for so far.</summary>
    public long Calls => Volatile.Read(ref _calls);

    /// <summary>Most calls in flight at one time.</summary>
    public int MostInFlight => Volatile.Read(ref _mostInFlight);

    /// <summary>
    /// Calls by what became of them: <c>answered</c>, <c>400</c>, <c>500</c>, <c>429</c>, <c>garbage</c>, <c>truncated</c>, <c>stalled</c>;
    /// by model: <c>model-a</c>; and by both: <c>500 model-a</c>.
    /// </summary>
    public IReadOnlyDictionary<string, int> Counts => _counts;

    /// <summary>Keeps the calls when set.</summary>
    public ConcurrentQueue<MockCall>? Record { get; set; }

    /// <summary>Told of each call before it is answered.</summary>
    public Action<MockCall>? Received { get; set; }

    public static async Task<MockOpenAiServer> StartAsync(MockOpenAiOptions? options = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.Configure<KestrelServerOptions>(kestrel => kestrel.AddServerHeader = false);
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var server = new MockOpenAiServer(app, options ?? new MockOpenAiOptions());
        app.Run(server.AnswerAsync);
        await app.StartAsync();
        server.Address = $"{app.Urls.Single()}/v1";
        return server;
    }

    /// <summary>A model spec of this server.</summary>
    public string Spec(string model) => $"openai:{Address}#{model}";

    public async ValueTask DisposeAsync()
    {
        using var soon = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        await _app.StopAsync(soon.Token);
        await _app.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        if (_options.ApiKey is { } key && context.Request.Headers.Authorization != $"Bearer {key}")
        {
            await WriteErrorAsync(context, 401, $"Incorrect API key provided: {context.Request.Headers.Authorization}", "invalid_api_key");
            return;
        }

        if (context.Request.Path == "/v1/models")
        {
            await WriteAsync(context, JsonSerializer.SerializeToUtf8Bytes(new { @object = "list", data = _options.Models.Select(id => new { id, @object = "model" }) }));
            return;
        }

        if (context.Request.Path != "/v1/chat/completions")
        {
            await WriteErrorAsync(context, 404, "Not Found", null);
            return;
        }

        var number = Interlocked.Increment(ref _calls);
        Raise(ref _mostInFlight, Interlocked.Increment(ref _inFlight));
        try
        {
            await AnswerAsync(context, await ReadAsync(context), number);
        }
        finally
        {
            Interlocked.Decrement(ref _inFlight);
        }
    }

    private async Task AnswerAsync(HttpContext context, MockCall call, long number)
    {
        Record?.Enqueue(call);
        Received?.Invoke(call);
        Count(call.Model);
        if (_options.Latency > TimeSpan.Zero)
        {
            await Task.Delay(_options.Latency, _options.Time, context.RequestAborted);
        }

        if (_options.Refuse?.Invoke(call) == true)
        {
            Count(call, "400");
            await WriteErrorAsync(context, 400, "This content is refused.", "content_filter");
            return;
        }

        if (_options.Break?.Invoke(call) == true)
        {
            Count(call, "500");
            await WriteErrorAsync(context, 500, "The server had an error while processing your request.", "server_error");
            return;
        }

        var luck = Draw(number);
        var isJudge = IsJudge(call);
        if (Falls(_options.Stalls))
        {
            Count(call, "stalled");
            await Task.Delay(_options.Stall, _options.Time, context.RequestAborted);
        }
        else if (Falls(_options.ServerErrors))
        {
            Count(call, "500");
            await WriteErrorAsync(context, 500, "The server had an error while processing your request.", "server_error");
            return;
        }
        else if (Falls(_options.Throttled))
        {
            Count(call, "429");
            context.Response.Headers.RetryAfter = _options.RetryAfterSeconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
            await WriteErrorAsync(context, 429, "Rate limit reached.", "rate_limit_exceeded");
            return;
        }
        else if (Falls(_options.Truncated))
        {
            Count(call, "truncated");
            context.Response.ContentType = "application/json";
            context.Response.ContentLength = 2000;
            await context.Response.Body.WriteAsync("{\"choices\":[{\"message\":{\"content\":\"the answer is cut"u8.ToArray());
            await context.Response.Body.FlushAsync();
            context.Abort();
            return;
        }

        string text;
        if (isJudge && Falls(_options.Garbage))
        {
            Count(call, "garbage");
            text = "Both answers have their merits, and it is hard to say.";
        }
        else
        {
            Count(call, "answered");
            text = (_options.Answer ?? DefaultAnswer)(call);
        }

        await WriteAsync(context, Completion(call.Model, text, call.Prompt.Length / 4, _options.Usage));

        bool Falls(double share)
        {
            luck -= share;
            return share > 0 && luck < 0 && luck >= -share;
        }
    }

    private static bool IsJudge(MockCall call) => call.Prompt.Contains("[[A>B]]", StringComparison.Ordinal);

    /// <summary>A model answers with its name; a judge prefers <c>model-b</c> for about two in three numbers that a prompt names.</summary>
    private static string DefaultAnswer(MockCall call)
    {
        if (!IsJudge(call))
        {
            return $"This is the answer of {call.Model}.";
        }

        var (a, b) = (call.Prompt.LastIndexOf("answer of model-a", StringComparison.Ordinal), call.Prompt.LastIndexOf("answer of model-b", StringComparison.Ordinal));
        var number = call.Prompt.IndexOf("number ", StringComparison.Ordinal) + "number ".Length;
        var prefersB = call.Prompt.Skip(number).TakeWhile(char.IsAsciiDigit).Aggregate(7u, (hash, c) => (hash ^ c) * 16777619u) % 3 != 0;
        return a < 0 || b < 0 ? "[[A=B]]" : (a < b) == prefersB ? "The second one is right.\n[[B>A]]" : "The first one is right.\n[[A>B]]";
    }

    /// <summary>Equal call numbers draw equal luck (SplitMix64).</summary>
    private double Draw(long number)
    {
        var z = ((ulong)number + ((ulong)_options.Seed << 32)) * 0x9E3779B97F4A7C15ul;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ul;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBul;
        return ((z ^ (z >> 31)) >> 11) * (1.0 / (1ul << 53));
    }

    private static async Task<MockCall> ReadAsync(HttpContext context)
    {
        using var buffer = new MemoryStream((int)(context.Request.ContentLength ?? 1024));
        await context.Request.Body.CopyToAsync(buffer);
        var body = buffer.ToArray();
        var authorization = context.Request.Headers.Authorization.ToString();
        return Parse(body) with { Key = authorization.StartsWith("Bearer ", StringComparison.Ordinal) ? authorization["Bearer ".Length..] : null };
    }

    private static MockCall Parse(byte[] body)
    {
        string model = "", prompt = "";
        var reader = new Utf8JsonReader(body);
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName)
            {
                var isModel = reader.ValueTextEquals("model"u8);
                var isContent = reader.ValueTextEquals("content"u8);
                reader.Read();
                model = isModel ? reader.GetString() ?? "" : model;
                prompt = isContent ? reader.GetString() ?? "" : prompt;
            }
        }

        return new MockCall(model, prompt, body);
    }

    private static byte[] Completion(string model, string text, int promptTokens, string? usage)
    {
        using var buffer = new MemoryStream(512);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("id"u8, "chatcmpl-1"u8);
            json.WriteString("object"u8, "chat.completion"u8);
            json.WriteString("model"u8, model);
            json.WriteStartArray("choices"u8);
            json.WriteStartObject();
            json.WriteNumber("index"u8, 0);
            json.WriteStartObject("message"u8);
            json.WriteString("role"u8, "assistant"u8);
            json.WriteString("content"u8, text);
            json.WriteEndObject();
            json.WriteString("finish_reason"u8, "stop"u8);
            json.WriteEndObject();
            json.WriteEndArray();
            json.WritePropertyName("usage"u8);
            json.WriteRawValue(usage ?? $$"""{"prompt_tokens":{{promptTokens}},"completion_tokens":{{text.Length / 4}},"total_tokens":{{promptTokens + (text.Length / 4)}}}""");
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    private static Task WriteErrorAsync(HttpContext context, int status, string message, string? code)
    {
        context.Response.StatusCode = status;
        return WriteAsync(context, JsonSerializer.SerializeToUtf8Bytes(new { error = new { message, type = "error", param = (string?)null, code } }));
    }

    private static async Task WriteAsync(HttpContext context, byte[] body)
    {
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body);
    }

    private void Count(MockCall call, string what)
    {
        Count(what);
        Count($"{what} {call.Model}");
    }

    private void Count(string what) => _counts.AddOrUpdate(what, 1, static (_, count) => count + 1);

    private static void Raise(ref int most, int value)
    {
        for (var known = Volatile.Read(ref most); known < value; known = Volatile.Read(ref most))
        {
            Interlocked.CompareExchange(ref most, value, known);
        }
    }
}
