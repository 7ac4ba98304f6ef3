using NovaJudge.Benchmarks.Datasets;
using NovaJudge.Benchmarks.Functions;
using NovaJudge.Benchmarks.Models;
using NovaJudge.Benchmarks.Reports;
using NovaJudge.Benchmarks.States;
using NovaJudge.Benchmarks.Statistics;

// Each benchmark measures beside a peer or a bare client in the same run and prints figures; none of them is a test.
var benchmarks = new SortedDictionary<string, Func<string[], Task>>(StringComparer.Ordinal)
{
    ["datasets"] = DatasetBenchmark.RunAsync,
    ["functions"] = FunctionsBenchmark.RunAsync,
    ["models"] = ModelsBenchmark.RunAsync,
    ["reports"] = ReportsBenchmark.RunAsync,
    ["states"] = StatesBenchmark.RunAsync,
    ["statistics"] = StatisticsBenchmark.RunAsync,
};
if (args.Length == 0 || !benchmarks.TryGetValue(args[0], out var benchmark))
{
    Console.Error.WriteLine($"Usage: nova bench {string.Join('|', benchmarks.Keys)} [options]");
    return 2;
}

await benchmark(args[1..]);
return 0;
