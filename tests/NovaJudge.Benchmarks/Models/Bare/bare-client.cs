#:property RestorePackagesWithLockFile=false
#:property PublishAot=true
#:property ConcurrentGarbageCollection=false

// What the calls of a run cost at the least: a keep-alive client that sends the same number of calls with bodies of the same size,
// as many in flight, phase by phase, reads the text of each answer and keeps nothing.
// Arguments: address, prompts, calls in flight, and a file with what stands between the texts of a judge's question, divided by NUL.
using System.Buffers;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Encodings.Web;
using System.Text.Json;

var (address, prompts, concurrency) = (new Uri($"{args[0]}/chat/completions"), Number(args[1]), Number(args[2]));
var judge = File.ReadAllText(args[3]).Split('\0');
using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false, MaxConnectionsPerServer = 1024 });
await Task.WhenAll(AskAsync("model-a", prompts, Question), AskAsync("model-b", prompts, Question));
await AskAsync("judge", 2 * prompts, i => JudgeQuestion(Question(i / 2), i % 2 == 0));

static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

static string Question(int i) => $"What colour is thing number {i}, and since when has it stood on shelf {i % 7}?";

string JudgeQuestion(string question, bool aFirst)
{
    var (first, second) = aFirst ? ("This is the answer of model-a.", "This is the answer of model-b.") : ("This is the answer of model-b.", "This is the answer of model-a.");
    return string.Concat([judge[0], question, judge[1], first, judge[2], second, judge[3]]);
}

Task AskAsync(string model, int calls, Func<int, string> question) =>
    Parallel.ForAsync(0, calls, new ParallelOptions { MaxDegreeOfParallelism = concurrency }, async (i, token) =>
    {
        using var content = new ReadOnlyMemoryContent(Body(model, question(i)));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var response = await http.PostAsync(address, content, token);
        response.EnsureSuccessStatusCode();
        await using var stream = await response.Content.ReadAsStreamAsync(token);
        using var answer = await JsonDocument.ParseAsync(stream, cancellationToken: token);
        if (answer.RootElement.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString() is not { Length: > 0 })
        {
            throw new InvalidOperationException("The server said nothing.");
        }
    });

static ReadOnlyMemory<byte> Body(string model, string question)
{
    var body = new ArrayBufferWriter<byte>(1024);
    using var writer = new Utf8JsonWriter(body, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    writer.WriteStartObject();
    writer.WriteString("model", model);
    writer.WriteStartArray("messages");
    writer.WriteStartObject();
    writer.WriteString("role", "user");
    writer.WriteString("content", question);
    writer.WriteEndObject();
    writer.WriteEndArray();
    writer.WriteNumber("max_tokens", 512);
    writer.WriteEndObject();
    writer.Flush();
    return body.WrittenMemory;
}
