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
        await using var aws = await LocalAwsServer.StartAsync(new LocalAwsOptions { Buckets = new Dictionary<string, IObjectStore> { [Bucket] = runs } }, CancellationToken.None);

        // The bar of the design is one read and one put; a whole plan makes seven calls.
        await MeasureAsync(aws, program, "PlanRun", rounds, round => Plan($"bench-{round}"), (20, 40));
        await MeasureAsync(aws, program, "PlanRun (already started)", rounds, _ => Plan("bench-0", "another"), (20, 40));
        await MeasureAsync(aws, program, "RenderReport, 1,000 prompts", Math.Min(rounds, 5), _ => $$"""{"runId":"{{metrics.RunId}}"}""", (null, 80));
        var zip = Zip(Path.GetDirectoryName(program)!);
        Console.WriteLine($"{"zip of the asset",-32} {zip,8:0.0} MB   (bar {LargestZip:0} MB)");
    }

    private static async Task MeasureAsync(LocalAwsServer aws, string program, string what, int rounds, Func<int, string> payload, (double? Milliseconds, double Megabytes) bar)
    {
        var (times, peaks) = (new List<double>(), new List<double>());
        for (var round = 0; round < rounds; round++)
        {
            var (milliseconds, megabytes) = await FunctionStart.MeasureAsync(aws, program, what.Split([' ', ','])[0], payload(round), Bucket);
            times.Add(milliseconds);
            peaks.Add(megabytes);
        }

        // The first start of a program also reads its file.
        times.Sort();
        var limit = bar.Milliseconds is { } most ? $"   (bar {most:0} ms)" : "";
        Console.WriteLine($"{what,-32} {times[times.Count / 2],8:0.0} ms median, {times[0]:0.0} ms fastest of {rounds}{limit}; {peaks.Max():0.0} MB at most   (bar {bar.Megabytes:0} MB)");
    }

    private static string Plan(string runId, string execution = "mine") => $$$"""
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

    private static string Published()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder.Parent is not null && !File.Exists(Path.Combine(folder.FullName, "NovaJudgePipeline.sln")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder.FullName, "artifacts", "publish", "NovaJudge.Functions", "release_linux-x64", "bootstrap");
    }
}
