using CsCheck;
using NovaJudge.Pipeline.Judging;
using NovaJudge.Pipeline.Judging.ByModel;

namespace NovaJudge.Pipeline.Tests.Judging.ByModel;

public class JudgePromptTests
{
    private const string Verdicts = "[[A>B]] [[B>A]] [[A=B]]";

    [Fact]
    public void The_default_prompt_is_a_valid_template()
    {
        JudgePrompt.TryParse(JudgePrompt.DefaultTemplate, out var problems).ShouldNotBeNull();
        problems.ShouldBeEmpty();
    }

    [Fact]
    public void The_two_passes_show_the_answers_in_either_order()
    {
        var pair = new JudgePair("Capital of France?", "Paris", "Lyon");

        var forward = JudgePrompt.Default.Render(pair, ShownOrder.AFirst);
        var backward = JudgePrompt.Default.Render(pair, ShownOrder.BFirst);

        forward.IndexOf("Paris", StringComparison.Ordinal).ShouldBeLessThan(forward.IndexOf("Lyon", StringComparison.Ordinal));
        backward.IndexOf("Lyon", StringComparison.Ordinal).ShouldBeLessThan(backward.IndexOf("Paris", StringComparison.Ordinal));
        forward.ShouldContain("Capital of France?");
    }

    [Fact]
    public void A_rendered_prompt_fences_what_fills_it()
    {
        var template = JudgePrompt.TryParse("{fence}|{prompt}|{first}|{second}|" + Verdicts, out _)!;

        var parts = template.Render(new JudgePair("p", "a", "b"), ShownOrder.AFirst).Split('|');

        var code = parts[0];
        code.ShouldMatch("^[0-9a-f]{16}$");
        parts[1].ShouldBe($"<<PROMPT {code}>>\np\n<<END OF PROMPT {code}>>");
        parts[2].ShouldBe($"<<ANSWER A {code}>>\na\n<<END OF ANSWER A {code}>>");
        parts[3].ShouldBe($"<<ANSWER B {code}>>\nb\n<<END OF ANSWER B {code}>>");
        parts[4].ShouldBe(Verdicts);
    }

    [Fact]
    public void Places_named_inside_an_answer_stay_text()
    {
        var rendered = JudgePrompt.Default.Render(new JudgePair("{second}", "{prompt} {first}", "the other answer"), ShownOrder.AFirst);

        rendered.ShouldContain("\n{second}\n");
        rendered.ShouldContain("\n{prompt} {first}\n");
        rendered.Split("the other answer").Length.ShouldBe(2);
    }

    [Fact]
    public void No_answer_can_close_its_own_fence()
    {
        var text = Gen.String[Gen.Char["<>END OFANSWR 0123456789abcdef\n{}"], 0, 60];

        Gen.Select(text, text, text).Sample((prompt, a, b) =>
        {
            var rendered = JudgePrompt.Default.Render(new JudgePair(prompt, a, b), ShownOrder.BFirst);

            var code = rendered.Split("with the code ")[1][..16];
            (prompt + a + b).ShouldNotContain(code);
            rendered.Split($"<<END OF ANSWER A {code}>>").Length.ShouldBe(2);
            rendered.Split($"<<END OF ANSWER B {code}>>").Length.ShouldBe(2);
        });
    }

    [Fact]
    public void A_template_that_cannot_work_is_refused_with_every_reason()
    {
        JudgePrompt.TryParse("{prompt} {first} {first} [[A>B]]", out var problems).ShouldBeNull();

        problems.ShouldBe(
        [
            "the judge's prompt has {first} 2 times; it must have it exactly once",
            "the judge's prompt has {second} 0 times; it must have it exactly once",
            "the judge's prompt does not mention the verdict [[B>A]]; without it no answer of the judge can be read",
            "the judge's prompt does not mention the verdict [[A=B]]; without it no answer of the judge can be read",
        ]);
    }

    [Fact]
    public void Braces_that_name_no_place_are_left_alone()
    {
        var template = JudgePrompt.TryParse("{\"json\": {}} {x} {{prompt}} {first}{second}" + Verdicts, out _)!;

        var rendered = template.Render(new JudgePair("p", "a", "b"), ShownOrder.AFirst);

        rendered.ShouldStartWith("{\"json\": {}} {x} {<<PROMPT ");
    }
}
