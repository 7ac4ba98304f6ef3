using NovaJudge.StatesLanguage;

namespace NovaJudge.Local.Drills;

/// <summary>A trouble that can be played.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Trouble">What goes wrong, in half a sentence.</param>
/// <param name="PlayAsync">Makes the trouble, and notes what has to hold besides an equal result.</param>
internal sealed record Drill(string Name, string Trouble, Func<DrillStage, DrillFindings, CancellationToken, Task> PlayAsync)
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<Drill> All { get; } = [.. EventDrills.All, .. ModelDrills.All, .. EndingDrills.All];

    /// <summary>Plays it in a folder, beside the run that nothing disturbs, and compares both.</summary>
    public async Task<DrillReport> RunAsync(string folder, CancellationToken cancellationToken)
    {
        var undisturbed = Path.Combine(folder, "undisturbed");
        if (!Directory.Exists(undisturbed))
        {
            await using var calm = new DrillStage(undisturbed);
            await calm.RunAsync(cancellationToken);
            await calm.SettleAsync();
        }

        var disturbed = Path.Combine(folder, Name);
        await using var stage = new DrillStage(disturbed);
        var findings = new DrillFindings();
        await PlayAsync(stage, findings, cancellationToken);
        findings.Expect("nobody waits by a task token any more", stage.OpenCallbacks() == 0);
        var differences = StoreComparison.Differences(undisturbed, disturbed, attemptsMayDiffer: true);
        return new DrillReport(this, stage.Timeline.Entries, findings.All, differences, StoreComparison.Compared(undisturbed, attemptsMayDiffer: true).Count);
    }

    /// <summary>The run ends well, and so does everything after it.</summary>
    internal static async Task SucceedAsync(DrillStage stage, DrillFindings findings, CancellationToken cancellationToken)
    {
        var result = await stage.RunAsync(cancellationToken);
        await stage.SettleAsync();
        findings.Expect("the execution succeeds", result?.Status == ExecutionStatus.Succeeded);
    }
}

/// <summary>What has to hold in a drill, and whether it did.</summary>
internal sealed class DrillFindings
{
    private readonly List<(string What, bool Holds)> _all = [];

    public IReadOnlyList<(string What, bool Holds)> All => _all;

    public void Expect(string what, bool holds) => _all.Add((what, holds));
}

/// <param name="Drill">What was played.</param>
/// <param name="Timeline">What happened.</param>
/// <param name="Findings">What has to hold, and whether it did.</param>
/// <param name="Differences">What differs from the undisturbed run.</param>
/// <param name="Compared">Objects of the undisturbed run.</param>
internal sealed record DrillReport(
    Drill Drill, IReadOnlyList<TimelineEntry> Timeline, IReadOnlyList<(string What, bool Holds)> Findings, IReadOnlyList<string> Differences, int Compared)
{
    public bool IsEqual => Differences.Count == 0;

    /// <summary>Everything is as it has to be.</summary>
    public bool Passed => IsEqual && Findings.All(finding => finding.Holds);
}
