namespace NovaJudge.Local.Drills;

/// <summary>EventBridge delivers at least once, on a best effort, in its own time.</summary>
internal static class EventDrills
{
    private static readonly TimeSpan Late = TimeSpan.FromMinutes(30);

    public static IReadOnlyList<Drill> All { get; } =
    [
        new("lost-event", "the event of the judge's end never arrives", async (stage, findings, cancellationToken) =>
        {
            stage.JudgeEnded = _ =>
            {
                stage.Timeline.Trouble("The event of its end is lost");
                return Task.CompletedTask;
            };

            await Drill.SucceedAsync(stage, findings, cancellationToken);

            findings.Expect("the sweep answers in its place", stage.Timeline.Entries.Any(entry => entry.What == "SweepJudges: 1 token answered, the job has ended"));
        }),

        new("duplicate-event", "the event of the judge's end arrives eleven times", async (stage, findings, cancellationToken) =>
        {
            stage.JudgeEnded = async @event =>
            {
                stage.Timeline.Trouble("The event of its end is delivered ten times at once");
                await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => stage.DeliverAsync(@event)));
                await stage.Clock.DelayAsync(Late, CancellationToken.None);
                stage.Timeline.Trouble("It is delivered once more");
                await stage.DeliverAsync(@event);
            };

            await Drill.SucceedAsync(stage, findings, cancellationToken);
        }),

        new("late-event", "the event of the judge's end is half an hour late", async (stage, findings, cancellationToken) =>
        {
            stage.JudgeEnded = async @event =>
            {
                stage.Timeline.Trouble("The event of its end is held up");
                await stage.Clock.DelayAsync(Late, CancellationToken.None);
                stage.Timeline.Trouble("The event arrives");
                await stage.DeliverAsync(@event);
            };

            await Drill.SucceedAsync(stage, findings, cancellationToken);

            findings.Expect("the late event finds nobody waiting", stage.Timeline.Entries[^1].What.Contains("0 tokens", StringComparison.Ordinal));
        }),
    ];
}
