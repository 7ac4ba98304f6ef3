using System.Text.Json;
using NovaJudge.Local.Cloud;
using NovaJudge.Local.Progress;
using NovaJudge.Pipeline;
using NovaJudge.Pipeline.Costs;
using NovaJudge.Pipeline.Judging;
using NovaJudge.Pipeline.Judging.Exam;
using NovaJudge.Pipeline.Metrics;
using NovaJudge.Pipeline.Runs;
using NovaJudge.StatesLanguage;
using Spectre.Console;
using ErrorNames = NovaJudge.Pipeline.ErrorNames;

namespace NovaJudge.Local.Commands;

/// <summary>What a run prints: progress while it lasts, then a table and three lines; or JSON alone; or, when quiet, its progress only.</summary>
internal sealed class RunOutput(bool json, bool quiet = false, string? heading = null)
{
    private readonly IAnsiConsole _console = AnsiConsole.Console;

    /// <summary>Whether JSON alone is printed.</summary>
    public bool Json => json;

    /// <summary>Shows a run while it lasts and what came of it.</summary>
    public async Task<int> FollowAsync(LocalCloud cloud, EvaluationRequest request, Func<Task<ExecutionResult>> start, CancellationToken cancellationToken)
    {
        var models = ModelLabels.Describe(request);
        if (!json && heading is not null)
        {
            _console.MarkupLineInterpolated($"[bold]{heading}[/]");
        }
        else if (!json)
        {
            _console.MarkupLineInterpolated($"[bold]{ModelLabels.Display(models.A)}[/] against [bold]{ModelLabels.Display(models.B)}[/]");
            _console.MarkupLineInterpolated($"[grey]data set {Text.Printable(request.Dataset.Source)}, judge {request.Judge.Kind}, run {request.RunId}[/]");
        }

        var plain = json || _console.Profile.Out.IsTerminal ? null : new PlainView(Console.Out, cloud.Progress).Listen();
        var run = start();
        await (json ? run.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default)
            : plain?.FollowAsync(run) ?? new LiveView(_console, cloud.Progress).FollowAsync(run));
        var result = await run;
        if (result.Status == ExecutionStatus.Succeeded)
        {
            return await ShowResultAsync(cloud, request.RunId, CancellationToken.None);
        }

        cancellationToken.ThrowIfCancellationRequested();
        return await ShowFailureAsync(cloud, result, request.RunId);
    }

    /// <summary>A finished run, as <c>nova show</c> tells it.</summary>
    public async Task<int> ShowResultAsync(IObjectStore store, string root, RunId runId, bool invite, CancellationToken cancellationToken)
    {
        var keys = new RunKeys(runId);
        var metrics = await store.FindMetricsAsync(keys, cancellationToken);
        var summary = await store.FindSummaryAsync(keys, cancellationToken);
        if (metrics is null || summary is null)
        {
            throw PipelineException.BadInput($"Run {runId} has no result in {root}. See the runs there: {ProgramName.Value} list");
        }

        if (quiet)
        {
            return summary.Gate == GateStatus.Failed ? ExitCodes.GateFailed : ExitCodes.Done;
        }

        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(summary, LocalJson.Indented.RunSummary));
        }
        else
        {
            _console.Write(ResultTable.Of(metrics));
            _console.MarkupLineInterpolated($"[grey]Judge: {metrics.Judge.Name}{(metrics.Judge.Disclaimer is { } disclaimer ? $", {disclaimer}" : "")}[/]");
            _console.MarkupLineInterpolated($"[grey]{ExamWords.Of(metrics.Judge)}[/]");
            foreach (var warning in metrics.Warnings)
            {
                _console.MarkupLineInterpolated($"[yellow]Note:[/] {warning}");
            }

            _console.MarkupLineInterpolated($"[bold]{metrics.Verdict.Sentence}[/]");
            await ShowCostAsync(store, keys, whole: !invite, cancellationToken);
            Console.WriteLine($"Report: {Display(Path.Combine(root, summary.ReportUrl ?? summary.FigureUrl ?? keys.Metrics.Value))}");
            if (invite && (await store.FindRequestAsync(keys, cancellationToken))?.Dataset.Source.StartsWith("embedded:", StringComparison.Ordinal) == true)
            {
                // Whoever ran their own data knows how.
                Console.WriteLine($"Yours: {ProgramName.Value} run --dataset FILE --model-a ollama:NAME --model-b ollama:NAME");
            }
        }

        return summary.Gate == GateStatus.Failed ? ExitCodes.GateFailed : ExitCodes.Done;
    }

    /// <summary>The whole ledger for whoever asks for it; after a run one line, and that only when money was spent or may have been.</summary>
    private static async Task ShowCostAsync(IObjectStore store, RunKeys keys, bool whole, CancellationToken cancellationToken)
    {
        if (await store.FindLedgerAsync(keys, cancellationToken) is not { } ledger)
        {
            return;
        }

        if (!whole)
        {
            if (ledger.Total.Usd is not 0)
            {
                Text.Write($"Cost: {CostWords.Of(ledger)} (prices {ledger.Prices}); {ProgramName.Value} show {keys.RunId} has the ledger.");
            }

            return;
        }

        CostTable.Write(ledger);
    }

    private Task<int> ShowResultAsync(LocalCloud cloud, RunId runId, CancellationToken cancellationToken) =>
        ShowResultAsync(cloud.Files, cloud.Files.Root, runId, invite: true, cancellationToken);

    private static async Task<int> ShowFailureAsync(LocalCloud cloud, ExecutionResult result, RunId runId)
    {
        await Text.ErrorAsync($"Run {runId} failed: {result.Error}");
        await Text.ErrorAsync(result.Cause);
        if (!File.Exists(cloud.Files.PathOf(new RunKeys(runId).Failure))
            && cloud.LastHistory.FirstOrDefault(step => step.Cause is not null) is { } first && first.Cause != result.Cause)
        {
            // The store took nothing any more, not even why: here the history is the only witness.
            await Text.ErrorAsync($"It began with {first.Error}: {first.Cause}");
        }

        if (cloud.CleanUpProblem is { } problem)
        {
            await Text.ErrorAsync($"Cleaning up after it failed as well: {problem.Message}");
        }

        if (result.Error is ErrorNames.GenerationFailed or ErrorNames.ModelUnusable or ErrorNames.ModelThrottled)
        {
            await Text.ErrorAsync("What is answered is kept: the same command goes on from here.");
        }

        return result.Error is ErrorNames.BadInput or ErrorNames.StoreFailed ? ExitCodes.BadInput : ExitCodes.RunFailed;
    }

    /// <summary>A path as short as it can be from here.</summary>
    private static string Display(string path)
    {
        var relative = Path.GetRelativePath(Environment.CurrentDirectory, path);
        return relative.StartsWith("..", StringComparison.Ordinal) ? path : relative;
    }
}
