using System.Diagnostics;

namespace NovaJudge.EndToEnd.Tests;

public sealed class ServeTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task Runs_are_on_the_index_that_each_run_leaves_and_on_the_one_that_is_served()
    {
        foreach (var run in new[] { "first", "second" })
        {
            var result = await NovaProcess.RunAsync(_workspace.Folder, "run", "--store", _workspace.Store, "--run-id", run);
            result.ExitCode.ShouldBe(0, result.ToString());
        }

        var left = await File.ReadAllTextAsync(Path.Combine(_workspace.Store, "index.html"), TestContext.Current.CancellationToken);
        left.ShouldContain("runs/first/report/report.html");
        left.ShouldContain("runs/second/report/report.html");
        using var process = Serve();
        using var client = new HttpClient { BaseAddress = await AddressAsync(process) };
        (await client.GetStringAsync("/", TestContext.Current.CancellationToken)).ShouldBe(left);
        using var report = await client.GetAsync("/runs/second/report/report.html", TestContext.Current.CancellationToken);
        report.EnsureSuccessStatusCode();
        report.Headers.GetValues("Content-Security-Policy").ShouldHaveSingleItem().ShouldStartWith("default-src 'none'; script-src 'sha256-");
        await EndAsync(process);
    }

    [Fact]
    public async Task It_says_one_line_and_ends_well_within_a_second_of_an_interrupt_even_while_somebody_is_connected()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no SIGINT to send.");
        using var process = Serve();
        using var client = new HttpClient { BaseAddress = await AddressAsync(process) };
        (await client.GetStringAsync("/", TestContext.Current.CancellationToken)).ShouldContain("No run has finished yet");

        var watch = Stopwatch.StartNew();
        Process.Start("kill", ["-INT", $"{process.Id}"]).Dispose();
        var end = await NovaProcess.EndAsync(process);

        end.ExitCode.ShouldBe(0, end.ToString());
        (end.Output + end.Error).ShouldBeEmpty();
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(1));
        Directory.Exists(_workspace.Store).ShouldBeFalse("a server that only reads makes no folder");
    }

    [Theory]
    [InlineData("65536")]
    [InlineData("-1")]
    [InlineData("many")]
    public async Task A_port_that_is_none_is_bad_input(string port)
    {
        var result = await NovaProcess.RunAsync(_workspace.Folder, "serve", "--port", port);

        result.ExitCode.ShouldBe(2, result.ToString());
        result.Error.ShouldContain(port);
    }

    private Process Serve() => NovaProcess.Start(_workspace.Folder, "serve", "--port", "0", "--store", _workspace.Store);

    private static async Task<Uri> AddressAsync(Process process)
    {
        var line = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        return new Uri(line.ShouldNotBeNull().Split(' ').Single(word => word.StartsWith("http://", StringComparison.Ordinal)));
    }

    private static async Task EndAsync(Process process)
    {
        process.Kill();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }
}
