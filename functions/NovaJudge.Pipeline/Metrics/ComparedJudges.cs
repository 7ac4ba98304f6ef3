using NovaJudge.Pipeline.Judging;
using NovaJudge.Pipeline.Judging.Archive;
using NovaJudge.Pipeline.Runs;
using NovaJudge.Pipeline.Statistics;

namespace NovaJudge.Pipeline.Metrics;

/// <summary>Two judges on the same prompts and answers: how far their verdicts agree.</summary>
public sealed record ComparedJudges
{
    /// <summary>Prompts on which both gave a verdict; an inconsistent one counts as a tie.</summary>
    public required int Shared { get; init; }

    /// <summary>Those by verdict: rows are the first judge's, columns the second one's; each a, b, tie.</summary>
    public required IReadOnlyList<IReadOnlyList<int>> Table { get; init; }

    /// <summary>Prompts on which one judge has a verdict and the other has none.</summary>
    public required int OneOnly { get; init; }

    /// <summary>Agreement beyond chance, with what else describes it; withheld when there is nothing to compare.</summary>
    public required Finding<RaterAgreement> Agreement { get; init; }

    /// <summary>Prompts with the same verdict.</summary>
    public int Same => Enumerable.Range(0, Table.Count).Sum(at => Table[at][at]);

    /// <summary>Prompts on which each judge lets another model win.</summary>
    public int Opposed => Table[0][1] + Table[1][0];

    /// <summary>Reads the verdicts of two runs that share prompts; the n-th occurrence of a prompt goes with the n-th.</summary>
    /// <exception cref="PipelineException"><see cref="ErrorNames.StoreFailed"/>: files of a run do not belong together.</exception>
    public static async Task<ComparedJudges> OfAsync(IObjectStore store, RunId first, RunId second, CancellationToken cancellationToken)
    {
        var waiting = new Dictionary<PromptHash, Queue<PromptOutcome>>();
        await foreach (var outcome in store.ReadOutcomesAsync(new RunKeys(first), cancellationToken))
        {
            if (!waiting.TryGetValue(outcome.Prompt, out var queue))
            {
                waiting.Add(outcome.Prompt, queue = new Queue<PromptOutcome>(1));
            }

            queue.Enqueue(outcome.Outcome);
        }

        int[][] table = [new int[3], new int[3], new int[3]];
        var oneOnly = 0;
        await foreach (var outcome in store.ReadOutcomesAsync(new RunKeys(second), cancellationToken))
        {
            if (!waiting.TryGetValue(outcome.Prompt, out var queue) || !queue.TryDequeue(out var earlier))
            {
                continue;
            }

            var (before, after) = (Place(earlier), Place(outcome.Outcome));
            if (before is { } row && after is { } column)
            {
                table[row][column]++;
            }
            else if (before is not null || after is not null)
            {
                oneOnly++;
            }
        }

        return new ComparedJudges { Shared = table.Sum(row => row.Sum()), Table = table, OneOnly = oneOnly, Agreement = RaterAgreement.Of(table) };
    }

    private static int? Place(PromptOutcome outcome) => outcome switch
    {
        PromptOutcome.A => 0,
        PromptOutcome.B => 1,
        PromptOutcome.Tie or PromptOutcome.Inconsistent => 2,
        _ => null,
    };
}
