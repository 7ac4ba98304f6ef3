using System.Globalization;
using System.Text.Json;

namespace NovaJudge.Benchmarks.Models;

/// <summary>
/// Runs against an OpenAI-compatible server in another process: what a prompt costs beside a bare client that makes the same
/// calls, how near a slow server's ideal time a run comes, and the peak of memory.
/// </summary>
public static class ModelsBenchmark
{
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
        var (compiled, native) = (await BareClient.CompileAsync(native: false), await BareClient.CompileAsync(native: true));
        using var server = await ServerProcess.StartAsync(TimeSpan.Zero);
        var clients = new[] { compiled, native }.OfType<BareClient>().Select(client => (Client: client, Costs: new Marginal(Few, Many))).ToArray();
        var nova = new Marginal(Few, Many);
        await NovaAsync(server, Few, AtOnce);
        foreach (var (client, _) in clients)
        {
            await client.RunAsync(server, Few, AtOnce);
        }

        for (var round = 0; round < rounds; round++)
        {
            nova.Add(await NovaAsync(server, Few, AtOnce), await NovaAsync(server, Many, AtOnce));
            foreach (var (client, costs) in clients)
            {
                costs.Add(await client.RunAsync(server, Few, AtOnce), await client.RunAsync(server, Many, AtOnce));
            }
        }

        Console.WriteLine($"Server that answers at once, 2 models + 2 judge passes, {AtOnce} calls in flight; medians of {rounds} rounds of {Few} and {Many} prompts:");
        Console.WriteLine($"  {"nova run" + (NovaIsNative ? ", native" : ""),-28} {nova}");
        Console.WriteLine($"  fixed cost {nova.Fixed.TotalSeconds:0.00} s (at most 1); peak {nova.PeakBytes / 1e6:0} MB (under 120)");
        foreach (var (client, costs) in clients)
        {
            Console.WriteLine($"  {client.Name,-28} {costs}");
            Console.WriteLine($"  ratio {nova.Wall / costs.Wall:0.00}{(client == compiled ? " (at most 1.5)" : "")}, of processor time {nova.Processor / costs.Processor:0.00}");
        }
    }

    private static async Task SlowAsync()
    {
        var bare = await BareClient.CompileAsync(native: false) ?? throw new InvalidOperationException("There is nothing to compare with.");
        using var server = await ServerProcess.StartAsync(SlowLatency);
        var ideal = SlowLatency * (3.0 * SlowPrompts / SlowAtOnce);
        var theirs = await bare.RunAsync(server, SlowPrompts, SlowAtOnce);
        var ours = await NovaAsync(server, SlowPrompts, SlowAtOnce);
        var bar = (1.05 * ideal) + TimeSpan.FromSeconds(1);
        Console.WriteLine($"Server that takes {SlowLatency.TotalMilliseconds} ms, {SlowPrompts} prompts, {SlowAtOnce} calls in flight:");
        Console.WriteLine($"  nova run {ours.Wall.TotalSeconds:0.00} s (at most {bar.TotalSeconds:0.00}), peak {ours.PeakBytes / 1e6:0} MB (under 120); bare client {theirs.Wall.TotalSeconds:0.00} s, peak {theirs.PeakBytes / 1e6:0} MB; ideal {ideal.TotalSeconds:0.00} s");
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

    private static bool NovaIsNative => !File.Exists(Path.ChangeExtension(ProgramRun.Nova, ".dll"));

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
