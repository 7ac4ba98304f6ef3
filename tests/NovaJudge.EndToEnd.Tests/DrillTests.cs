using NovaJudge.Local.Drills;

namespace NovaJudge.EndToEnd.Tests;

/// <summary>Each trouble that <c>nova drill</c> plays, on the approved template.</summary>
public sealed class DrillTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public static TheoryData<string> Names => [.. Drill.All.Select(drill => drill.Name)];

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public void Every_trouble_of_the_list_has_its_drill() => Names.Select(row => row.Data).ShouldBe(
        ["lost-event", "duplicate-event", "late-event", "throttled-b", "dead-endpoint", "crash-mid-judge", "aborted"]);

    [Theory]
    [MemberData(nameof(Names))]
    public async Task After_the_trouble_everything_is_as_in_the_undisturbed_run(string name)
    {
        var report = await Drill.All.Single(drill => drill.Name == name).RunAsync(_workspace.Folder, TestContext.Current.CancellationToken);

        report.Differences.ShouldBeEmpty();
        report.Findings.Where(finding => !finding.Holds).ShouldBeEmpty(string.Join('\n', report.Timeline));
        report.Compared.ShouldBeGreaterThan(20);
        report.Timeline.ShouldContain(entry => entry.IsTrouble);
    }

    [Fact]
    public async Task A_difference_is_found_and_told_by_the_exit_code()
    {
        var kept = _workspace.Path_("kept");
        var drill = Drill.All.Single(drill => drill.Name == "late-event");
        (await drill.RunAsync(kept, TestContext.Current.CancellationToken)).Passed.ShouldBeTrue();
        File.AppendAllText(Directory.GetFiles(Path.Combine(kept, "undisturbed"), "verdicts.jsonl", SearchOption.AllDirectories)[0], "{}\n");
        Directory.Delete(Path.Combine(kept, drill.Name), recursive: true);

        var report = await drill.RunAsync(kept, TestContext.Current.CancellationToken);

        report.Differences.ShouldBe(["different: runs/drill/verdicts.jsonl"]);
        report.Passed.ShouldBeFalse();
    }

    [Fact]
    public async Task The_command_prints_a_timeline_and_leaves_nothing_behind()
    {
        var result = await NovaProcess.RunAsync(_workspace.Folder, "drill", "lost-event");

        result.ExitCode.ShouldBe(0, result.ToString());
        result.Words.ShouldContain("! 00:12:00 The event of its end is lost");
        result.Words.ShouldContain("00:15:00 SweepJudges: 1 token answered, the job has ended");
        result.Words.ShouldContain("yes the result equals the undisturbed run's");
        Directory.EnumerateFileSystemEntries(_workspace.Folder).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_drill_that_nobody_knows_is_refused_with_those_that_are_known()
    {
        var result = await NovaProcess.RunAsync(_workspace.Folder, "drill", "flood");

        result.ExitCode.ShouldBe(2, result.ToString());
        result.Error.ShouldContain("flood");
        result.Error.ShouldContain("throttled-b");
    }
}
