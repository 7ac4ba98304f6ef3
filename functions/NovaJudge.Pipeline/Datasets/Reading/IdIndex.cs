namespace NovaJudge.Pipeline.Datasets.Reading;

/// <summary>The 64-bit hashes of ids in the order they came, and a table to find one again: 8 bytes for the hash and 5 to 11 for its place in the table.</summary>
internal sealed class IdIndex
{
    private readonly BlockList<ulong> hashes = new();
    private int[] table = new int[1024];

    public int Count => hashes.Count;

    public ulong this[int ordinal] => hashes[ordinal];

    /// <summary>Adds a hash, or returns the ordinal of the record that has it already; -1 when it is new.</summary>
    public int Add(ulong hash)
    {
        var slot = Find(hash);
        if (table[slot] != 0)
        {
            return table[slot] - 1;
        }

        hashes.Add(hash);
        table[slot] = Count;
        if (Count > table.Length / 4 * 3)
        {
            Grow();
        }

        return -1;
    }

    // Linear probing; a slot holds ordinal + 1, and 0 is free. The low bits of FNV alone are too regular for similar ids.
    private int Find(ulong hash)
    {
        var mask = table.Length - 1;
        var slot = (int)(StableHash.SplitMix64(hash) & (ulong)mask);
        while (table[slot] != 0 && hashes[table[slot] - 1] != hash)
        {
            slot = (slot + 1) & mask;
        }

        return slot;
    }

    private void Grow()
    {
        table = new int[table.Length * 2];
        for (var ordinal = 0; ordinal < Count; ordinal++)
        {
            table[Find(hashes[ordinal])] = ordinal + 1;
        }
    }
}
