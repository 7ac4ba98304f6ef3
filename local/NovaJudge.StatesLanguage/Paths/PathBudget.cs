namespace NovaJudge.StatesLanguage.Paths;

/// <summary>
/// How many values one evaluation may look at. Descents and filters multiply: without a bound a short path could search for hours.
/// </summary>
internal sealed class PathBudget
{
    private const int Most = 10_000_000;

    private int _left = Most;

    /// <exception cref="StateException">The budget is spent.</exception>
    public void Spend(int values)
    {
        _left -= values;
        if (_left < 0)
        {
            throw new StateException(ErrorNames.Runtime, $"A path looked at more than {Most} values");
        }
    }
}
