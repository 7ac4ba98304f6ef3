using NovaJudge.Functions.Runtime;

namespace NovaJudge.Functions.Tests.Runtime;

public sealed class InvocationDeadlineTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Theory]
    [InlineData(900, 895)]
    [InlineData(120, 115)]
    [InlineData(20, 15)]
    [InlineData(8, 6)]
    [InlineData(1, 0.75)]
    [InlineData(0, 0)]
    [InlineData(-5, 0)]
    public void Work_ends_some_seconds_before_the_process_does(double left, double expected) =>
        InvocationDeadline.TimeToWork(Now.AddSeconds(left), Now).ShouldBe(TimeSpan.FromSeconds(expected));

    [Theory]
    [InlineData("512", 402_653_184)]
    [InlineData("128", 100_663_296)]
    public void Three_quarters_of_the_memory_are_for_managed_objects(string megabytes, long expected) =>
        MemoryLimit.Bytes(megabytes).ShouldBe((ulong)expected);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("much")]
    [InlineData("-1")]
    [InlineData("0")]
    public void Without_a_size_there_is_no_limit(string? megabytes) => MemoryLimit.Bytes(megabytes).ShouldBeNull();
}
