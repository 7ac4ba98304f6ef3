using System.Diagnostics;
using NovaJudge.Local.Drills;

namespace NovaJudge.EndToEnd.Tests;

public sealed class ResumeTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task Killed_at_any_moment_the_same_command_ends_as_if_nothing_had_happened()
    {
        var undisturbed = await NovaProcess.RunAsync(_workspace.Folder, Command(_workspace.Path_("undisturbed")));
        undisturbed.ExitCode.ShouldBe(0, undisturbed.ToString());

        foreach (var answers in new[] { 1, 40, 100 })
        {
            var store = _workspace.Path_($"killed-{answers}");
            using (var process = NovaProcess.Start(_workspace.Folder, Command(store)))
            {
                await AnsweredAsync(store, answers, process);
                process.Kill();
                await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            }

            var resumed = await NovaProcess.RunAsync(_workspace.Folder, Command(store));

            resumed.ExitCode.ShouldBe(0, resumed.ToString());
            StoreComparison.Differences(_workspace.Path_("undisturbed"), store).ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task An_interrupted_run_stops_within_a_second_and_asks_nothing_twice()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are sent as Unix sends them.");
        using var process = NovaProcess.Start(_workspace.Folder, Command(_workspace.Store));
        await AnsweredAsync(_workspace.Store, 40, process);

        var stopped = Stopwatch.StartNew();
        Process.Start("kill", ["-INT", $"{process.Id}"]).Dispose();
        var interrupted = await NovaProcess.EndAsync(process);

        interrupted.ExitCode.ShouldBe(130, interrupted.ToString());
        stopped.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(1));
        Answered(_workspace.Store).ShouldBeGreaterThanOrEqualTo(40);
        var journalled = Answered(_workspace.Store);
        Directory.Exists(_workspace.Run("resumed", "journal")).ShouldBeTrue();
        (await NovaProcess.RunAsync(_workspace.Folder, Command(_workspace.Store))).ExitCode.ShouldBe(0);
        Files(_workspace.Run("resumed", "telemetry/calls"), "*.jsonl").Sum(file => Lines(file).Length).ShouldBe(240);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Killed_after_its_last_step_a_run_is_finished_and_no_sibling_begins(bool isNamed)
    {
        string[] command = isNamed ? Command(_workspace.Store) : [.. Command(_workspace.Store).Where(word => word is not "--run-id" and not "resumed")];
        (await NovaProcess.RunAsync(_workspace.Folder, command)).ExitCode.ShouldBe(0);
        var run = Path.GetFileName(Directory.GetDirectories(Path.Combine(_workspace.Store, "runs")).ShouldHaveSingleItem());
        var written = File.GetLastWriteTimeUtc(_workspace.Run(run, "summary.json"));

        // What a process leaves that is killed between the summary of the run and the index of the store.
        File.Delete(Path.Combine(_workspace.Store, "index.html"));
        File.WriteAllText(Path.Combine(_workspace.Store, ".locks", $"{run}.lock"), "");
        var again = await NovaProcess.RunAsync(_workspace.Folder, command);

        again.ExitCode.ShouldBe(0, again.ToString());
        again.Words.ShouldContain("Report:");
        File.Exists(Path.Combine(_workspace.Store, "index.html")).ShouldBeTrue();
        File.GetLastWriteTimeUtc(_workspace.Run(run, "summary.json")).ShouldBe(written);
        Directory.GetDirectories(Path.Combine(_workspace.Store, "runs")).Length.ShouldBe(1);
        Directory.GetFiles(Path.Combine(_workspace.Store, ".locks")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_second_process_is_refused_while_the_first_one_works()
    {
        using var process = NovaProcess.Start(_workspace.Folder, Command(_workspace.Store));
        await AnsweredAsync(_workspace.Store, 1, process);

        var second = await NovaProcess.RunAsync(_workspace.Folder, Command(_workspace.Store));

        second.ExitCode.ShouldBe(2);
        second.Error.ShouldContain("another process");
        (await NovaProcess.EndAsync(process)).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task An_unfinished_run_is_not_taken_over_by_another_request()
    {
        using (var process = NovaProcess.Start(_workspace.Folder, Command(_workspace.Store)))
        {
            await AnsweredAsync(_workspace.Store, 1, process);
            process.Kill();
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        var other = await NovaProcess.RunAsync(_workspace.Folder, [.. Command(_workspace.Store), "--suite", "other"]);

        other.ExitCode.ShouldBe(2);
        other.Error.ShouldContain("another request");
    }

    private string[] Command(string store) =>
    [
        "run", "--store", store, "--run-id", "resumed", "--clock", "2026-01-02T03:04:05Z", "--dataset", _workspace.Questions(120), "--sample", "all",
        "--model-a", "embedded:faulty?delay=10", "--model-b", "embedded:faulty?delay=15&empty=5",
    ];

    /// <summary>Answers written down so far, in the journal or in finished batches.</summary>
    private static int Answered(string store)
    {
        var run = Path.Combine(store, "runs/resumed");
        var journalled = Files(Path.Combine(run, "journal"), "*.log").SelectMany(Lines)
            .Select(line => line.Split('\t')).Where(parts => parts is [_, _]).Select(parts => (Slot: parts[0].Split('/')[1], Id: IdOf(parts[1])));
        var finished = new[] { "a", "b" }.SelectMany(slot => Files(Path.Combine(run, "responses", slot), "*.jsonl").SelectMany(Lines).Select(line => (Slot: slot, Id: IdOf(line))));
        return journalled.Union(finished).Count();
    }

    private static string IdOf(string row) => System.Text.Json.JsonDocument.Parse(row).RootElement.GetProperty("id").GetString()!;

    private static string[] Files(string folder, string pattern) => Directory.Exists(folder) ? Directory.GetFiles(folder, pattern) : [];

    /// <summary>Whole lines only; none of a file that has gone meanwhile.</summary>
    private static string[] Lines(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var reader = new StreamReader(file);
            return reader.ReadToEnd().Split('\n')[..^1];
        }
        catch (FileNotFoundException)
        {
            return [];
        }
    }

    private static async Task AnsweredAsync(string store, int answers, Process process)
    {
        var folder = Path.GetDirectoryName(store)!;
        using var changed = new SemaphoreSlim(0);
        using var watcher = new FileSystemWatcher(folder) { IncludeSubdirectories = true, EnableRaisingEvents = true };
        watcher.Changed += (_, _) => changed.Release();
        watcher.Created += (_, _) => changed.Release();
        while (Answered(store) < answers)
        {
            process.HasExited.ShouldBeFalse("the run ended before it could be disturbed");
            await changed.WaitAsync(TimeSpan.FromMilliseconds(20), TestContext.Current.CancellationToken);
        }
    }
}
