using CsCheck;
using NovaJudge.Pipeline.Judging;

namespace NovaJudge.Pipeline.Tests.Judging;

public class JudgeContextTests
{
    [Theory]
    [InlineData("", 0)]
    [InlineData("word", 1)]
    [InlineData("The quick brown fox jumps over the lazy dog.", 12)]
    [InlineData("12345678", 4)]
    [InlineData("日本語", 3)]
    [InlineData("🙂", 2)]
    public void Tokens_are_estimated_rather_too_many_than_too_few(string text, long tokens)
    {
        JudgeContext.EstimateTokens(text).ShouldBe(tokens);
    }

    [Fact]
    public void A_row_is_too_long_from_the_first_token_beyond_the_limit()
    {
        var limit = 6000;
        var fits = new string('x', (limit - 2) * 4);

        JudgeContext.IsTooLong("nova", fits, "word", "word").ShouldBeFalse();
        JudgeContext.IsTooLong("nova", fits, "word", "words").ShouldBeTrue();
        JudgeContext.IsTooLong("nova", new string('語', limit), "", "").ShouldBeFalse();
        JudgeContext.IsTooLong("nova", new string('語', limit + 1), "", "").ShouldBeTrue();
    }

    [Fact]
    public void Judges_without_a_documented_limit_refuse_nothing()
    {
        var endless = new string('x', 1_000_000);

        JudgeContext.IsTooLong("model:ollama:llama3", endless, endless, endless).ShouldBeFalse();
        JudgeContext.IsTooLong("nova-rubric", endless, "", "").ShouldBeTrue();
    }

    [Fact]
    public void The_quick_look_and_the_full_count_agree()
    {
        var text = Gen.Char["a 1é語"].Array[1, 400].Select(characters => new string(characters));

        Gen.Select(text, Gen.Int[1, 80]).Sample((unit, times) =>
        {
            var prompt = string.Concat(Enumerable.Repeat(unit, times));

            JudgeContext.IsTooLong("nova", prompt, "", "").ShouldBe(JudgeContext.EstimateTokens(prompt) > 7000 - JudgeContext.ReservedTokens);
        });
    }
}
