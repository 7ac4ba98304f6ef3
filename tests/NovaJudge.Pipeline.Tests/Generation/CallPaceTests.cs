using Microsoft.Extensions.Time.Testing;
using NovaJudge.Pipeline.Generation;

namespace NovaJudge.Pipeline.Tests.Generation;

public sealed class CallPaceTests
{
    private readonly FakeTimeProvider _time = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_more_calls_are_in_flight_than_allowed_and_the_first_to_wait_goes_first()
    {
        var lane = new CallPace(_time).Lane("a", 2);
        var first = await lane.EnterAsync(Token);
        await lane.EnterAsync(Token);

        var third = lane.EnterAsync(Token).AsTask();
        var fourth = lane.EnterAsync(Token).AsTask();

        (third.IsCompleted, fourth.IsCompleted).ShouldBe((false, false));
        first.Dispose();
        await third;
        fourth.IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public async Task Purposes_do_not_take_each_others_places()
    {
        var pace = new CallPace(_time);
        await pace.Lane("a", 1).EnterAsync(Token);

        var other = pace.Lane("b", 1).EnterAsync(Token);

        other.IsCompletedSuccessfully.ShouldBeTrue();
        pace.Lane("a", 1).EnterAsync(Token).AsTask().IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public void One_refusal_among_answers_slows_nobody_else()
    {
        var lane = new CallPace(_time).Lane("a", 8);

        for (var i = 0; i < 10; i++)
        {
            lane.Refused(TimeSpan.FromMinutes(1));
            lane.Refused(TimeSpan.FromMinutes(1));
            lane.Answered();
        }

        lane.Limit.ShouldBe(8);
        lane.EnterAsync(Token).AsTask().IsCompletedSuccessfully.ShouldBeTrue();
    }

    [Fact]
    public async Task Refusals_in_a_row_pause_every_purpose_as_long_as_the_service_asks()
    {
        var pace = new CallPace(_time);
        for (var i = 0; i < 3; i++)
        {
            pace.Lane("a", 8).Refused(TimeSpan.FromSeconds(10));
        }

        var call = pace.Lane("b", 8).EnterAsync(Token).AsTask();

        _time.Advance(TimeSpan.FromSeconds(9.9));
        call.IsCompleted.ShouldBeFalse();
        _time.Advance(TimeSpan.FromSeconds(0.3));
        await call;
        pace.Refused.ShouldBe(3);
    }

    [Fact]
    public void The_limit_halves_when_everybody_is_refused_and_grows_back_with_answers()
    {
        var lane = new CallPace(_time).Lane("a", 16);
        for (var i = 0; i < 4; i++)
        {
            lane.Refused(null);
        }

        lane.Limit.ShouldBe(4);
        for (var i = 0; i < 30; i++)
        {
            lane.Answered();
        }

        lane.Limit.ShouldBeInRange(7, 9);
        for (var i = 0; i < 1000; i++)
        {
            lane.Answered();
        }

        lane.Limit.ShouldBe(16);
    }

    [Fact]
    public async Task A_call_that_gives_up_waiting_leaves_its_place_to_the_next()
    {
        var lane = new CallPace(_time).Lane("a", 1);
        var first = await lane.EnterAsync(Token);
        using var stop = new CancellationTokenSource();
        var second = lane.EnterAsync(stop.Token).AsTask();
        var third = lane.EnterAsync(Token).AsTask();

        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => second);
        first.Dispose();

        (await third).Dispose();
        lane.EnterAsync(Token).AsTask().IsCompletedSuccessfully.ShouldBeTrue();
    }
}
