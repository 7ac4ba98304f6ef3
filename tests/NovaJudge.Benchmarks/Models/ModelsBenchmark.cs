using System.Globalization;
using System.Text.Json;

namespace NovaJudge.Benchmarks.Models;

/// <summary>
/// Runs against an OpenAI-compatible server in another process: what a prompt costs beside a bare client that makes the same
/// calls, how near a slow server's ideal time a run comes, and the peak of memory.
/// </summary>
public static class ModelsBenchmark
{
    private const string BareVerb = "bare";
    private const int Rounds = 5;
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
            case [BareVerb, var address, var prompts, var atOnce]:
                using (var bare = new BareClient(address, Number(atOnce)))
                {
                    await bare.RunAsync(Number(prompts), Question);
                }

                break;
            case ["embedded", .. var counts]:
                await EmbeddedAsync(counts is [var few, var many] ? (Number(few), Number(many)) : (10_000, 100_000));
                break;
            case ["fast", .. var rounds]:
                await FastAsync(rounds is [var count] ? Number(count) : Rounds);
                break;
            case ["slow"]:
                await SlowAsync();
                break;
            default:
                await FastAsync(Rounds);
                await SlowAsync();
                await EmbeddedAsync((10_000, 100_000));
                break;
        }
    }

    /// <summary>
    /// Both are programs started anew, so that what a run pays once more than a bare client (its start, and compiling while it
    /// goes) is seen as it is: the start in the fixed cost, the rest in what a prompt costs.
    /// </summary>
    private static async Task FastAsync(int rounds)
    {
        using var server = await ServerProcess.StartAsync(TimeSpan.Zero);
        await BareAsync(server, Few, AtOnce);
        await NovaAsync(server, Few, AtOnce);
        var (nova, bare) = (new Marginal(Few, Many), new Marginal(Few, Many));
        for (var round = 0; round < rounds; round++)
        {
            bare.Add(await BareAsync(server, Few, AtOnce), await BareAsync(server, Many, AtOnce));
            nova.Add(await NovaAsync(server, Few, AtOnce), await NovaAsync(server, Many, AtOnce));
        }

        Console.WriteLine($"Server that answers at once, 2 models + 2 judge passes, {AtOnce} calls in flight; medians of {rounds} rounds of {Few} and {Many} prompts:");
        Console.WriteLine($"  nova run      {nova}");
        Console.WriteLine($"  bare client   {bare}");
        Console.WriteLine($"  ratio {nova.Wall / bare.Wall:0.00} (at most 1.5), of processor time {nova.Processor / bare.Processor:0.00}; fixed cost {nova.Fixed.TotalSeconds:0.00} s (at most 1); peak {nova.PeakBytes / 1e6:0} MB (under 120)");
    }

    private static async Task SlowAsync()
    {
        using var server = await ServerProcess.StartAsync(SlowLatency);
        var ideal = SlowLatency * (3.0 * SlowPrompts / SlowAtOnce);
        var bare = await BareAsync(server, SlowPrompts, SlowAtOnce);
        var ours = await NovaAsync(server, SlowPrompts, SlowAtOnce);
        var bar = (1.05 * ideal) + TimeSpan.FromSeconds(1);
        Console.WriteLine($"Server that takes {SlowLatency.TotalMilliseconds} ms, {SlowPrompts} prompts, {SlowAtOnce} calls in flight:");
        Console.WriteLine($"  nova run {ours.Wall.TotalSeconds:0.00} s (at most {bar.TotalSeconds:0.00}), peak {ours.PeakBytes / 1e6:0} MB (under 120); bare client {bare.Wall.TotalSeconds:0.00} s, peak {bare.PeakBytes / 1e6:0} MB; ideal {ideal.TotalSeconds:0.00} s");
    }

    private static async Task EmbeddedAsync((int Few, int Many) prompts)
    {
        var few = await EmbeddedAsync(prompts.Few);
        var many = await EmbeddedAsync(prompts.Many);
        Console.WriteLine("Embedded models and judge:");
        Console.WriteLine($"  {prompts.Few:N0} prompts {few.Wall.TotalSeconds:0.00} s, processor {few.Processor.TotalSeconds:0.00} s, peak {few.PeakBytes / 1e6:0} MB");
        Console.WriteLine($"  {prompts.Many:N0} prompts {many.Wall.TotalSeconds:0.00} s (at most 60), processor {many.Processor.TotalSeconds:0.00} s, peak {many.PeakBytes / 1e6:0} MB, {(double)many.PeakBytes / few.PeakBytes:0.00} x that of {prompts.Few:N0} (at most 1.25)");
    }

    private static async Task<ProgramRun> EmbeddedAsync(int prompts)
    {
        using var folder = new TemporaryFolder();
        return await ProgramRun.OfNovaAsync(folder.Path, "--dataset", WriteQuestions(folder.Path, prompts), "--sample", "all", "--store", "store");
    }

    private static Task<ProgramRun> BareAsync(ServerProcess server, int prompts, int atOnce) =>
        ProgramRun.OfBenchmarksAsync("models", BareVerb, server.Address, $"{prompts}", $"{atOnce}");

    private static async Task<ProgramRun> NovaAsync(ServerProcess server, int prompts, int atOnce)
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
        return await ProgramRun.OfNovaAsync(folder.Path, "--request", request, "--store", "store");
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

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

    private sealed class TemporaryFolder : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("nova-bench-").FullName;

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
