using System.Collections.Concurrent;
using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Serialization;
using NovaJudge.Benchmarks.Reports;
using NovaJudge.LocalAws;
using NovaJudge.Pipeline;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Benchmarks.Functions;

/// <summary>
/// The published executable as Lambda starts it: a new process for every call, timed from its start to its answer, with S3 on
/// loopback. Memory is the most that the process ever held, as the kernel counts it.
/// </summary>
public static class FunctionsBenchmark
{
    private const string Bucket = "nova-judge-data";
    private const double LargestZip = 15;
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public static async Task RunAsync(string[] args)
    {
        var program = args.Length > 0 ? Path.GetFullPath(args[0]) : Published();
        var rounds = args.Length > 1 ? int.Parse(args[1]) : 15;
        if (!File.Exists(program))
        {
            Console.Error.WriteLine($"{program} is missing: run ./nova publish.");
            return;
        }

        var metrics = SampleRun.Metrics(1000);
        var runs = SampleRun.Store(metrics);
        runs.Put(new RunKeys(metrics.RunId).Metrics, JsonSerializer.SerializeToUtf8Bytes(metrics, Json));
        runs.Put(ObjectKey.Parse("incoming/pairs.jsonl"), """{"prompt":"p","response_A":"a","response_B":"b","references":["r"]}"""u8.ToArray());
        var calls = new ConcurrentQueue<string>();
        await using var aws = await LocalAwsServer.StartAsync(
            new LocalAwsOptions
            {
                Buckets = new Dictionary<string, IObjectStore> { [Bucket] = runs },
                SignatureProblem = call =>
                {
                    calls.Enqueue(call.Method);
                    return null;
                },
            },
            CancellationToken.None);

        Console.WriteLine("A new process for every call, S3 on loopback; medians of warm starts, from the process's start to its answer.");
        Console.WriteLine($"{"",-36} {"ms",7} {"fastest",8} {"CPU ms",7} {"MB",6}  calls");
        if (await BareProgram.PublishAsync("Functions/Bare/bare-function.cs", native: true) is { } bare)
        {
            await new StartTable(aws, bare, calls, rounds).MeasureAsync("one read, one put (bare .NET client)", "Bare", _ => "{}", (null, 40));
        }

        var bench = new StartTable(aws, program, calls, rounds);
        await bench.MeasureAsync("one read, one put (RecordFailure)", "RecordFailure", round => Failure($"bench-{round}"), (20, 40));
        await bench.MeasureAsync("one read (PlanRun, claimed)", "PlanRun", _ => Plan("claimed", "another"), (20, 40), before: Plan("claimed", "mine"));
        await bench.MeasureAsync("PlanRun, all of it", "PlanRun", round => Plan($"bench-{round}", "mine"), (null, 40));
        await bench.MeasureAsync("RenderReport, 1,000 prompts", "RenderReport", _ => $$"""{"runId":"{{metrics.RunId}}"}""", (null, 80));
        var zip = Zip(Path.GetDirectoryName(program)!);
        Console.WriteLine($"{"zip of the asset",-36} {zip,7:0.0} MB   (bar {LargestZip:0} MB)");
    }

    /// <summary>Measures starts and prints a line for each kind.</summary>
    private sealed class StartTable(LocalAwsServer aws, string program, ConcurrentQueue<string> calls, int rounds)
    {
        public async Task MeasureAsync(string what, string step, Func<int, string> payload, (double? Milliseconds, double Megabytes) bar, string? before = null)
        {
            // The first start of a program also reads its file.
            await FunctionStart.MeasureAsync(aws, program, step, before ?? payload(-1), Bucket);
            var costs = new List<StartCost>();
            var made = "";
            for (var round = 0; round < rounds; round++)
            {
                calls.Clear();
                costs.Add(await FunctionStart.MeasureAsync(aws, program, step, payload(round), Bucket));
                made = string.Join(", ", calls.CountBy(call => call).Select(call => $"{call.Value} {call.Key}"));
            }

            var times = costs.Select(cost => cost.Milliseconds).Order().ToArray();
            var limits = $"{(bar.Milliseconds is { } most ? $"{most:0} ms, " : "")}{bar.Megabytes:0} MB";
            Console.WriteLine($"{what,-36} {Median(times),7:0.0} {times[0],8:0.0} {Median(costs.Select(cost => cost.CpuMilliseconds)),7:0.0} {costs.Max(cost => cost.Megabytes),6:0.0}  {made}   (bar {limits})");
        }

        private static double Median(IEnumerable<double> values)
        {
            var sorted = values.Order().ToArray();
            return sorted[sorted.Length / 2];
        }
    }

    private static string Failure(string runId) => $$"""
        {"state":{"runId":"{{runId}}"},"error":{"Error":"Model.Throttled","Cause":"too many requests"} }
        """;

    private static string Plan(string runId, string execution) => $$$"""
        {"execution":{"id":"arn:{{{execution}}}","name":"{{{runId}}}","startTime":"2026-01-02T03:04:05Z"},
         "input":{"runId":"{{{runId}}}","dataset":{"source":"incoming/pairs.jsonl","sample":{"method":"all"}},
                  "modelA":{"model":"bedrock:a"},"modelB":{"model":"bedrock:b"},"judge":{"kind":"nova"} } }
        """;

    private static double Zip(string folder)
    {
        using var zip = new MemoryStream();
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var file in Directory.EnumerateFiles(folder))
            {
                archive.CreateEntryFromFile(file, Path.GetFileName(file), CompressionLevel.Optimal);
            }
        }

        return zip.Length / 1e6;
    }

    private static string Published() => Path.Combine(BareProgram.Repository(), "artifacts", "publish", "NovaJudge.Functions", "release_linux-x64", "bootstrap");
}
