using NovaJudge.StatesLanguage.Time;

namespace NovaJudge.StatesLanguage.Tests.Time;

public class VirtualTimeTests
{
    private static readonly DateTimeOffset Start = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_clock_stands_still_while_nobody_waits_and_while_it_is_held()
    {
        var time = new VirtualTime(Start);
        var fired = 0;
        using var timer = time.CreateTimer(_ => fired++, null, TimeSpan.FromDays(1), Timeout.InfiniteTimeSpan);
        time.GetUtcNow().ShouldBe(Start);

        using (time.Hold())
        {
            fired.ShouldBe(0);
        }

        fired.ShouldBe(0);
        time.GetUtcNow().ShouldBe(Start);
    }

    [Fact]
    public async Task A_lent_hold_lets_the_clock_jump_to_the_next_timer_and_comes_back()
    {
        var time = new VirtualTime(Start);
        using var hold = time.Hold();

        await time.DelayAsync(TimeSpan.FromDays(100), TestContext.Current.CancellationToken);

        time.GetUtcNow().ShouldBe(Start.AddDays(100));
        await time.DelayAsync(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);
        time.GetUtcNow().ShouldBe(Start.AddDays(100).AddSeconds(1));
    }

    [Fact]
    public async Task Timers_fire_in_the_order_of_their_times_then_of_their_making()
    {
        var time = new VirtualTime(Start);
        var order = new List<string>();
        using var hold = time.Hold();
        using var late = time.CreateTimer(_ => order.Add("late"), null, TimeSpan.FromSeconds(5), Timeout.InfiniteTimeSpan);
        using var first = time.CreateTimer(_ => order.Add("first"), null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
        using var second = time.CreateTimer(_ => order.Add("second"), null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
        using var disposed = time.CreateTimer(_ => order.Add("disposed"), null, TimeSpan.FromSeconds(2), Timeout.InfiniteTimeSpan);
        using var periodic = time.CreateTimer(_ => order.Add("tick"), null, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(2));
        disposed.Dispose();

        await time.DelayAsync(TimeSpan.FromSeconds(6.5), TestContext.Current.CancellationToken);

        order.ShouldBe(["first", "second", "tick", "tick", "late", "tick"]);
    }

    [Fact]
    public async Task A_cancelled_delay_ends_at_once()
    {
        var time = new VirtualTime(Start);
        using var hold = time.Hold();
        using var cancellation = new CancellationTokenSource();
        await cancellation.CancelAsync();

        await Should.ThrowAsync<TaskCanceledException>(() => time.DelayAsync(TimeSpan.FromDays(1), cancellation.Token));
    }

    [Fact]
    public async Task Timers_beyond_the_end_of_time_do_not_overflow()
    {
        var time = new VirtualTime(Start);
        using var hold = time.Hold();

        await time.DelayAsync(TimeSpan.FromDays(10_000_000), TestContext.Current.CancellationToken);

        time.GetUtcNow().ShouldBe(DateTimeOffset.MaxValue);
    }

    [Fact]
    public async Task Executions_on_one_clock_wait_side_by_side()
    {
        var machine = new Machine("""{"StartAt":"W","States":{"W":{"Type":"Wait","SecondsPath":"$.s","Next":"T"},"T":{"Type":"Pass","Parameters":{"at.$":"$$.State.EnteredTime"},"End":true}}}""");
        using var together = ((VirtualTime)machine.Time).Hold();
        var slow = machine.Start("""{"s":7200}""", "slow");
        var quick = machine.Start("""{"s":60}""", "quick");
        together.Dispose();

        (await slow.Completion).OutputText().ShouldBe("""{"at":"2025-01-01T02:00:00Z"}""");
        (await quick.Completion).OutputText().ShouldBe("""{"at":"2025-01-01T00:01:00Z"}""");
    }
}
