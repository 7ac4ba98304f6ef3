using System.Net.Http.Headers;
using System.Text.Json;

namespace NovaJudge.Benchmarks.Models;

/// <summary>
/// What the calls of a run cost at the least: a keep-alive client that sends the same number of calls with bodies of the
/// same size, as many in flight, phase by phase, reads the text of each answer and keeps nothing.
/// </summary>
internal sealed class BareClient(string baseUrl, int concurrency) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, MaxConnectionsPerServer = 1024 });
    private readonly Uri _address = new($"{baseUrl}/chat/completions");

    /// <summary>Answers of both models at the same time, then two passes of a judge.</summary>
    public async Task RunAsync(int prompts, Func<int, string> question)
    {
        await Task.WhenAll(AskAsync("model-a", prompts, question), AskAsync("model-b", prompts, question));
        await AskAsync("judge", 2 * prompts, i => JudgeQuestion(question(i / 2), i % 2 == 0));
    }

    public void Dispose() => _http.Dispose();

    private static string JudgeQuestion(string question, bool aFirst) =>
        $"{Pipeline.Judging.ByModel.JudgePrompt.DefaultTemplate}\n{question}\n{(aFirst ? "This is the answer of model-a." : "This is the answer of model-b.")}\n{(aFirst ? "This is the answer of model-b." : "This is the answer of model-a.")}";

    private Task AskAsync(string model, int calls, Func<int, string> question) =>
        Parallel.ForAsync(0, calls, new ParallelOptions { MaxDegreeOfParallelism = concurrency }, async (i, token) =>
        {
            var body = JsonSerializer.SerializeToUtf8Bytes(new { model, messages = new[] { new { role = "user", content = question(i) } }, max_tokens = 512 });
            using var content = new ByteArrayContent(body);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            using var response = await _http.PostAsync(_address, content, token);
            response.EnsureSuccessStatusCode();
            await using var stream = await response.Content.ReadAsStreamAsync(token);
            using var answer = await JsonDocument.ParseAsync(stream, cancellationToken: token);
            if (answer.RootElement.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString() is not { Length: > 0 })
            {
                throw new InvalidOperationException("The server said nothing.");
            }
        });
}
