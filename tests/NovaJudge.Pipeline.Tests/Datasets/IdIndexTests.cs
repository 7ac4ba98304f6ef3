using NovaJudge.Pipeline.Datasets.Reading;
using NovaJudge.Tests.Shared;

namespace NovaJudge.Pipeline.Tests.Datasets;

[Collection(Alone.Name)]
public class IdIndexTests
{
    [Fact]
    public void A_hash_is_found_again_with_its_ordinal_however_many_follow()
    {
        var index = new IdIndex();
        var hashes = new Random(3);
        var first = Enumerable.Range(0, 100_000).Select(_ => (ulong)hashes.NextInt64()).Distinct().ToList();

        foreach (var hash in first)
        {
            index.Add(hash).ShouldBe(-1);
        }

        for (var ordinal = 0; ordinal < first.Count; ordinal += 37)
        {
            index.Add(first[ordinal]).ShouldBe(ordinal);
        }

        index.Count.ShouldBe(first.Count);
    }

    [Fact]
    public void It_takes_at_most_19_bytes_an_id()
    {
        const int count = 1_000_000;
        var before = GC.GetTotalMemory(forceFullCollection: true);

        var index = new IdIndex();
        for (var i = 0UL; i < count; i++)
        {
            index.Add(i);
        }

        var bytes = GC.GetTotalMemory(forceFullCollection: true) - before;
        GC.KeepAlive(index);
        (bytes / (double)count).ShouldBeLessThan(19);
    }
}
