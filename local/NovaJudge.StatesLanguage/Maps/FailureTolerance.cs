namespace NovaJudge.StatesLanguage.Maps;

/// <summary>How many items may fail. Without either bound the first failure is one too many; with both, either one decides.</summary>
internal sealed record FailureTolerance(double? Count, double? Percentage)
{
    public bool IsExceeded(int failed, int total)
    {
        if (failed == 0)
        {
            return false;
        }

        if (Count is null && Percentage is null)
        {
            return true;
        }

        return failed > (Count ?? double.MaxValue) || 100.0 * failed / total > (Percentage ?? 100);
    }
}
