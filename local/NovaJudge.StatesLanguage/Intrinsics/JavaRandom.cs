namespace NovaJudge.StatesLanguage.Intrinsics;

/// <summary>The linear congruential generator that java.util.Random documents: Step Functions runs on Java, so the same seed gives the same number.</summary>
internal sealed class JavaRandom(long seed)
{
    private const long Multiplier = 0x5DEECE66D;
    private const long Mask = (1L << 48) - 1;

    private long _state = (seed ^ Multiplier) & Mask;

    /// <summary>From 0 to below the bound.</summary>
    public int Next(int bound)
    {
        if ((bound & -bound) == bound)
        {
            return (int)(((long)bound * Next31()) >> 31);
        }

        int bits, value;
        do
        {
            bits = Next31();
            value = bits % bound;
        }
        while (unchecked(bits - value + (bound - 1)) < 0);
        return value;
    }

    private int Next31()
    {
        _state = unchecked((_state * Multiplier) + 0xB) & Mask;
        return (int)(_state >> 17);
    }
}
