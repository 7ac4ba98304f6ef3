using NovaJudge.Pipeline.Datasets;

namespace NovaJudge.Pipeline.Tests.Datasets;

public class StableHashTests
{
    // Published with the algorithm: http://www.isthe.com/chongo/tech/comp/fnv/ (FNV-1a, 64 bit).
    [Theory]
    [InlineData("", 0xcbf29ce484222325)]
    [InlineData("a", 0xaf63dc4c8601ec8c)]
    [InlineData("foobar", 0x85944171f73967e8)]
    public void Ids_are_hashed_with_fnv_1a(string text, ulong expected) => StableHash.Of(text).ShouldBe(expected);

    // The first values of splitmix64.c for the seed 1234567, as many ports of it test them.
    [Fact]
    public void Mixing_is_splitmix64()
    {
        const ulong step = 0x9E3779B97F4A7C15;

        StableHash.SplitMix64(1234567).ShouldBe(6457827717110365317UL);
        StableHash.SplitMix64(unchecked(1234567 + step)).ShouldBe(3203168211198807973UL);
        StableHash.SplitMix64(unchecked(1234567 + (2 * step))).ShouldBe(9817491932198370423UL);
    }
}
