using CsCheck;
using NovaJudge.Pipeline.Judging;

namespace NovaJudge.Pipeline.Tests.Judging;

public class TokenF1Tests
{
    // Expected values by hand from evaluate-v2.0.py.
    [Theory]
    [InlineData("The Denver Broncos!", "denver broncos")]
    [InlineData("  A  man, a plan,\ta canal:\nPanama ", "man plan canal panama")]
    [InlineData("U.S.", "us")]
    [InlineData("well-known", "wellknown")]
    [InlineData("Then an anthem", "then anthem")]
    [InlineData("the–best", "–best")]
    [InlineData("x–the–y", "x– –y")]
    [InlineData("$5 'the' \"an\"", "5")]
    [InlineData("_a_", "")]
    [InlineData("T.H.E.", "")]
    [InlineData("ÉCOLE Ü", "école ü")]
    [InlineData("1\u001C2\u00A03", "1 2 3")]
    [InlineData("", "")]
    public void Normalising_follows_the_official_script(string text, string expected) =>
        TokenF1.Normalize(text).ShouldBe(expected);

    [Theory]
    [InlineData("Denver Broncos", "Denver Broncos", 1)]
    [InlineData("the Broncos of Denver", "Denver Broncos", 4.0 / 5)] // 2 of 3 and 2 of 2
    [InlineData("Carolina Panthers", "Denver Broncos", 0)]
    [InlineData("in the year 1889 in Paris", "1889", 2.0 / 6)] // 1 of 5 and 1 of 1
    [InlineData("to be or not to be", "to be", 4.0 / 8)] // repeated tokens match once each
    [InlineData("to be", "to be to be", 4.0 / 6)]
    [InlineData("", "Denver", 0)]
    [InlineData("the", "a", 1)] // nothing left of either
    [InlineData("the", "Denver", 0)]
    public void F1_counts_shared_tokens_with_their_number(string answer, string gold, double expected) =>
        TokenF1.Score(answer, [gold]).ShouldBe(expected, 1e-12);

    [Fact]
    public void The_best_gold_counts() =>
        TokenF1.Score("10th century", ["in the 10th and 11th centuries", "the 10th century", "11th"]).ShouldBe(1);

    [Fact]
    public void Without_golds_only_an_empty_answer_is_right()
    {
        TokenF1.Score("", []).ShouldBe(1);
        TokenF1.Score("Rome", []).ShouldBe(0);
        TokenF1.ExactMatch("the", []).ShouldBeTrue();
        TokenF1.ExactMatch("Rome", []).ShouldBeFalse();
    }

    [Theory]
    [InlineData("The Eiffel Tower.", true)]
    [InlineData("Eiffel  tower", true)]
    [InlineData("Tower Eiffel", false)]
    [InlineData("Eiffel", false)]
    public void An_exact_match_is_equal_after_normalising(string answer, bool expected) =>
        TokenF1.ExactMatch(answer, ["Big Ben", "eiffel tower"]).ShouldBe(expected);

    [Fact]
    public void F1_is_symmetric_and_one_exactly_when_the_tokens_are_the_same() =>
        Gen.Select(Words, Words).Sample((one, other) =>
        {
            var score = TokenF1.Score(one, [other]);

            score.ShouldBe(TokenF1.Score(other, [one]));
            score.ShouldBeInRange(0, 1);
            (score == 1).ShouldBe(
                TokenF1.Normalize(one).Split(' ').Order(StringComparer.Ordinal).SequenceEqual(TokenF1.Normalize(other).Split(' ').Order(StringComparer.Ordinal)));
        });

    private static readonly string[] Vocabulary = ["red", "Red.", "the", "blue", "–", "A"];

    private static Gen<string> Words =>
        Gen.Int[0, Vocabulary.Length - 1].Array[0, 5].Select(words => string.Join(' ', words.Select(i => Vocabulary[i])));
}
