using NovaJudge.Pipeline.Judging;
using NovaJudge.Pipeline.Statistics;

namespace NovaJudge.Pipeline.Metrics;

/// <summary>Collects the outcome of each prompt into counts and into the columns that the statistics read.</summary>
internal sealed class ScoredPrompts
{
    private readonly int[] _outcomes = new int[Enum.GetValues<PromptOutcome>().Length];
    private readonly List<double> _scores = [];
    private readonly List<int> _clusters = [];
    private readonly Dictionary<string, int> _ordinals = new(StringComparer.Ordinal);

    public int Total { get; private set; }

    /// <summary>Prompts with two readable passes.</summary>
    public int BothPasses { get; private set; }

    /// <summary>B's score of each scored prompt: 1, 0 or one half.</summary>
    public ReadOnlySpan<double> Scores => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_scores);

    /// <summary>The cluster of each scored prompt; a prompt without one is its own.</summary>
    public ReadOnlySpan<int> Clusters => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_clusters);

    public int ClusterCount => _ordinals.Count;

    public void Add(VerdictRow verdict, string? cluster)
    {
        Total++;
        _outcomes[(int)verdict.Verdict]++;
        if (verdict is { Forward: not (null or PassVerdict.Unreadable), Backward: not (null or PassVerdict.Unreadable) })
        {
            BothPasses++;
        }

        if (Score(verdict.Verdict) is { } score)
        {
            _scores.Add(score);
            _clusters.Add(Ordinal(cluster ?? $"\0{verdict.Id}"));
        }
    }

    public int Count(PromptOutcome outcome) => _outcomes[(int)outcome];

    public OutcomeMetrics ToMetrics()
    {
        var scored = _scores.Count;
        return new OutcomeMetrics
        {
            Total = Total,
            A = Count(PromptOutcome.A),
            B = Count(PromptOutcome.B),
            Tie = Count(PromptOutcome.Tie),
            Inconsistent = Count(PromptOutcome.Inconsistent),
            Unscored = Count(PromptOutcome.Unscored),
            GenerationFailed = Count(PromptOutcome.GenerationFailed),
            TooLongForJudge = Count(PromptOutcome.TooLongForJudge),
            Scored = scored,
            Decisive = Count(PromptOutcome.A) + Count(PromptOutcome.B),
            ErrorRate = Total == 0 ? 0 : (double)(Total - scored) / Total,
        };
    }


    public OutcomeCounts ToCounts() => new()
    {
        A = Count(PromptOutcome.A),
        B = Count(PromptOutcome.B),
        Tie = Count(PromptOutcome.Tie),
        Inconsistent = Count(PromptOutcome.Inconsistent),
        Unscored = Count(PromptOutcome.Unscored),
        GenerationFailed = Count(PromptOutcome.GenerationFailed),
        TooLongForJudge = Count(PromptOutcome.TooLongForJudge),
    };

    private static double? Score(PromptOutcome outcome) => outcome switch
    {
        PromptOutcome.A => 0,
        PromptOutcome.B => 1,
        PromptOutcome.Tie or PromptOutcome.Inconsistent => 0.5,
        _ => null,
    };

    private int Ordinal(string cluster)
    {
        if (!_ordinals.TryGetValue(cluster, out var ordinal))
        {
            _ordinals.Add(cluster, ordinal = _ordinals.Count);
        }

        return ordinal;
    }
}
