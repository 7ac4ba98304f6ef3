using CsCheck;
using NovaJudge.Pipeline.Datasets.Sampling;

namespace NovaJudge.Pipeline.Tests.Datasets.Sampling;

public class AllocationTests
{
    [Fact]
    public void Shares_follow_the_largest_remainders()
    {
        // Ten seats for 6, 6 and 2 of 14: exact shares 4.286, 4.286, 1.429; the last remainder is largest.
        var shares = Allocation.Proportional([("a", 6), ("b", 6), ("c", 2)], 10, seed: 1);

        shares.Select(share => share.Taken).ShouldBe([4, 4, 2]);
    }

    [Fact]
    public void Equal_remainders_are_settled_by_the_seed_and_not_by_the_place()
    {
        var winners = Enumerable.Range(0, 100).Select(seed =>
            Allocation.Proportional([("a", 1), ("b", 1), ("c", 1)], 1, seed).Single(share => share.Taken == 1).Cluster).ToList();
        var reversed = Enumerable.Range(0, 100).Select(seed =>
            Allocation.Proportional([("c", 1), ("b", 1), ("a", 1)], 1, seed).Single(share => share.Taken == 1).Cluster).ToList();

        winners.Distinct().Count().ShouldBe(3);
        reversed.ShouldBe(winners);
    }

    [Fact]
    public void Shares_add_up_and_none_is_a_whole_record_off() =>
        Gen.Select(Gen.Int[1, 5000].Array[1, 30], Gen.Double[0, 1], Gen.Long).Sample((sizes, part, seed) =>
        {
            var total = sizes.Sum();
            var size = Math.Max(1, (int)(part * total));

            var shares = Allocation.Proportional([.. sizes.Select((count, i) => ((string?)$"{i}", count))], size, seed);

            shares.Sum(share => share.Taken).ShouldBe(size);
            shares.ShouldAllBe(share => share.Taken <= share.Available && Math.Abs(share.Taken - (double)size * share.Available / total) < 1);
        });
}
