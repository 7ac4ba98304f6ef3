using System.Diagnostics;
using System.Globalization;
using NovaJudge.LocalAws;

namespace NovaJudge.Benchmarks.Functions;

/// <summary>What one start of a function took.</summary>
/// <param name="Milliseconds">From the process's start to its answer.</param>
/// <param name="CpuMilliseconds">Processor time of the process until then.</param>
/// <param name="Megabytes">The most memory that it held, in MB.</param>
internal readonly record struct StartCost(double Milliseconds, double CpuMilliseconds, double Megabytes);

/// <summary>One start of a function: process, first call, answer, end.</summary>
internal static class FunctionStart
{
    public static async Task<StartCost> MeasureAsync(LocalAwsServer aws, string program, string step, string payload, string bucket)
    {
        var function = aws.Functions.AddFunction(step, TimeSpan.FromMinutes(2));
        var instance = aws.Functions.AddInstance(function);
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment.Clear();
        foreach (var (name, value) in Variables(aws.Address, bucket))
        {
            start.Environment[name] = value;
        }

        start.Environment["AWS_LAMBDA_RUNTIME_API"] = instance.Address;
        start.Environment["_HANDLER"] = step;
        var answer = function.InvokeAsync(System.Text.Encoding.UTF8.GetBytes(payload), CancellationToken.None);
        var clock = Stopwatch.StartNew();
        using var process = Process.Start(start)!;
        try
        {
            await answer;
            return new StartCost(clock.Elapsed.TotalMilliseconds, Processor(process.Id), Peak(process.Id));
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
    }

    private static double Peak(int process)
    {
        var line = File.ReadLines($"/proc/{process}/status").Single(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
        return long.Parse(line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024 / 1e6;
    }

    /// <summary>The scheduler's own count, in nanoseconds, over all threads: utime and stime come in steps of 10 ms, which is too coarse here.</summary>
    private static double Processor(int process) => Directory.EnumerateDirectories($"/proc/{process}/task")
        .Sum(thread => double.Parse(File.ReadAllText(Path.Combine(thread, "schedstat")).Split(' ')[0], CultureInfo.InvariantCulture)) / 1e6;

    private static Dictionary<string, string> Variables(string address, string bucket) => new()
    {
        ["AWS_REGION"] = "us-east-1",
        ["AWS_ACCESS_KEY_ID"] = "local",
        ["AWS_SECRET_ACCESS_KEY"] = "local",
        ["AWS_ENDPOINT_URL"] = address,
        ["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"] = "1024",
        ["NOVA_BUCKET"] = bucket,
        ["NOVA_JUDGE_ROLE_ARN"] = "arn:aws:iam::123456789012:role/judge",
    };
}
