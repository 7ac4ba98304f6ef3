using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Local.Models.OpenAi;

/// <summary>Where an OpenAI-compatible server listens, and which of its models is meant.</summary>
/// <param name="BaseUrl">The address that <c>/chat/completions</c> is appended to.</param>
/// <param name="Model">The model's name as the server knows it.</param>
/// <param name="ApiKeyVariable">The environment variable that holds the key; absent: no key is sent.</param>
/// <param name="IsOllama">Whether the server is Ollama, whose names may leave out <c>:latest</c>.</param>
internal sealed record OpenAiEndpoint(Uri BaseUrl, string Model, string? ApiKeyVariable, bool IsOllama = false)
{
    private const string OllamaHost = "OLLAMA_HOST";
    private const string OllamaDefault = "http://localhost:11434";

    /// <summary>The key; absent when none was asked for or the variable is empty. Never written down anywhere.</summary>
    public string? ApiKey => ApiKeyVariable is null ? null
        : Environment.GetEnvironmentVariable(ApiKeyVariable)?.Trim() is { Length: > 0 } key ? key : null;

    /// <summary>The endpoint of an <c>openai:</c> or <c>ollama:</c> model.</summary>
    /// <param name="settings">Its settings.</param>
    /// <param name="problem">Why there is none, with what to do.</param>
    public static OpenAiEndpoint? TryCreate(ModelSettings settings, out string? problem)
    {
        var (address, model, variable) = settings.Model.Scheme == "ollama"
            ? (OllamaAddress(), settings.Model.Target, OllamaHost)
            : (settings.Model.Target[..settings.Model.Target.LastIndexOf('#')], settings.Model.Target[(settings.Model.Target.LastIndexOf('#') + 1)..], null);
        if (!Uri.TryCreate(address, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
        {
            problem = $"{variable ?? settings.Model.ToString()}: \"{address}\" is not an http address.";
            return null;
        }

        // A request is stored and shown; so is every address in it.
        problem = url.UserInfo.Length > 0
            ? $"the address {url.Host} carries a user name or password; put the key into an environment variable and name it in apiKeyVariable."
            : null;
        return problem is null ? new OpenAiEndpoint(url, model, settings.ApiKeyVariable, settings.Model.Scheme == "ollama") : null;
    }

    /// <summary>The address of one operation; a query, as gateways want it for a version, is kept.</summary>
    public Uri Operation(string path) =>
        new UriBuilder(BaseUrl) { Path = $"{BaseUrl.AbsolutePath.TrimEnd('/')}/{path}", Fragment = "" }.Uri;

    /// <summary>Ollama's own variable, as Ollama reads it: a host, a port or a whole address.</summary>
    private static string OllamaAddress()
    {
        var host = Environment.GetEnvironmentVariable(OllamaHost)?.Trim() is { Length: > 0 } given ? given.TrimEnd('/') : OllamaDefault;
        host = host.Contains("://", StringComparison.Ordinal) ? host : $"http://{(host.StartsWith(':') ? "localhost" : "")}{host}";
        host = Uri.TryCreate(host, UriKind.Absolute, out var url) && url.IsDefaultPort && url.Scheme == "http" && !host.EndsWith(":80", StringComparison.Ordinal)
            ? $"{host}:11434"
            : host;

        // A server that listens everywhere is called here.
        host = host.Replace("://0.0.0.0", "://localhost", StringComparison.Ordinal);
        return host.EndsWith("/v1", StringComparison.Ordinal) ? host : $"{host}/v1";
    }
}
