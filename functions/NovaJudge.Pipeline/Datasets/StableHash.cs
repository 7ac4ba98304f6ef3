using System.Text;

namespace NovaJudge.Pipeline.Datasets;

/// <summary>
/// Hashing and mixing that give the same values on every platform and .NET version, so that a seed means the same sample
/// everywhere. Nothing here withstands an attacker; it need not.
/// </summary>
/// <remarks>
/// FNV-1a 64: Fowler, Noll and Vo, http://www.isthe.com/chongo/tech/comp/fnv/.
/// SplitMix64: Steele, Lea and Flood, Fast Splittable Pseudorandom Number Generators, OOPSLA 2014; constants as in
/// https://prng.di.unimi.it/splitmix64.c.
/// </remarks>
internal static class StableHash
{
    private const ulong GoldenGamma = 0x9E3779B97F4A7C15;

    /// <summary>FNV-1a of the bytes. Among a million ids the chance of one collision is 3 in 100 million.</summary>
    public static ulong Of(ReadOnlySpan<byte> bytes)
    {
        var hash = 0xCBF29CE484222325;
        foreach (var each in bytes)
        {
            hash = (hash ^ each) * 0x100000001B3;
        }

        return hash;
    }

    public static ulong Of(string text)
    {
        var length = Encoding.UTF8.GetMaxByteCount(text.Length);
        Span<byte> bytes = length <= 512 ? stackalloc byte[length] : new byte[length];
        return Of(bytes[..Encoding.UTF8.GetBytes(text, bytes)]);
    }

    /// <summary>What SplitMix64 yields next from a state.</summary>
    public static ulong SplitMix64(ulong state) => Mix(state + GoldenGamma);

    /// <summary>The place of an id in the random order of a seed: for one seed a bijection, so that distinct hashes never tie.</summary>
    public static ulong Priority(long seed, ulong idHash) => SplitMix64(SplitMix64(unchecked((ulong)seed)) ^ idHash);

    /// <summary>A hash of a sequence, one element more.</summary>
    public static ulong Chain(ulong sequence, ulong element) => SplitMix64(sequence ^ element);

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
