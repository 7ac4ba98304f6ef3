using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using NovaJudge.Local.Cloud;
using NovaJudge.Local.Commands.Extending;
using NovaJudge.Local.Processes;
using NovaJudge.Local.Progress;
using NovaJudge.Local.Storage;
using NovaJudge.Pipeline;
using NovaJudge.Pipeline.Runs;
using NovaJudge.Pipeline.Steps;
using NovaJudge.Reports.History;

namespace NovaJudge.Local.Commands;

/// <summary><c>nova run</c>: evaluates two models on a data set, through the state machine that AWS would run.</summary>
internal static class RunCommand
{
    public static Command Create()
    {
        var request = new RequestOptions();
        var store = CommandShell.StoreOption();
        var clock = new Option<string?>("--clock") { Description = "A fixed time for everything that is written down, for runs to be compared byte by byte.", HelpName = "TIME" };
        var json = new Option<bool>("--json") { Description = "The summary as JSON on standard output, nothing else." };
        var dryRun = new Option<bool>("--dry-run") { Description = "Show what would be called, how often and for how much; run nothing. With --json the complete request, too." };
        var process = new Option<string?>("--process")
        {
            Description = "Let the functions' own executable do the steps, one process for each function, against stand-ins for AWS. Default file: what ./nova publish built.",
            HelpName = "FILE",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var command = new Command("run", "Evaluate two models on a data set. Without options: two embedded demo models on an embedded data set.");
        request.AddTo(command);
        var untilDecided = new Option<bool>("--until-decided") { Description = "Judge random batches until the result is certain; looking after each batch is allowed for." };
        var mostPrompts = new Option<int>("--max-prompts") { Description = "With --until-decided: stop after so many. Default 2000.", HelpName = "N", DefaultValueFactory = _ => 2000 };
        foreach (Option option in (Option[])[store, clock, json, dryRun, process, untilDecided, mostPrompts])
        {
            command.Options.Add(option);
        }

        command.SetAction((result, cancellationToken) => CommandShell.GuardAsync(async () => result.GetValue(untilDecided) && !result.GetValue(dryRun)
            ? await SequentialRun.RunAsync(
                request.Read(result), request.RunId(result), Math.Max(1, result.GetValue(mostPrompts)), CommandShell.Store(result.GetValue(store)!), Clock(result.GetValue(clock)),
                result.GetValue(json), cancellationToken)
            : (await StartAsync(
                request.Read(result), request.RunId(result), CommandShell.Store(result.GetValue(store)!), Clock(result.GetValue(clock)),
                new RunOutput(result.GetValue(json)), result.GetValue(dryRun), cancellationToken,
                result.GetResult(process) is null ? null : FunctionProgram.Find(result.GetValue(process) ?? ""))).ExitCode));
        return command;
    }

    /// <summary>Runs what a request describes; the run id is absent when only the plan was shown.</summary>
    internal static async Task<(int ExitCode, RunId? RunId)> StartAsync(
        JsonObject body, string? givenId, FileObjectStore store, TimeProvider time, RunOutput output, bool dryRun, CancellationToken cancellationToken,
        FunctionProgram? program = null)
    {
        var progress = new RunProgress();
        await using var cloud = new LocalCloud(store, PipelineTemplate.Embedded(), time, progress);
        var request = await new PlanRunStep(cloud.Store, cloud.Datasets, cloud.Models, cloud.Judges, cloud.Defaults)
            .PreviewAsync(Input(body, givenId ?? "preview"), cancellationToken);
        var planner = new PlanRunStep(cloud.Store, cloud.Datasets, cloud.Models, cloud.Judges, cloud.Defaults);
        if (dryRun)
        {
            var (counts, estimate) = await planner.EstimateAsync(request, cancellationToken);
            var pace = await KnownPace.FindAsync(store, request, estimate, cancellationToken);
            return (PlanOutput.Show(request, counts, estimate, pace, output.Json), null);
        }

        var runId = givenId is null
            ? await RunNames.ChooseAsync(request, RunNames.TextOf(body), cloud.Datasets, store, cancellationToken)
            : RunId.Parse(givenId);
        using var held = RunLock.Take(store, runId);
        if (await store.FindAsync(new RunKeys(runId).Summary, cancellationToken) is not null)
        {
            if (held.WasLeftBehind)
            {
                // The process was cut off after its last step: all that could be missing is the store's index.
                await HistoryIndex.WriteAsync(store, cancellationToken);
                return (await output.ShowResultAsync(store, store.Root, runId, invite: true, cancellationToken), runId);
            }

            throw PipelineException.BadInput($"Run {runId} is finished already. Look at it with: {ProgramName.Value} show {runId}. Leave --run-id out for another run of the same request.");
        }

        await RefuseAnotherRequestAsync(store, request with { RunId = runId }, cancellationToken);
        await planner.CheckCostAsync(request, cancellationToken);
        await using var processes = program is null ? null : await ProcessedRun.StartAsync(cloud, request with { RunId = runId }, program, signatureProblem: null, cancellationToken);
        var exitCode = await output.FollowAsync(
            cloud, request with { RunId = runId },
            () => cloud.RunAsync(runId.Value, Execution(body, runId.Value), cancellationToken), cancellationToken);
        return (exitCode, runId);
    }

    /// <summary>An unfinished run goes on with the request it was started with; another one under its name would be lost silently.</summary>
    private static async Task RefuseAnotherRequestAsync(FileObjectStore store, EvaluationRequest request, CancellationToken cancellationToken)
    {
        var started = await store.FindRequestAsync(new RunKeys(request.RunId), cancellationToken);
        if (started is not null && !RunLimits.AreOnlyDifference(started, request))
        {
            throw PipelineException.BadInput(
                $"Run {request.RunId} was started with another request and is not finished. Repeat that one (limits may change: {string.Join(", ", RunLimits.Paths)}), or choose another --run-id.");
        }
    }

    private static PlanRunInput Input(JsonObject body, string runId) =>
        new(new ExecutionInfo(CloudNames.ExecutionArn("preview"), "preview", DateTimeOffset.UnixEpoch), Execution(body, runId));

    /// <summary>The input of the execution: the request, and what makes it a local one.</summary>
    private static JsonElement Execution(JsonObject body, string runId)
    {
        var input = (JsonObject)body.DeepClone();
        input["trigger"] = "local";
        input["runId"] = runId;
        return input.ToElement();
    }

    private static TimeProvider Clock(string? text)
    {
        if (text is null)
        {
            return TimeProvider.System;
        }

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? new FixedClock(time)
            : throw PipelineException.BadInput($"--clock {text}: a time such as 2026-01-31T12:00:00Z is expected.");
    }
}
