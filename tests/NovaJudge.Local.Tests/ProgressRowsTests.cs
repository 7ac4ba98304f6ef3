using NovaJudge.Local.Progress;

namespace NovaJudge.Local.Tests;

public sealed class ProgressRowsTests
{
    [Fact]
    public void Answers_that_came_with_the_data_set_are_nothing_to_wait_for()
    {
        var progress = new RunProgress();
        progress.Sampled(10);
        progress.ToBeJudged(10);

        new ProgressRows(progress).Take().Select(row => row.Name).ShouldBe(["Verdicts"]);
    }

    [Fact]
    public void Answers_that_are_asked_for_stay_in_view_while_they_are_judged()
    {
        var progress = new RunProgress();
        progress.Sampled(10);
        new ProgressRows(progress).Take().Count.ShouldBe(3);
        progress.A.Completed(0, 10);
        progress.B.Completed(0, 10);
        progress.ToBeJudged(10);

        new ProgressRows(progress).Take().Select(row => $"{row.Done}/{row.Total}").ShouldBe(["10/10", "10/10", "0/10"]);
    }
}
