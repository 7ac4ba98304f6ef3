using System.Diagnostics;
using System.Globalization;
using NovaJudge.Tests.Shared;

namespace NovaJudge.Benchmarks.Models;

/// <summary>The mock server in a process of its own, so that it shares neither memory nor threads with what is measured.</summary>
internal sealed class ServerProcess : IDisposable
{
    /// <summary>The argument that makes this program the server.</summary>
    public const string Verb = "serve";

    private readonly Process _process;

    private ServerProcess(Process process, string address) => (_process, Address) = (process, address);

    public string Address { get; }

    public static async Task<ServerProcess> StartAsync(TimeSpan latency)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, ["models", Verb, latency.TotalMilliseconds.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        var process = Process.Start(start)!;
        return new ServerProcess(process, await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The mock server did not start."));
    }

    /// <summary>Serves until standard input ends.</summary>
    public static async Task ServeAsync(TimeSpan latency)
    {
        await using var server = await MockOpenAiServer.StartAsync(new MockOpenAiOptions { Latency = latency });
        Console.WriteLine(server.Address);
        await Console.In.ReadToEndAsync();
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(5000))
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
