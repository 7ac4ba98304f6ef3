namespace NovaJudge.Pipeline.Datasets.Reading;

/// <summary>A list that grows by blocks: growing copies nothing, so a value costs its own bytes and no more.</summary>
internal sealed class BlockList<T>
{
    private const int BlockBits = 13;
    private const int BlockSize = 1 << BlockBits;

    private readonly List<T[]> blocks = [];

    public int Count { get; private set; }

    public T this[int index] => blocks[index >> BlockBits][index & (BlockSize - 1)];

    public void Add(T value)
    {
        if ((Count & (BlockSize - 1)) == 0)
        {
            blocks.Add(new T[BlockSize]);
        }

        blocks[^1][Count++ & (BlockSize - 1)] = value;
    }
}
