using System.Diagnostics;
using System.Globalization;
using NovaJudge.LocalAws;

namespace NovaJudge.Benchmarks.Functions;

/// <summary>One start of a function: process, first call, answer, end.</summary>
internal static class FunctionStart
{
    /// <returns>Milliseconds from the process's start to its answer, and the most memory that it held in MB.</returns>
    public static async Task<(double Milliseconds, double Megabytes)> MeasureAsync(LocalAwsServer aws, string program, string step, string payload, string bucket)
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
            return (clock.Elapsed.TotalMilliseconds, Peak(process.Id));
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
