using NovaJudge.StatesLanguage.Intrinsics;

namespace NovaJudge.StatesLanguage.Tests.Intrinsics;

public class JavaRandomTests
{
    [Fact]
    public void The_well_known_first_numbers_of_seed_42_come_out()
    {
        // What nextInt() of new java.util.Random(42) gives; nextInt(bound) takes the upper 31 bits of it modulo the bound.
        int[] published = [-1170105035, 234785527, -1360544799, 205897768];

        foreach (var bound in new[] { 10, 100, 1_000_003 })
        {
            var random = new JavaRandom(42);
            published.Select(_ => random.Next(bound)).ShouldBe(published.Select(bits => (int)((uint)bits >> 1) % bound));
        }
    }

    [Fact]
    public void Numbers_stay_below_any_bound()
    {
        var random = new JavaRandom(7);
        foreach (var bound in new[] { 1, 2, 3, 1 << 30, int.MaxValue })
        {
            Enumerable.Range(0, 1000).Select(_ => random.Next(bound)).ShouldAllBe(value => value >= 0 && value < bound);
        }
    }
}
