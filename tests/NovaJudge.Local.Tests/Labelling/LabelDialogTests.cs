using System.Text;
using NovaJudge.Local.Commands.Labelling;
using NovaJudge.Pipeline.Judging;
using NovaJudge.Pipeline.Metrics.Labelling;
using Spectre.Console;

namespace NovaJudge.Local.Tests.Labelling;

public sealed class LabelDialogTests
{
    private readonly StringBuilder _shown = new();

    [Theory]
    [InlineData("1", false, PassVerdict.A)]
    [InlineData("1", true, PassVerdict.B)]
    [InlineData("2", false, PassVerdict.B)]
    [InlineData("2", true, PassVerdict.A)]
    [InlineData("T", true, PassVerdict.Tie)]
    public void A_key_is_a_label_in_terms_of_the_models_whatever_the_order(string key, bool swapped, PassVerdict label)
    {
        Ask(key, swapped).ShouldBe(new LabelReply(LabelWish.Label, label));
    }

    [Theory]
    [InlineData("s", nameof(LabelWish.Skip))]
    [InlineData("u", nameof(LabelWish.Undo))]
    [InlineData("Q", nameof(LabelWish.Quit))]
    [InlineData("\u0003", nameof(LabelWish.Interrupt))]
    public void A_key_that_gives_no_label_says_what_to_do(string key, string wish)
    {
        Ask(key).ShouldBe(new LabelReply(Enum.Parse<LabelWish>(wish)));
    }

    [Fact]
    public void Other_keys_are_told_so_and_asked_again()
    {
        Ask("xÄ\0\u001b2").ShouldBe(new LabelReply(LabelWish.Label, PassVerdict.B));

        _shown.ToString().ShouldContain("\"x\" means nothing here.");
        _shown.ToString().ShouldContain("\"Ä\" means nothing here.");
        _shown.ToString().Split("means nothing").Length.ShouldBe(3, "keys without a sign are passed over in silence");
    }

    [Fact]
    public void The_answers_stand_in_the_order_of_the_plan_and_no_model_is_named()
    {
        Ask("t", swapped: true);

        var text = _shown.ToString();
        text.IndexOf("from b", StringComparison.Ordinal).ShouldBeLessThan(text.IndexOf("from a", StringComparison.Ordinal));
        text.ShouldContain("3 of 30");
        text.ShouldNotContain("odel");
    }

    [Fact]
    public void Nothing_that_steers_the_terminal_or_turns_text_around_is_shown()
    {
        Ask("t", prompt: "\u001b[2J\u001b]0;title\a red\u202egpj \u2066x [bold]markup[/] \u009b31m");

        _shown.ToString().ShouldContain("[2J]0;title redgpj x [bold]markup[/] 31m");
    }

    [Fact]
    public void Lines_keep_to_the_width_of_the_terminal()
    {
        Ask("t", prompt: string.Concat(Enumerable.Repeat("word ", 300)));

        _shown.ToString().Split('\n').ShouldAllBe(line => line.Length <= 80);
    }

    private LabelReply Ask(string keys, bool swapped = false, string prompt = "Which one?")
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Out = new AnsiConsoleOutput(new StringWriter(_shown)) });
        console.Profile.Width = 80;
        var waiting = new Queue<char>(keys);
        var dialog = new LabelDialog(console, () => new ConsoleKeyInfo(waiting.Dequeue(), ConsoleKey.None, false, false, false));
        return dialog.Ask(new LabelItem("q1", swapped), new JudgePair(prompt, "from a", "from b"), "3 of 30");
    }
}
