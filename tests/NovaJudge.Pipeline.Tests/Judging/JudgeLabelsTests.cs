using CsCheck;
using NovaJudge.Pipeline.Judging;

namespace NovaJudge.Pipeline.Tests.Judging;

public class JudgeLabelsTests
{
    [Fact]
    public void Every_label_of_the_table_reads_as_the_table_says()
    {
        foreach (var (label, verdict) in JudgeLabels.All)
        {
            JudgeLabels.TryRead($"  {label}\n").ShouldBe(verdict, label);
        }
    }

    [Fact]
    public void A_label_that_names_one_answer_has_a_twin_that_names_the_other()
    {
        foreach (var (label, verdict) in JudgeLabels.All.Where(entry => entry.Value is PassVerdict.A or PassVerdict.B))
        {
            var twin = new string([.. label.Select(letter => letter switch { 'A' => 'B', 'B' => 'A', _ => letter })]);

            JudgeLabels.TryRead(twin).ShouldBe(JudgeLabels.Turn(verdict), label);
        }
    }

    [Theory]
    [InlineData("Answer A is better.\n\n[[A>B]]", PassVerdict.A)]
    [InlineData("[[B>A]] since [[B>A]]", PassVerdict.B)]
    [InlineData("[[[A=B]]]", PassVerdict.Tie)]
    [InlineData("[[A>B]] or rather [[B>A]]", PassVerdict.Unreadable)]
    [InlineData("[[x]] then [[A>B]]", PassVerdict.A)]
    [InlineData(null, PassVerdict.Unreadable)]
    [InlineData("", PassVerdict.Unreadable)]
    public void A_text_counts_by_its_bracketed_labels(string? text, PassVerdict expected)
    {
        JudgeLabels.TryRead(text).ShouldBe(expected);
    }

    [Theory]
    [InlineData("Answer A is better")]
    [InlineData("[[A>B")]
    [InlineData("[[C>D]]")]
    [InlineData("A > B")]
    public void Anything_else_is_not_recognised(string text)
    {
        JudgeLabels.TryRead(text).ShouldBeNull();
    }

    [Fact]
    public void What_is_written_in_either_order_is_read_back_and_turned()
    {
        Gen.Select(Gen.Enum<PassVerdict>(), Gen.Enum<ShownOrder>()).Sample((verdict, order) =>
        {
            var read = JudgeLabels.TryRead(JudgeLabels.Write(verdict, order))!.Value;

            (order == ShownOrder.AFirst ? read : JudgeLabels.Turn(read)).ShouldBe(verdict);
        });
    }
}
