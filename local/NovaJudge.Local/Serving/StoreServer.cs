using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NovaJudge.Local.Storage;
using NovaJudge.Pipeline;

namespace NovaJudge.Local.Serving;

/// <summary>
/// A store in the browser: read-only, on loopback, for nobody else. A page of another site can make a browser send requests
/// here, under a name of its own that it lets point to 127.0.0.1; so a request for another host's name is refused.
/// </summary>
internal sealed class StoreServer : IAsyncDisposable
{
    private static readonly HashSet<string> OwnNames = new(["localhost", "127.0.0.1", "[::1]"], StringComparer.OrdinalIgnoreCase);

    /// <summary>Browsers hold a handful of connections to one host; what opens more than this is no browser.</summary>
    internal const int MostConnections = 256;

    /// <summary>Whoever has not said what he wants by then is not kept.</summary>
    private static readonly TimeSpan TimeToAsk = TimeSpan.FromSeconds(10);

    /// <summary>Downloads that are under way when the server ends have this long.</summary>
    private static readonly TimeSpan TimeToEnd = TimeSpan.FromMilliseconds(300);

    private readonly WebApplication _app;

    private StoreServer(WebApplication app) => _app = app;

    /// <summary>Where it listens, with the slash.</summary>
    public Uri Address => new(_app.Urls.Single());

    /// <param name="store">What is served; it need not exist yet.</param>
    /// <param name="port">The port; 0: any free one.</param>
    /// <param name="cancellationToken">Gives up the start.</param>
    /// <exception cref="PipelineException"><see cref="ErrorNames.BadInput"/>: the port cannot be had.</exception>
    public static async Task<StoreServer> StartAsync(FileObjectStore store, int port, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options =>
        {
            options.AddServerHeader = false;
            options.Limits.MaxRequestBodySize = 0;
            options.Limits.MaxConcurrentConnections = MostConnections;
            options.Limits.RequestHeadersTimeout = TimeToAsk;
            options.Listen(IPAddress.Loopback, port);
        });
        builder.Logging.ClearProviders();
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeToEnd);
        var app = builder.Build();
        var content = new ServedContent(store);
        app.Run(context => AnswerAsync(context, content));
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch (Exception e) when (e is IOException or System.Net.Sockets.SocketException)
        {
            await app.DisposeAsync();
            throw PipelineException.BadInput($"Port {port} cannot be had: {e.Message} Choose another with --port; 0 takes any free one.");
        }

        return new StoreServer(app);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private static async Task AnswerAsync(HttpContext context, ServedContent content)
    {
        var (request, response) = (context.Request, context.Response);
        if (!OwnNames.Contains(request.Host.Host))
        {
            await RefuseAsync(context, StatusCodes.Status421MisdirectedRequest, "This server answers to localhost and 127.0.0.1 only.");
            return;
        }

        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method))
        {
            response.Headers.Allow = "GET, HEAD";
            await RefuseAsync(context, StatusCodes.Status405MethodNotAllowed, "This server is read-only: GET and HEAD.");
            return;
        }

        try
        {
            await using var found = await content.FindAsync(request.Path.Value ?? "/", context.RequestAborted);
            await (found is null ? RefuseAsync(context, StatusCodes.Status404NotFound, "There is nothing here. All runs: /") : SendAsync(context, found));
        }
        catch (Exception e) when (!response.HasStarted && e is PipelineException or IOException or UnauthorizedAccessException)
        {
            await RefuseAsync(context, StatusCodes.Status500InternalServerError, e.Message);
        }
    }

    private static Task RefuseAsync(HttpContext context, int status, string message)
    {
        context.Response.StatusCode = status;
        return SendAsync(context, new Served(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(message + "\n"), writable: false), MediaTypes.PlainText, PagePolicy.Nothing));
    }

    private static async Task SendAsync(HttpContext context, Served served)
    {
        var headers = context.Response.Headers;
        headers.ContentType = served.MediaType;
        var length = served.Content.Length;
        headers.ContentLength = length;
        headers.ContentSecurityPolicy = served.Policy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers.CacheControl = "no-cache";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await CopyAsync(served.Content, length, context.Response.Body, context.RequestAborted);
        }
    }

    /// <summary>As many bytes as were announced, however much the file grows meanwhile.</summary>
    private static async Task CopyAsync(Stream from, long length, Stream to, CancellationToken cancellationToken)
    {
        var buffer = new byte[(int)Math.Min(length, 64 * 1024)];
        while (length > 0)
        {
            var read = await from.ReadAsync(buffer.AsMemory(0, (int)Math.Min(length, buffer.Length)), cancellationToken);
            if (read == 0)
            {
                return;
            }

            await to.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            length -= read;
        }
    }
}
