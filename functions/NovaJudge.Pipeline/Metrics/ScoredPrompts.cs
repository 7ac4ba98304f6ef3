using System.Runtime.InteropServices;
using NovaJudge.Pipeline.Generation;
using NovaJudge.Pipeline.Judging;
using NovaJudge.Pipeline.Judging.Archive;
using NovaJudge.Pipeline.Statistics;

namespace NovaJudge.Pipeline.Metrics;

/// <summary>
/// Collects the outcome of each prompt into counts and into the columns that the statistics read: 32 bytes and a hash of each scored prompt, and no texts.
/// </summary>
internal sealed class ScoredPrompts
{
    private readonly int[] _outcomes = new int[Enum.GetValues<PromptOutcome>().Length];
    private readonly int[][] _passes = [new int[3], new int[3], new int[3]];
    private readonly List<double> _scores = [];
    private readonly List<int> _clusters = [];
    private readonly List<int> _prompts = [];
    private readonly List<int> _categories = [];
    private readonly List<int> _lengthsA = [];
    private readonly List<int> _lengthsB = [];
    private readonly Dictionary<string, int> _clusterOrdinals = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _categoryOrdinals = new(StringComparer.Ordinal);
    private readonly Dictionary<PromptHash, int> _promptOrdinals = [];
    private readonly List<int> _ownClusters = [];
    private readonly List<string> _categoryNames = [];

    public int Total { get; private set; }

    /// <summary>B's score of each scored prompt: 1, 0 or one half.</summary>
    public ReadOnlySpan<double> Scores => CollectionsMarshal.AsSpan(_scores);

    /// <summary>Which prompt each scored row holds: rows with the same text hold the same one.</summary>
    public ReadOnlySpan<int> Prompts => CollectionsMarshal.AsSpan(_prompts);

    /// <summary>Prompts of different text among the scored ones.</summary>
    public int DifferentPrompts => _ownClusters.Count;

    /// <summary>The cluster of each scored prompt; a prompt without one is its own.</summary>
    public ReadOnlySpan<int> Clusters => CollectionsMarshal.AsSpan(_clusters);

    public int ClusterCount { get; private set; }

    /// <summary>The category of each scored prompt, or -1.</summary>
    public ReadOnlySpan<int> Categories => CollectionsMarshal.AsSpan(_categories);

    public IReadOnlyList<string> CategoryNames => _categoryNames;

    /// <summary>Characters of A's answer to each scored prompt.</summary>
    public ReadOnlySpan<int> LengthsA => CollectionsMarshal.AsSpan(_lengthsA);

    /// <summary>Characters of B's answer to each scored prompt.</summary>
    public ReadOnlySpan<int> LengthsB => CollectionsMarshal.AsSpan(_lengthsB);

    /// <summary>Prompts with two readable passes; rows: with A shown first, columns: with B shown first; each a, b, tie, in terms of the models.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Passes => _passes;

    /// <summary>Whether any text of an answer was there to be looked at.</summary>
    public bool HasAnswers { get; private set; }

    /// <summary>The answers that the judge saw.</summary>
    public AnswerCanaries Answers { get; } = new();

    /// <param name="verdict">What became of the prompt.</param>
    /// <param name="prompt">The prompt.</param>
    /// <param name="pair">What the judge saw of it; absent when it saw nothing.</param>
    public void Add(VerdictRow verdict, PromptRow prompt, JudgePair? pair)
    {
        Total++;
        _outcomes[(int)verdict.Verdict]++;
        if (Place(verdict.Forward) is { } forward && Place(verdict.Backward) is { } backward)
        {
            _passes[forward][backward]++;
        }

        if (pair is not null)
        {
            HasAnswers = true;
            Answers.Add(prompt.Id, pair);
        }

        if (Score(verdict.Verdict) is { } score)
        {
            _scores.Add(score);
            var ordinal = Prompt(prompt.Text);
            _prompts.Add(ordinal);
            _clusters.Add(Cluster(prompt.Cluster, ordinal));
            _categories.Add(Category(prompt.Category));
            _lengthsA.Add(pair?.ResponseA.Length ?? 0);
            _lengthsB.Add(pair?.ResponseB.Length ?? 0);
        }
    }

    public int Count(PromptOutcome outcome) => _outcomes[(int)outcome];

    public OutcomeMetrics ToMetrics() => Describe(ToCounts());

    /// <summary>Counts as documents show them.</summary>
    public static OutcomeMetrics Describe(OutcomeCounts counts) => new()
    {
        Total = counts.Total,
        A = counts.A,
        B = counts.B,
        Tie = counts.Tie,
        Inconsistent = counts.Inconsistent,
        Unscored = counts.Unscored,
        GenerationFailed = counts.GenerationFailed,
        TooLongForJudge = counts.TooLongForJudge,
        Scored = counts.Scored,
        Decisive = counts.Decisive,
        ErrorRate = counts.ErrorRate.OrNull() ?? 0,
    };

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

    /// <summary>B's score on a prompt; <c>null</c> without a verdict.</summary>
    public static double? Score(PromptOutcome outcome) => outcome switch
    {
        PromptOutcome.A => 0,
        PromptOutcome.B => 1,
        PromptOutcome.Tie or PromptOutcome.Inconsistent => 0.5,
        _ => null,
    };

    private static int? Place(PassVerdict? verdict) => verdict switch
    {
        PassVerdict.A => 0,
        PassVerdict.B => 1,
        PassVerdict.Tie => 2,
        _ => null,
    };

    private int Prompt(string text)
    {
        ref var ordinal = ref CollectionsMarshal.GetValueRefOrAddDefault(_promptOrdinals, PromptHash.Of(text), out var known);
        if (!known)
        {
            ordinal = _ownClusters.Count;
            _ownClusters.Add(-1);
        }

        return ordinal;
    }

    private int Cluster(string? name, int prompt)
    {
        if (name is null)
        {
            return _ownClusters[prompt] is var own and >= 0 ? own : _ownClusters[prompt] = ClusterCount++;
        }

        ref var ordinal = ref CollectionsMarshal.GetValueRefOrAddDefault(_clusterOrdinals, name, out var known);
        return known ? ordinal : ordinal = ClusterCount++;
    }

    private int Category(string? name)
    {
        if (name is null)
        {
            return -1;
        }

        ref var ordinal = ref CollectionsMarshal.GetValueRefOrAddDefault(_categoryOrdinals, name, out var known);
        if (!known)
        {
            ordinal = _categoryNames.Count;
            _categoryNames.Add(name);
        }

        return ordinal;
    }
}
