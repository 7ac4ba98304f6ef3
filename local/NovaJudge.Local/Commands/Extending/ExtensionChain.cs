using System.Text.Json;
using NovaJudge.Local.Commands.Documents;
using NovaJudge.Local.Storage;
using NovaJudge.Pipeline;
using NovaJudge.Pipeline.Metrics;
using NovaJudge.Pipeline.Runs;
using NovaJudge.Pipeline.Statistics;

namespace NovaJudge.Local.Commands.Extending;

/// <summary>A run and its extensions <c>RUN-x1</c>, <c>RUN-x2</c>, ...: one evaluation, grown in batches that share no prompt.</summary>
internal sealed class ExtensionChain
{
    private readonly double _designEffect;

    private ExtensionChain(FinishedRun first, IReadOnlyList<FinishedRun> runs, double designEffect) => (First, Runs, _designEffect) = (first, runs, designEffect);

    public FinishedRun First { get; }

    /// <summary>The run and its finished extensions, in order.</summary>
    public IReadOnlyList<FinishedRun> Runs { get; }

    /// <summary>Prompts with a verdict, of all runs.</summary>
    public int Prompts => Runs.Sum(run => run.Metrics.Outcomes.Total);

    public int A => Runs.Sum(run => run.Metrics.Outcomes.A);

    public int B => Runs.Sum(run => run.Metrics.Outcomes.B);

    public int Ties => Runs.Sum(run => run.Metrics.Outcomes.Tie + run.Metrics.Outcomes.Inconsistent);

    /// <summary>The name of the next extension; one that is unfinished goes on under its name.</summary>
    /// <exception cref="PipelineException"><see cref="ErrorNames.BadInput"/>: the name would be too long.</exception>
    public RunId Next => NameOf(First.Id, Runs.Count);

    public static async Task<ExtensionChain> LoadAsync(FileObjectStore store, RunId first, CancellationToken cancellationToken)
    {
        var runs = new List<FinishedRun> { await Names.FinishedAsync(store, first.Value, cancellationToken) };
        while (RunId.TryParse($"{first}-x{runs.Count}", out var next) && await store.FindSummaryAsync(new RunKeys(next), cancellationToken) is not null)
        {
            runs.Add(await Names.FinishedAsync(store, next.Value, cancellationToken));
        }

        return new ExtensionChain(runs[0], runs, runs.Count == 1 ? 1 : await ChainClusters.DesignEffectAsync(runs, store, cancellationToken));
    }

    /// <summary>What all batches say together, looked at after each.</summary>
    public SequentialDecision Decide()
    {
        var decision = new SequentialDecision(1 - First.Request.Analysis.Confidence);
        foreach (var run in Runs)
        {
            // A batch by itself hardly sees that its articles are those of the other batches.
            decision.Add(run.Metrics.Outcomes.B, run.Metrics.Outcomes.Decisive, Math.Max(_designEffect, run.Metrics.Analysis.Clusters.DesignEffect ?? 1));
        }

        return decision;
    }

    public void Show(bool json)
    {
        var decision = Decide();
        var (a, b) = (ModelLabels.Display(First.Metrics.Models.A), ModelLabels.Display(First.Metrics.Models.B));
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(
                new ExtensionDocument
                {
                    Runs = Runs.Select(run => run.Id.Value),
                    Prompts = Prompts,
                    A = A,
                    B = B,
                    Ties = Ties,
                    Verdict = DecisionWords.Of(decision.Verdict),
                    Interval = [decision.Interval.Low, decision.Interval.High],
                    P = decision.AnytimeP,
                },
                LocalJson.Indented.ExtensionDocument));
            return;
        }

        Text.Write($"{Text.Count(Prompts)} prompts in {Runs.Count} {(Runs.Count == 1 ? "batch" : "batches")}: {b} won {Text.Count(B)}, {a} won {Text.Count(A)}, {Text.Count(Ties)} ties.");
        var figures = A + B == 0 ? "no decisive prompt" : $"{Text.Percent((double)B / (A + B))} of the decisive prompts won, {Text.Range(decision.Interval.Low, decision.Interval.High)}, p {Text.P(decision.AnytimeP)}, valid however often one looks";
        Text.WriteBold(decision.Verdict switch
        {
            RunVerdict.BBetter => $"{b} answers better than {a} ({figures}).",
            RunVerdict.ABetter => $"{a} answers better than {b} (model B: {figures}).",
            _ => $"Not decided: {b}: {figures}.",
        });
    }

    private static RunId NameOf(RunId first, int number) => RunId.TryParse($"{first}-x{number}", out var next)
        ? next
        : throw PipelineException.BadInput($"Run {first} cannot be extended: the name {first}-x{number} has more than 40 characters. Start with a shorter --run-id.");
}
