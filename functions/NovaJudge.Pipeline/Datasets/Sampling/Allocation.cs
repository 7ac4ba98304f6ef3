namespace NovaJudge.Pipeline.Datasets.Sampling;

/// <summary>Proportional allocation by the method of the largest remainder (Hamilton): every stratum gets its exact share rounded down or up.</summary>
/// <remarks>
/// Equal remainders are settled by the seed and the stratum's name, never by its place in the file. A stratum whose share
/// is well below one half gets nothing: a size of at least twice the number of strata keeps them all present.
/// </remarks>
internal static class Allocation
{
    /// <param name="strata">Names and sizes; their sum is at least <paramref name="size"/>.</param>
    /// <param name="size">Records to allot.</param>
    /// <param name="seed">Settles ties.</param>
    public static IReadOnlyList<StratumShare> Proportional(IReadOnlyList<(string? Name, int Size)> strata, int size, long seed)
    {
        var total = strata.Sum(stratum => (long)stratum.Size);
        var taken = strata.Select(stratum => (int)((long)size * stratum.Size / total)).ToArray();
        var rounded = Enumerable.Range(0, strata.Count)
            .OrderByDescending(i => (long)size * strata[i].Size % total)
            .ThenBy(i => StableHash.Priority(seed, StableHash.Of(strata[i].Name ?? "")))
            .Take(size - taken.Sum());
        foreach (var i in rounded)
        {
            taken[i]++;
        }

        return [.. strata.Select((stratum, i) => new StratumShare(stratum.Name, stratum.Size, taken[i]))];
    }
}
