using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using NovaJudge.Pipeline.Datasets;
using NovaJudge.Pipeline.Datasets.Sampling;

namespace NovaJudge.Benchmarks.Datasets;

/// <summary>Parse and sample a SQuAD-shaped file, beside <see cref="JsonDocument"/> on the same file in the same run.</summary>
public static class DatasetBenchmark
{
    private const int Rounds = 7;

    /// <param name="args">Megabytes of the file, 30 unless given.</param>
    public static async Task RunAsync(string[] args)
    {
        var megabytes = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 30;
        var path = Path.Combine(Path.GetTempPath(), $"squad-shaped-{Guid.NewGuid():n}.json");
        try
        {
            var records = await SquadShapedFile.WriteAsync(path, megabytes * 1_000_000L);
            var size = new FileInfo(path).Length;
            Console.WriteLine($"SQuAD-shaped file: {size / 1e6:F1} MB, {records:N0} questions; best of {Rounds} rounds each, file in the page cache");
            Measure[] ours =
            [
                await MeasureAsync("random 200 (two passes)", () => SampleAsync(path, SampleMethod.Random, 200)),
                await MeasureAsync("stratified 200 (two passes)", () => SampleAsync(path, SampleMethod.Stratified, 200)),
                await MeasureAsync("random, half of the file", () => SampleAsync(path, SampleMethod.Random, records / 2)),
                await MeasureAsync("all (checked, then streamed)", () => SampleAsync(path, SampleMethod.All, 0)),
                await MeasureAsync("one pass, every record", () => ReadAsync(path)),
            ];
            var peak = PeakMegabytes();
            var baseline = await MeasureAsync("JsonDocument.ParseAsync and walk", () => WalkAsync(path));

            Console.WriteLine($"{"",-34} {"ms",8} {"MB/s",8} {"ratio",8} {"allocated B/record",20}");
            foreach (var measure in ours.Append(baseline))
            {
                Console.WriteLine(
                    $"{measure.Name,-34} {measure.Best.TotalMilliseconds,8:F1} {size / 1e6 / measure.Best.TotalSeconds,8:F0} {baseline.Best / measure.Best,6:F2} x {(double)measure.Allocated / records,20:F1}");
            }

            Console.WriteLine($"peak working set {peak:F0} MB before JsonDocument, {PeakMegabytes():F0} MB after");
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static double PeakMegabytes() => Process.GetCurrentProcess().PeakWorkingSet64 / 1e6;

    private static async Task<Measure> MeasureAsync(string name, Func<Task<int>> work)
    {
        var best = TimeSpan.MaxValue;
        var allocated = long.MaxValue;
        for (var round = 0; round < Rounds; round++)
        {
            GC.Collect();
            var before = GC.GetTotalAllocatedBytes(precise: true);
            var watch = Stopwatch.StartNew();
            if (await work() == 0)
            {
                throw new InvalidOperationException("Nothing was read.");
            }

            best = watch.Elapsed < best ? watch.Elapsed : best;
            allocated = Math.Min(allocated, GC.GetTotalAllocatedBytes(precise: true) - before);
        }

        return new Measure(name, best, allocated);
    }

    private static async Task<int> SampleAsync(string path, SampleMethod method, int size)
    {
        var sample = await Sampler.SampleAsync(_ => Task.FromResult<Stream>(Open(path)), new DatasetOptions { Name = path }, new SampleSettings(method, size, 7), default);
        var count = 0;
        await foreach (var _ in sample.Records)
        {
            count++;
        }

        return count;
    }

    private static async Task<int> ReadAsync(string path)
    {
        await using var stream = Open(path);
        var count = 0;
        await foreach (var _ in DatasetReader.ReadAsync(stream, new DatasetOptions { Name = path }, new DatasetCounts(), default))
        {
            count++;
        }

        return count;
    }

    private static async Task<int> WalkAsync(string path)
    {
        await using var stream = Open(path);
        using var document = await JsonDocument.ParseAsync(stream);
        var length = 0;
        foreach (var article in document.RootElement.GetProperty("data").EnumerateArray())
        {
            foreach (var paragraph in article.GetProperty("paragraphs").EnumerateArray())
            {
                length += paragraph.GetProperty("context").GetString()!.Length;
                foreach (var question in paragraph.GetProperty("qas").EnumerateArray())
                {
                    length += question.GetProperty("id").GetString()!.Length + question.GetProperty("question").GetString()!.Length;
                    foreach (var answer in question.GetProperty("answers").EnumerateArray())
                    {
                        length += answer.GetProperty("text").GetString()!.Length;
                    }
                }
            }
        }

        return length;
    }

    private static FileStream Open(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1);

    private sealed record Measure(string Name, TimeSpan Best, long Allocated);
}
