using System.CommandLine;
using NovaJudge.Local.Commands.Labelling;
using NovaJudge.Local.Storage;
using NovaJudge.Pipeline;
using NovaJudge.Pipeline.Judging;
using NovaJudge.Pipeline.Metrics.Labelling;
using NovaJudge.Pipeline.Runs;
using Spectre.Console;

namespace NovaJudge.Local.Commands;

/// <summary><c>nova label RUN</c>: a person judges some prompts without knowing whose answers they are.</summary>
internal static class LabelCommand
{
    public static Command Create()
    {
        var run = new Argument<string>("run") { Description = "A finished run." };
        var store = CommandShell.StoreOption();
        var n = new Option<int>("--n") { Description = "Prompts to label in all. Default 30.", HelpName = "N", DefaultValueFactory = _ => 30 };
        var seed = new Option<long>("--seed") { Description = "Chooses the prompts and their order. Default 42.", HelpName = "N", DefaultValueFactory = _ => 42 };
        var answers = new Option<FileInfo?>("--answers") { Description = "Labels from a file instead of the keyboard: one {\"id\",\"label\"} a line, label a, b or tie.", HelpName = "FILE" };
        var list = new Option<bool>("--list") { Description = "Only name the prompts that are to be labelled." };
        var command = new Command("label", "Judge some prompts yourself, blind; the choice favours prompts on which the judge was inconsistent.") { run, store, n, seed, answers, list };
        command.SetAction((result, cancellationToken) => CommandShell.GuardAsync(() => LabelAsync(
            CommandShell.Store(result.GetValue(store)!), result.GetValue(run)!, result.GetValue(n), result.GetValue(seed), result.GetValue(answers), result.GetValue(list), cancellationToken)));
        return command;
    }

    private static async Task<int> LabelAsync(FileObjectStore store, string name, int n, long seed, FileInfo? answers, bool list, CancellationToken cancellationToken)
    {
        if (n is < 1 or > 10_000)
        {
            throw PipelineException.BadInput($"--n {n}: 1 to 10,000 prompts can be labelled.");
        }

        var run = await Names.FinishedAsync(store, name, cancellationToken);
        var plan = LabelPlan.Of(await VerdictsAsync(store, run.Keys, cancellationToken), n, seed);
        if (plan.Count == 0)
        {
            throw PipelineException.BadInput($"Run {name} has no prompt with a verdict, so there is nothing to label.");
        }

        if (list)
        {
            Console.WriteLine(string.Join('\n', plan.Select(item => item.Id)));
            return ExitCodes.Done;
        }

        using var held = RunLock.Take(store, run.Id);
        var labels = (await store.ReadLabelsAsync(run.Keys, cancellationToken)).ToList();
        if (answers is null)
        {
            await AskAsync(store, run.Keys, plan, labels, cancellationToken);
        }
        else
        {
            Take(labels, plan, LabelFiles.Parse(answers.ToString(), await File.ReadAllLinesAsync(answers.FullName, cancellationToken)), answers.ToString());
            await store.WriteLabelsAsync(run.Keys, labels, cancellationToken);
        }

        var done = plan.Count(item => labels.Any(label => label.Id == item.Id));
        Words($"{done} of {plan.Count} prompts are labelled.{(done < plan.Count ? " The same command goes on." : "")}");
        Words($"What they say of the judge: nova calibrate {name}");
        return ExitCodes.Done;
    }

    /// <summary>Broken between words.</summary>
    private static void Words(string text) => AnsiConsole.Write(new Spectre.Console.Text(text + "\n"));

    private static void Take(List<LabelRow> labels, IReadOnlyList<LabelItem> plan, IReadOnlyList<LabelRow> given, string file)
    {
        if (given.FirstOrDefault(label => plan.All(item => item.Id != label.Id)) is { } stranger)
        {
            throw PipelineException.BadInput($"{file}: prompt \"{stranger.Id}\" is not among the {plan.Count} that were chosen, and labels of a person's own choice would tell nothing of the rest. See them with --list.");
        }

        labels.RemoveAll(label => given.Any(other => other.Id == label.Id));
        labels.AddRange(given.DistinctBy(label => label.Id));
    }

    private static async Task AskAsync(FileObjectStore store, RunKeys keys, IReadOnlyList<LabelItem> plan, List<LabelRow> labels, CancellationToken cancellationToken)
    {
        if (Console.IsInputRedirected)
        {
            throw PipelineException.BadInput("There is no keyboard to ask at. Give the labels in a file: --answers FILE");
        }

        var pairs = await PairsAsync(store, keys, [.. plan.Select(item => item.Id)], cancellationToken);
        var waiting = plan.Index().Where(item => labels.All(label => label.Id != item.Item.Id)).ToArray();
        Words($"{plan.Count - waiting.Length} of {plan.Count} prompts are labelled. Which answer is whose is hidden, and their order changes. Every label is kept at once, so you can stop at any time.");
        var dialog = LabelDialog.AtTerminal();
        for (var at = 0; at < waiting.Length;)
        {
            var (number, item) = waiting[at];
            var reply = dialog.Ask(item, pairs[item.Id], $"{number + 1} of {plan.Count}");
            switch (reply)
            {
                case { Wish: LabelWish.Interrupt }:
                    throw new OperationCanceledException(cancellationToken);
                case { Wish: LabelWish.Quit }:
                    return;
                case { Wish: LabelWish.Undo }:
                    at = Math.Max(0, at - 1);
                    labels.RemoveAll(label => label.Id == waiting[at].Item.Id);
                    await store.WriteLabelsAsync(keys, labels, cancellationToken);
                    break;
                default:
                    if (reply.Label is { } said)
                    {
                        labels.Add(new LabelRow(item.Id, said));
                        await store.WriteLabelsAsync(keys, labels, cancellationToken);
                    }

                    at++;
                    break;
            }
        }
    }

    private static async Task<List<VerdictRow>> VerdictsAsync(FileObjectStore store, RunKeys keys, CancellationToken cancellationToken)
    {
        var verdicts = new List<VerdictRow>();
        await foreach (var verdict in store.ReadVerdictsAsync(keys, cancellationToken))
        {
            verdicts.Add(verdict);
        }

        return verdicts;
    }

    /// <summary>The texts of the chosen prompts only.</summary>
    private static async Task<Dictionary<string, JudgePair>> PairsAsync(FileObjectStore store, RunKeys keys, HashSet<string> ids, CancellationToken cancellationToken)
    {
        var pairs = new Dictionary<string, JudgePair>(StringComparer.Ordinal);
        await using var index = store.ReadJudgeIndexAsync(keys, cancellationToken).GetAsyncEnumerator(cancellationToken);
        await foreach (var pair in store.ReadJudgePairsAsync(keys, cancellationToken))
        {
            if (await index.MoveNextAsync() && ids.Contains(index.Current.Id))
            {
                pairs[index.Current.Id] = pair;
            }
        }

        return pairs;
    }
}
