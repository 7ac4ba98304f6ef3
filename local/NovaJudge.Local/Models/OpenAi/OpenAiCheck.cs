using System.Net.Http.Headers;
using System.Text.Json;

namespace NovaJudge.Local.Models.OpenAi;

/// <summary>Asks a server for its models before a run: whether it answers, takes the key and knows the model. Costs nothing.</summary>
internal static class OpenAiCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private const int ModelsToName = 8;

    /// <summary>Why the model cannot be used, with what to do, or <c>null</c>. A server that does not list its models is trusted.</summary>
    public static async Task<string?> FindProblemAsync(OpenAiEndpoint endpoint, HttpMessageInvoker connections, CancellationToken cancellationToken)
    {
        if (endpoint is { ApiKeyVariable: not null, ApiKey: null })
        {
            return OpenAiFailures.KeyAdvice(endpoint);
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, endpoint.Operation("models"));
            request.Headers.Authorization = endpoint.ApiKey is { } key ? new AuthenticationHeaderValue("Bearer", key) : null;
            using var response = await connections.SendAsync(request, limit.Token);
            await response.Content.LoadIntoBufferAsync(4 * 1024 * 1024, limit.Token);
            return (int)response.StatusCode switch
            {
                200 => FindModel(endpoint, response.Content),
                401 or 403 => $"{endpoint.BaseUrl.Authority} refuses access. {OpenAiFailures.KeyAdvice(endpoint)}",
                _ => null,
            };
        }
        catch (HttpRequestException e)
        {
            return $"nothing answers at {endpoint.BaseUrl} ({e.Message.TrimEnd('.')}). {(endpoint.IsOllama ? "Start it with: ollama serve" : "Start the server, or correct the address.")}";
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return $"{endpoint.BaseUrl} does not answer within {Patience.TotalSeconds:0} s. Is it the address of an OpenAI-compatible server?";
        }
        catch (Exception e) when (e is IOException or FormatException)
        {
            return $"{endpoint.BaseUrl} does not speak HTTP as expected: {e.Message}";
        }
    }

    private static string? FindModel(OpenAiEndpoint endpoint, HttpContent content)
    {
        string[] known;
        try
        {
            using var stream = content.ReadAsStream();
            known = [.. JsonSerializer.Deserialize(stream, OpenAiJsonContext.Default.ModelList)?.Data?.Select(model => model.Id ?? "").Where(id => id.Length > 0) ?? []];
        }
        catch (JsonException)
        {
            return null;
        }

        if (known.Contains(endpoint.Model) || (endpoint.IsOllama && known.Contains($"{endpoint.Model}:latest")) || (known.Length == 0 && !endpoint.IsOllama))
        {
            return null;
        }

        var names = string.Join(", ", known.Order(StringComparer.Ordinal).Take(ModelsToName)) + (known.Length > ModelsToName ? $" and {known.Length - ModelsToName} more" : "");
        return $"{endpoint.BaseUrl.Authority} has no model \"{endpoint.Model}\"{(known.Length > 0 ? $"; it has {names}" : "")}."
            + (endpoint.IsOllama ? $" Fetch it with: ollama pull {endpoint.Model}" : "");
    }
}
