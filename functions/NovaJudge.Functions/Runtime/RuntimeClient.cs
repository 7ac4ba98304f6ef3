namespace NovaJudge.Functions.Runtime;

/// <summary>Connects to the Lambda Runtime API, which is plain HTTP inside the sandbox.</summary>
internal static class RuntimeClient
{
    private const string Version = "2018-06-01";

    /// <param name="api">Host and port of <c>AWS_LAMBDA_RUNTIME_API</c>; emulators add a path for each function.</param>
    public static HttpClient Open(string api)
    {
        // A proxy of the environment is for the world outside.
        var handler = new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false };

        // The next invocation may come in hours: between two of them the sandbox is frozen.
        return new HttpClient(handler) { BaseAddress = new Uri($"http://{api.TrimEnd('/')}/{Version}/runtime/"), Timeout = Timeout.InfiniteTimeSpan };
    }
}
