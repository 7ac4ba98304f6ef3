using System.Net.Http.Headers;
using System.Text.Encodings.Web;
using System.Text.Json;
using NovaJudge.Pipeline.Judging.ByModel;

namespace NovaJudge.Benchmarks.Models;

/// <summary>
/// What the calls of a run cost at the least: a keep-alive client that sends the same number of calls with bodies of the
/// same size, as many in flight, phase by phase, reads the text of each answer and keeps nothing.
/// </summary>
internal sealed class BareClient(string baseUrl, int concurrency) : IDisposable
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly string[] JudgeText = CutJudgeText();
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, MaxConnectionsPerServer = 1024 });
    private readonly Uri _address = new($"{baseUrl}/chat/completions");

    /// <summary>Answers of both models at the same time, then two passes of a judge.</summary>
    public async Task RunAsync(int prompts, Func<int, string> question)
    {
        await Task.WhenAll(AskAsync("model-a", prompts, question), AskAsync("model-b", prompts, question));
        await AskAsync("judge", 2 * prompts, i => JudgeQuestion(question(i / 2), i % 2 == 0));
    }

    public void Dispose() => _http.Dispose();

    private static string JudgeQuestion(string question, bool aFirst) => string.Concat(
        JudgeText[0], question, JudgeText[1], aFirst ? "This is the answer of model-a." : "This is the answer of model-b.",
        string.Concat(JudgeText[2], aFirst ? "This is the answer of model-b." : "This is the answer of model-a.", JudgeText[3]));

    /// <summary>What stands between the texts of a judge's question: as long as in a run, which fences them with a code.</summary>
    private static string[] CutJudgeText()
    {
        const string code = "0123456789abcdef", text = "\0";
        return JudgePrompt.DefaultTemplate
            .Replace("{fence}", code, StringComparison.Ordinal)
            .Replace("{prompt}", $"<<PROMPT {code}>>\n{text}\n<<END OF PROMPT {code}>>", StringComparison.Ordinal)
            .Replace("{first}", $"<<ANSWER A {code}>>\n{text}\n<<END OF ANSWER A {code}>>", StringComparison.Ordinal)
            .Replace("{second}", $"<<ANSWER B {code}>>\n{text}\n<<END OF ANSWER B {code}>>", StringComparison.Ordinal)
            .Split(text);
    }

    private Task AskAsync(string model, int calls, Func<int, string> question) =>
        Parallel.ForAsync(0, calls, new ParallelOptions { MaxDegreeOfParallelism = concurrency }, async (i, token) =>
        {
            var body = JsonSerializer.SerializeToUtf8Bytes(new { model, messages = new[] { new { role = "user", content = question(i) } }, max_tokens = 512 }, Readable);
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
