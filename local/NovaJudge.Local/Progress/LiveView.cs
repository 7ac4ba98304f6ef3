using Spectre.Console;

namespace NovaJudge.Local.Progress;

/// <summary>Progress on a terminal: a bar for each model and for the judge, with counts, rates and failures.</summary>
internal sealed class LiveView(IAnsiConsole console, RunProgress progress)
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(80);

    public Task FollowAsync(Task run) => console.Progress()
        .AutoRefresh(true)
        .HideCompleted(false)
        .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn { Width = 24 }, new PercentageColumn(), new CountsColumn())
        .StartAsync(async context =>
        {
            var a = context.AddTask("Answers of A", autoStart: false);
            var b = context.AddTask("Answers of B", autoStart: false);
            var judge = context.AddTask("Verdicts", autoStart: false);
            do
            {
                Show(a, progress.A.Done, progress.Prompts, progress.A.Failed);
                Show(b, progress.B.Done, progress.Prompts, progress.B.Failed);
                Show(judge, progress.Judged, progress.ToJudge, 0);
                context.Refresh();
            }
            while (await Task.WhenAny(run, Task.Delay(Period)) != run);

            Show(a, progress.A.Done, progress.Prompts, progress.A.Failed);
            Show(b, progress.B.Done, progress.Prompts, progress.B.Failed);
            Show(judge, progress.Judged, progress.ToJudge, 0);
        });

    private static void Show(ProgressTask task, int done, int total, int failed)
    {
        if (total == 0)
        {
            return;
        }

        if (!task.IsStarted)
        {
            task.StartTask();
        }

        task.MaxValue = total;
        task.Value = done;
        task.State.Update<int>(CountsColumn.Failed, _ => failed);
    }

    /// <summary>Done of total, failures, and the rate.</summary>
    private sealed class CountsColumn : ProgressColumn
    {
        public const string Failed = "failed";

        public override Spectre.Console.Rendering.IRenderable Render(Spectre.Console.Rendering.RenderOptions options, ProgressTask task, TimeSpan deltaTime)
        {
            if (!task.IsStarted)
            {
                return Text.Empty;
            }

            var failed = task.State.Get<int>(Failed);
            var seconds = task.ElapsedTime?.TotalSeconds ?? 0;
            var rate = seconds > 0.05 ? $" {task.Value / seconds:N0}/s" : "";
            return new Markup($"{task.Value:N0}/{task.MaxValue:N0}{(failed > 0 ? $" [red]{failed:N0} failed[/]" : "")}[grey]{rate}[/]");
        }
    }
}
