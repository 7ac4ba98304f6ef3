using NovaJudge.Pipeline.Judging;
using NovaJudge.Pipeline.Judging.Archive;
using NovaJudge.Pipeline.Runs;
using NovaJudge.Pipeline.Statistics;

namespace NovaJudge.Pipeline.Metrics;

/// <summary>Two finished runs side by side, prompt by prompt where they share prompts.</summary>
public sealed record ComparedRuns
{
    /// <summary>Why a difference between the two may not be model B's; empty when only model B can differ.</summary>
    public required IReadOnlyList<string> Differences { get; init; }

    /// <summary>Second run minus first.</summary>
    public required RunComparison Comparison { get; init; }

    /// <summary>Shared prompts whose verdict is another in the second run, in its order; empty when the runs are compared as separate samples.</summary>
    public required IReadOnlyList<ChangedVerdict> Changed { get; init; }

    /// <exception cref="PipelineException"><see cref="ErrorNames.BadInput"/>: a run has no verdicts by prompt.</exception>
    /// <summary>Verdicts that both runs have; more than prompts where a prompt was judged several times.</summary>
    public required int Verdicts { get; init; }

    public static async Task<ComparedRuns> OfAsync(
        IObjectStore store, EvaluationRequest first, EvaluationRequest second, double confidence, CancellationToken cancellationToken)
    {
        var before = await ReadAsync(store, first.RunId, cancellationToken);
        var after = await ReadAsync(store, second.RunId, cancellationToken);
        var comparison = RunComparison.Of(Scores(before), Scores(after), confidence);
        var (changed, verdicts) = comparison.IsPaired ? Match(before, after) : ([], 0);
        return new ComparedRuns
        {
            Differences = Compare(first, second, samePrompts: before.Count == after.Count && SamePrompts(before, after)),
            Comparison = comparison,
            Verdicts = verdicts,
            Changed = await WithTextsAsync(store, second.RunId, changed, cancellationToken),
        };
    }

    /// <summary>The same prompts from another file are the same data.</summary>
    private static IReadOnlyList<string> Compare(EvaluationRequest first, EvaluationRequest second, bool samePrompts)
    {
        var (before, after) = (RunConditions.Of(first), RunConditions.Of(second));
        return (samePrompts ? after with { Data = before.Data } : after).DifferencesFrom(before);
    }

    private static bool SamePrompts(List<KeyedOutcome> before, List<KeyedOutcome> after) =>
        before.Select(prompt => prompt.Prompt.Value).Order().SequenceEqual(after.Select(prompt => prompt.Prompt.Value).Order());

    private static async Task<List<KeyedOutcome>> ReadAsync(IObjectStore store, RunId runId, CancellationToken cancellationToken)
    {
        var outcomes = new List<KeyedOutcome>();
        await foreach (var outcome in store.ReadOutcomesAsync(new RunKeys(runId), cancellationToken))
        {
            outcomes.Add(outcome);
        }

        return outcomes.Count == 0 ? throw PipelineException.BadInput($"Run {runId} has no verdicts by prompt any more, so it cannot be compared.") : outcomes;
    }

    private static IReadOnlyList<KeyedScore> Scores(List<KeyedOutcome> outcomes) =>
    [
        .. from outcome in outcomes
           let score = ScoredPrompts.Score(outcome.Outcome)
           where score is not null
           select new KeyedScore(outcome.Prompt.Value.ToString("x32", null), score.Value),
    ];

    /// <summary>As the comparison pairs them: the n-th occurrence of a prompt with the n-th, prompts with a score only.</summary>
    private static (List<ChangedVerdict> Changed, int Verdicts) Match(List<KeyedOutcome> before, List<KeyedOutcome> after)
    {
        var waiting = new Dictionary<PromptHash, Queue<PromptOutcome>>();
        foreach (var outcome in before.Where(outcome => ScoredPrompts.Score(outcome.Outcome) is not null))
        {
            if (!waiting.TryGetValue(outcome.Prompt, out var queue))
            {
                waiting.Add(outcome.Prompt, queue = new Queue<PromptOutcome>(1));
            }

            queue.Enqueue(outcome.Outcome);
        }

        var changed = new List<ChangedVerdict>();
        var verdicts = 0;
        foreach (var outcome in after)
        {
            if (ScoredPrompts.Score(outcome.Outcome) is { } now && waiting.TryGetValue(outcome.Prompt, out var queue) && queue.TryDequeue(out var earlier))
            {
                verdicts++;
                if (ScoredPrompts.Score(earlier) != now)
                {
                    changed.Add(new ChangedVerdict(outcome.Id, earlier, outcome.Outcome, ""));
                }
            }
        }

        return (changed, verdicts);
    }

    private static async Task<IReadOnlyList<ChangedVerdict>> WithTextsAsync(IObjectStore store, RunId runId, List<ChangedVerdict> changed, CancellationToken cancellationToken)
    {
        if (changed.Count == 0)
        {
            return changed;
        }

        var at = 0;
        await foreach (var prompt in store.ReadPromptsAsync(new RunKeys(runId), cancellationToken))
        {
            if (at < changed.Count && changed[at].Id == prompt.Id)
            {
                changed[at] = changed[at] with { Prompt = prompt.Question ?? prompt.Text };
                at++;
            }
        }

        return changed;
    }
}

/// <param name="Id">The prompt, as the second run names it.</param>
/// <param name="First">Its outcome in the first run.</param>
/// <param name="Second">Its outcome in the second run.</param>
/// <param name="Prompt">What was asked.</param>
public sealed record ChangedVerdict(string Id, PromptOutcome First, PromptOutcome Second, string Prompt)
{
    /// <summary>Whether one model won before and the other one does now.</summary>
    public bool IsFlip => (First, Second) is (PromptOutcome.A, PromptOutcome.B) or (PromptOutcome.B, PromptOutcome.A);
}
