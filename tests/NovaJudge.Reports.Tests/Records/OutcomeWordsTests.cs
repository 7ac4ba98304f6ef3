using NovaJudge.Pipeline.Metrics;
using NovaJudge.Pipeline.Statistics;
using NovaJudge.Reports.Records;

namespace NovaJudge.Reports.Tests.Records;

public sealed class OutcomeWordsTests
{
    [Fact]
    public void Every_rule_of_the_decision_is_said_in_words()
    {
        var words = Enum.GetValues<VerdictReason>().Select(reason => OutcomeWords.Why(new VerdictMetrics("inconclusive", DecisionWords.Of(reason), ""))).ToArray();

        words.ShouldAllBe(sentence => sentence.EndsWith('.') && !sentence.Contains('_'));
        words.ShouldBeUnique();
    }

    [Fact]
    public void An_explanation_with_figures_is_preferred()
    {
        var verdict = new VerdictMetrics("b_better", "interval_and_sign_test", "") { Explanation = "The 95% interval, 54–66%, excludes 50%." };

        OutcomeWords.Why(verdict).ShouldBe(verdict.Explanation);
    }
}
