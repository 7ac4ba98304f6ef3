using CsCheck;
using NovaJudge.Pipeline.Judging;
using NovaJudge.Pipeline.Judging.ByModel;

namespace NovaJudge.Pipeline.Tests.Judging.ByModel;

public class JudgePanelTests
{
    private const PassVerdict A = PassVerdict.A, B = PassVerdict.B, Tie = PassVerdict.Tie, None = PassVerdict.Unreadable;

    [Theory]
    [InlineData(A, A)]
    [InlineData(A, A, A, B)]
    [InlineData(Tie, A, B)]
    [InlineData(Tie, A, B, Tie)]
    [InlineData(Tie, Tie, Tie, A)]
    [InlineData(B, B, B, None)]
    [InlineData(None, None)]
    [InlineData(None, A, None)]
    [InlineData(None, A, None, None)]
    [InlineData(Tie, A, A, B, B)]
    public void More_than_half_of_the_readable_verdicts_decide(PassVerdict expected, params PassVerdict[] verdicts)
    {
        JudgePanel.Majority(verdicts).ShouldBe(expected);
    }

    [Fact]
    public void The_order_of_the_judges_and_the_names_of_the_sides_do_not_matter()
    {
        Gen.Enum<PassVerdict>().Array[1, 9].Sample(verdicts =>
        {
            var majority = JudgePanel.Majority(verdicts);

            JudgePanel.Majority([.. verdicts.Reverse()]).ShouldBe(majority);
            JudgePanel.Majority([.. verdicts.Select(JudgeLabels.Turn)]).ShouldBe(JudgeLabels.Turn(majority));
        });
    }

    [Fact]
    public void Agreement_is_counted_over_passes_that_two_judges_could_be_read_on()
    {
        var panel = new JudgePanel();

        panel.Decide([A, A, A]).ShouldBe(A);
        panel.Decide([B, B, A]).ShouldBe(B);
        panel.Decide([A, None, None]).ShouldBe(None);

        panel.Agreement.Passes.ShouldBe(2);
        panel.Agreement.Observed!.Value.ShouldBe((3.0 + 1.0) / 6, 1e-12);
    }

    [Fact]
    public void Alpha_equals_the_published_example()
    {
        // Krippendorff (2011), example C: four observers, twelve units, five categories, missing data; alpha for nominal data is 0.743.
        string[] observers = ["123321412...", "1233224125.3", ".3332342251.", "12332441251."];
        var agreement = new NominalAgreement(5);

        for (var unit = 0; unit < 12; unit++)
        {
            agreement.Add([.. Enumerable.Range(1, 5).Select(category => observers.Count(observer => observer[unit] - '0' == category))]);
        }

        agreement.Alpha!.Value.ShouldBe(0.743, 0.0005);
    }

    [Fact]
    public void Perfect_agreement_is_one_and_a_single_category_has_no_alpha()
    {
        var agreement = new NominalAgreement(2);
        agreement.Alpha.ShouldBeNull();

        agreement.Add([3, 0]);
        agreement.Observed.ShouldBe(1);
        agreement.Alpha.ShouldBeNull();

        agreement.Add([0, 3]);
        agreement.Alpha.ShouldBe(1);
    }
}
