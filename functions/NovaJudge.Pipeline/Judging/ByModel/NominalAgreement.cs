namespace NovaJudge.Pipeline.Judging.ByModel;

/// <summary>
/// How far several raters agree on items that each puts into one of a few categories. Raters may leave items out; an item with
/// fewer than two ratings says nothing. Source: K. Krippendorff, "Computing Krippendorff's Alpha-Reliability", 2011.
/// </summary>
public sealed class NominalAgreement(int categories)
{
    private readonly double[] _totals = new double[categories];
    private double _agreeing, _pairable;

    /// <summary>Items with at least two ratings.</summary>
    public int Items { get; private set; }

    /// <param name="ratings">Ratings of one item by category; one entry per category.</param>
    public void Add(ReadOnlySpan<int> ratings)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(ratings.Length, categories);
        var raters = 0;
        foreach (var count in ratings)
        {
            raters += count;
        }

        if (raters < 2)
        {
            return;
        }

        Items++;
        _pairable += raters;
        for (var category = 0; category < categories; category++)
        {
            double count = ratings[category];
            _totals[category] += count;
            _agreeing += count * (count - 1) / (raters - 1);
        }
    }

    /// <summary>Share of pairs of ratings of the same item that agree; <c>null</c> without a pair.</summary>
    public double? Observed => _pairable == 0 ? null : _agreeing / _pairable;

    /// <summary>
    /// Krippendorff's alpha: 1 is perfect agreement, 0 what chance would give, below 0 worse. <c>null</c> where it is not
    /// defined: without a pair, or when all ratings are of one category.
    /// </summary>
    public double? Alpha
    {
        get
        {
            var chance = _totals.Sum(total => total * (total - 1));
            var possible = _pairable * (_pairable - 1);
            return _pairable == 0 || chance >= possible ? null : 1 - ((_pairable - 1) * (_pairable - _agreeing) / (possible - chance));
        }
    }
}
