using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace NovaJudge.Tests.Shared;

/// <summary>An HTTP server on loopback that notes every call and answers as it is told, one answer for each call; the last one goes on for ever.</summary>
public sealed class LoopbackServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<WireCall> _calls = new();
    private readonly ConcurrentQueue<Func<HttpContext, Task>> _answers = new();
    private readonly ConcurrentQueue<string> _problems = new();

    private LoopbackServer(WebApplication app) => _app = app;

    /// <summary>Where it listens, or listened.</summary>
    public string Address { get; private set; } = "";

    /// <summary>The calls so far.</summary>
    public IReadOnlyList<WireCall> Calls => [.. _calls];

    /// <summary>What was wrong with their signatures; tests end by asking that there is nothing.</summary>
    public IReadOnlyList<string> SignatureProblems => [.. _problems];

    /// <summary>Starts a server. A wrong signature is answered with 403, as AWS does.</summary>
    public static async Task<LoopbackServer> StartAsync(SigV4Verifier? verifier, params IReadOnlyList<Func<HttpContext, Task>> answers)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.Configure<KestrelServerOptions>(options => options.Limits.MaxRequestBodySize = null);
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var server = new LoopbackServer(app);
        foreach (var answer in answers)
        {
            server._answers.Enqueue(answer);
        }

        app.Run(context => server.AnswerAsync(context, verifier));
        await app.StartAsync();
        server.Address = app.Urls.Single();
        return server;
    }

    /// <summary>An answer with this status and body.</summary>
    public static Func<HttpContext, Task> Reply(int status, string body, params IReadOnlyList<(string Name, string Value)> headers) => async context =>
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        foreach (var (name, value) in headers)
        {
            context.Response.Headers[name] = value;
        }

        context.Response.Headers["x-amzn-RequestId"] = "11111111-2222-3333-4444-555555555555";
        var bytes = Encoding.UTF8.GetBytes(body);
        context.Response.ContentLength = bytes.Length;
        await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
    };

    /// <summary>Breaks the connection instead of answering.</summary>
    public static Func<HttpContext, Task> Reset() => context =>
    {
        context.Abort();
        return Task.CompletedTask;
    };

    /// <summary>Promises a longer body than it sends: the server closes the connection then.</summary>
    public static Func<HttpContext, Task> Truncate(string body) => async context =>
    {
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = Encoding.UTF8.GetByteCount(body) + 1000;
        await context.Response.WriteAsync(body);
    };

    /// <summary>Never answers; ends when the caller gives up.</summary>
    public static Func<HttpContext, Task> Hang() => async context =>
    {
        try
        {
            await new TaskCompletionSource().Task.WaitAsync(context.RequestAborted);
        }
        catch (OperationCanceledException)
        {
            // The caller has gone.
        }
    };

    /// <summary>Sends the beginning of a body and never the rest.</summary>
    public static Func<HttpContext, Task> Stall(string beginning) => async context =>
    {
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(beginning);
        await context.Response.Body.FlushAsync();
        await Hang()(context);
    };

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context, SigV4Verifier? verifier)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var call = new WireCall(
            context.Request.Method,
            context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget,
            [.. context.Request.Headers.SelectMany(header => header.Value.Select(value => KeyValuePair.Create(header.Key, value ?? "")))],
            body.ToArray());
        _calls.Enqueue(call);
        if (verifier?.Problem(call) is { } problem)
        {
            _problems.Enqueue(problem);
            await Reply(403, """{"__type":"InvalidSignatureException","message":"The request signature we calculated does not match."}""")(context);
            return;
        }

        Func<HttpContext, Task>? answer;
        lock (_answers)
        {
            _ = _answers.Count > 1 ? _answers.TryDequeue(out answer) : _answers.TryPeek(out answer);
        }

        await (answer ?? Reply(404, """{"__type":"UnknownOperationException"}"""))(context);
    }
}
