using System.Net;

namespace NovaJudge.Local.Models.OpenAi;

/// <summary>
/// The connections of this process to OpenAI-compatible servers: kept open between calls, as many as there are calls in
/// flight, never through a proxy to this machine itself, never redirected with a key.
/// </summary>
internal static class OpenAiConnections
{
    /// <summary>Shared by all models; lives as long as the process.</summary>
    public static HttpMessageInvoker Shared { get; } = new(new SocketsHttpHandler
    {
        // Nobody traces the calls of a run from service to service.
        ActivityHeadersPropagator = null,
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        PooledConnectionIdleTimeout = TimeSpan.FromMinutes(2),
        PooledConnectionLifetime = TimeSpan.FromMinutes(15),
        Proxy = new AllButLoopback(HttpClient.DefaultProxy),
        UseCookies = false,
    });

    private sealed class AllButLoopback(IWebProxy proxy) : IWebProxy
    {
        public ICredentials? Credentials { get => proxy.Credentials; set => proxy.Credentials = value; }

        public Uri? GetProxy(Uri destination) => IsBypassed(destination) ? null : proxy.GetProxy(destination);

        public bool IsBypassed(Uri host) => host.IsLoopback || proxy.IsBypassed(host);
    }
}
