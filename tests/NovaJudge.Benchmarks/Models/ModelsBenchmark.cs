using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace NovaJudge.Benchmarks.Models;

/// <summary>
/// Runs against an OpenAI-compatible server in another process: what a prompt costs beside a bare client that makes the same
/// calls, how near a slow server's ideal time a run comes, and the peak of memory.
/// </summary>
public static class ModelsBenchmark
{
    private const int Few = 500;
    private const int Many = 5000;
    private const int AtOnce = 16;
    private const int SlowPrompts = 1000;
    private const int SlowAtOnce = 32;
    private static readonly TimeSpan SlowLatency = TimeSpan.FromMilliseconds(200);

    public static async Task RunAsync(string[] args)
    {
        switch (args)
        {
            case [ServerProcess.Verb, var latency]:
                await ServerProcess.ServeAsync(TimeSpan.FromMilliseconds(double.Parse(latency, CultureInfo.InvariantCulture)));
                break;
            case ["embedded", .. var counts]:
                await EmbeddedAsync(counts is [var count] ? int.Parse(count, CultureInfo.InvariantCulture) : 100_000);
                break;
            case ["fast"]:
                await FastAsync();
                break;
            case ["slow"]:
                await SlowAsync();
                break;
            default:
                await FastAsync();
                await SlowAsync();
                await EmbeddedAsync(100_000);
                break;
        }
    }

    private static async Task FastAsync()
    {
        using var server = await ServerProcess.StartAsync(TimeSpan.Zero);
        using var bare = new BareClient(server.Address, AtOnce);
        await bare.RunAsync(Few, Question);
        var bareFew = await TimeAsync(() => bare.RunAsync(Few, Question));
        await NovaAsync(server, Few, AtOnce);
        var few = await NovaAsync(server, Few, AtOnce);
        var many = await NovaAsync(server, Many, AtOnce);
        var bareMany = await TimeAsync(() => bare.RunAsync(Many, Question));
        var ours = (many.Wall - few.Wall) / (Many - Few);
        var theirs = (bareMany - bareFew) / (Many - Few);
        Console.WriteLine($"Server that answers at once, 2 models + 2 judge passes, {AtOnce} calls in flight:");
        Console.WriteLine($"  nova run      {Few} prompts {few.Wall.TotalSeconds:0.00} s, {Many} prompts {many.Wall.TotalSeconds:0.00} s, marginal {ours.TotalMicroseconds:0} us a prompt, peak {many.PeakBytes / 1e6:0} MB");
        Console.WriteLine($"  bare client   {Few} prompts {bareFew.TotalSeconds:0.00} s, {Many} prompts {bareMany.TotalSeconds:0.00} s, marginal {theirs.TotalMicroseconds:0} us a prompt");
        Console.WriteLine($"  ratio {ours / theirs:0.00} (at most 1.5); fixed cost {(few.Wall - (ours * Few)).TotalSeconds:0.00} s (at most 1)");
    }

    private static async Task SlowAsync()
    {
        using var server = await ServerProcess.StartAsync(SlowLatency);
        var ideal = SlowLatency * (3.0 * SlowPrompts / SlowAtOnce);
        using var client = new BareClient(server.Address, SlowAtOnce);
        var bare = await TimeAsync(() => client.RunAsync(SlowPrompts, Question));
        var ours = await NovaAsync(server, SlowPrompts, SlowAtOnce);
        var bar = (1.05 * ideal) + TimeSpan.FromSeconds(1);
        Console.WriteLine($"Server that takes {SlowLatency.TotalMilliseconds} ms, {SlowPrompts} prompts, {SlowAtOnce} calls in flight:");
        Console.WriteLine($"  nova run {ours.Wall.TotalSeconds:0.00} s, peak {ours.PeakBytes / 1e6:0} MB; bare client {bare.TotalSeconds:0.00} s; ideal {ideal.TotalSeconds:0.00} s; bar {bar.TotalSeconds:0.00} s");
    }

    private static async Task EmbeddedAsync(int prompts)
    {
        using var folder = new TemporaryFolder();
        var ours = await NovaRun.MeasureAsync(folder.Path, "--dataset", WriteQuestions(folder.Path, prompts), "--sample", "all", "--store", "store");
        Console.WriteLine($"Embedded models and judge, {prompts:N0} prompts: {ours.Wall.TotalSeconds:0.00} s, processor {ours.Processor.TotalSeconds:0.00} s, peak {ours.PeakBytes / 1e6:0} MB");
    }

    private static async Task<NovaRun> NovaAsync(ServerProcess server, int prompts, int atOnce)
    {
        using var folder = new TemporaryFolder();
        var request = Path.Combine(folder.Path, "request.json");
        await File.WriteAllTextAsync(request, JsonSerializer.Serialize(new
        {
            dataset = new { source = WriteQuestions(folder.Path, prompts), sample = new { method = "all" }, promptTemplate = "{question}" },
            modelA = new { model = $"openai:{server.Address}#model-a" },
            modelB = new { model = $"openai:{server.Address}#model-b" },
            generation = new { concurrency = new { a = atOnce, b = atOnce } },
            judge = new { kind = $"model:openai:{server.Address}#judge", concurrency = atOnce },
        }));
        return await NovaRun.MeasureAsync(folder.Path, "--request", request, "--store", "store");
    }

    private static string Question(int i) => $"What colour is thing number {i}, and since when has it stood on shelf {i % 7}?";

    private static string WriteQuestions(string folder, int count)
    {
        var path = Path.Combine(folder, "questions.jsonl");
        using var file = new StreamWriter(path);
        for (var i = 0; i < count; i++)
        {
            file.WriteLine(JsonSerializer.Serialize(new
            {
                id = $"q{i}",
                prompt = Question(i),
                context = $"Thing number {i} stands on shelf {i % 7}. The colour of thing {i} is {(i % 2 == 0 ? "green" : "blue")}. It was bought in {1900 + (i % 100)}.",
                references = new[] { i % 2 == 0 ? "green" : "blue" },
                cluster = $"shelf {i % 1000}",
            }));
        }

        return path;
    }

    private static async Task<TimeSpan> TimeAsync(Func<Task> act)
    {
        var watch = Stopwatch.StartNew();
        await act();
        return watch.Elapsed;
    }

    private sealed class TemporaryFolder : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("nova-bench-").FullName;

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
