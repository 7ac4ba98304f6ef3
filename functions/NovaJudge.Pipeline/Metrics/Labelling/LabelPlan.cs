using NovaJudge.Pipeline.Datasets;
using NovaJudge.Pipeline.Judging;

namespace NovaJudge.Pipeline.Metrics.Labelling;

/// <summary>
/// Which prompts a person should label: a random choice within each outcome, inconsistent prompts three times as often as their share, since
/// they tell most of the judge. The same run, number and seed give the same plan, and a larger number holds a smaller one.
/// </summary>
public static class LabelPlan
{
    /// <summary>How much likelier an inconsistent prompt is to be chosen.</summary>
    public const int Oversampling = 3;

    /// <summary>A correction needs more than one label of each outcome.</summary>
    private const int FewestOfEach = 2;

    /// <summary>In the order they should be shown, which tells nothing of their outcomes.</summary>
    /// <param name="verdicts">Of the run; prompts without a score are left out.</param>
    /// <param name="n">Prompts wanted; all of them when there are fewer.</param>
    /// <param name="seed">Chooses among the equally likely plans.</param>
    public static IReadOnlyList<LabelItem> Of(IEnumerable<VerdictRow> verdicts, int n, long seed)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(n);
        var strata = verdicts.Where(verdict => ScoredPrompts.Score(verdict.Verdict) is not null)
            .GroupBy(verdict => verdict.Verdict).OrderBy(stratum => stratum.Key)
            .Select(stratum => (stratum.Key, Ids: stratum.Select(verdict => verdict.Id).OrderBy(id => StableHash.Priority(seed, StableHash.Of(id))).ThenBy(id => id, StringComparer.Ordinal).ToArray()))
            .ToList();
        var sizes = Allocate([.. strata.Select(stratum => (stratum.Ids.Length, stratum.Key == PromptOutcome.Inconsistent ? Oversampling : 1))], n);
        return
        [
            .. strata.SelectMany((stratum, at) => stratum.Ids.Take(sizes[at]))
                .OrderBy(id => StableHash.Priority(seed + 1, StableHash.Of(id))).ThenBy(id => id, StringComparer.Ordinal)
                .Select(id => new LabelItem(id, (StableHash.Priority(seed + 2, StableHash.Of(id)) & 1) == 1)),
        ];
    }

    /// <summary>One prompt at a time to the stratum that lags most behind its share; each gets its fewest first.</summary>
    private static int[] Allocate((int Size, int Weight)[] strata, int n)
    {
        var taken = new int[strata.Length];
        for (var left = Math.Min(n, strata.Sum(stratum => stratum.Size)); left > 0; left--)
        {
            var next = Enumerable.Range(0, strata.Length).Where(at => taken[at] < strata[at].Size)
                .OrderByDescending(at => taken[at] < FewestOfEach).ThenBy(at => (taken[at] + 0.5) / (strata[at].Size * strata[at].Weight)).First();
            taken[next]++;
        }

        return taken;
    }
}

/// <param name="Id">The prompt.</param>
/// <param name="Swapped">Whether B's answer is shown first.</param>
public sealed record LabelItem(string Id, bool Swapped);
