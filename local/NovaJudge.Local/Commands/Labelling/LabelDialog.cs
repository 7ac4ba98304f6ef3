using NovaJudge.Pipeline.Judging;
using NovaJudge.Pipeline.Metrics.Labelling;
using Spectre.Console;

namespace NovaJudge.Local.Commands.Labelling;

/// <summary>What a person wants.</summary>
internal enum LabelWish
{
    /// <summary>Give the label.</summary>
    Label,

    /// <summary>Pass the prompt over; it comes again next time.</summary>
    Skip,

    /// <summary>Take the last label back.</summary>
    Undo,

    /// <summary>Stop here.</summary>
    Quit,

    /// <summary>Ctrl-C.</summary>
    Interrupt,
}

/// <param name="Wish">What to do.</param>
/// <param name="Label">The label in terms of the models; absent unless one is given.</param>
internal readonly record struct LabelReply(LabelWish Wish, PassVerdict? Label = null);

/// <summary>Shows one prompt with its two answers, in an order that tells nothing, and takes one key.</summary>
internal sealed class LabelDialog(IAnsiConsole console, Func<ConsoleKeyInfo> readKey)
{
    private const int MostCharacters = 6000;

    /// <summary>At the keyboard. Ctrl-C is a key like others: as a signal it would be seen only after the next one.</summary>
    public static LabelDialog AtTerminal() => new(AnsiConsole.Console, () =>
    {
        Console.TreatControlCAsInput = true;
        try
        {
            return Console.ReadKey(intercept: true);
        }
        finally
        {
            Console.TreatControlCAsInput = false;
        }
    });

    /// <summary>Asks until a key means something.</summary>
    /// <param name="item">The prompt and its order.</param>
    /// <param name="pair">Its texts.</param>
    /// <param name="place">Such as "3 of 30".</param>
    public LabelReply Ask(LabelItem item, JudgePair pair, string place)
    {
        var (first, second) = item.Swapped ? (pair.ResponseB, pair.ResponseA) : (pair.ResponseA, pair.ResponseB);
        console.WriteLine();
        console.Write(new Rule($"[bold]{Markup.Escape(place)}[/]").LeftJustified());
        console.Write(new Spectre.Console.Text(Shown(pair.Prompt) + "\n"));
        Answer("1", first);
        Answer("2", second);
        Question();
        while (true)
        {
            var key = readKey();
            if (Meaning(key, item.Swapped) is { } reply)
            {
                console.WriteLine(reply.Wish switch
                {
                    LabelWish.Label => reply.Label == PassVerdict.Tie ? "tie" : $"answer {key.KeyChar}",
                    LabelWish.Interrupt => "",
                    var wish => wish.ToString().ToLowerInvariant(),
                });
                return reply;
            }

            if (!char.IsControl(key.KeyChar) && key.KeyChar != '\0')
            {
                console.WriteLine();
                console.Write(new Spectre.Console.Text($"\"{key.KeyChar}\" means nothing here.\n"));
                Question();
            }
        }
    }

    private static LabelReply? Meaning(ConsoleKeyInfo key, bool swapped)
    {
        if (key is { Key: ConsoleKey.C, Modifiers: ConsoleModifiers.Control } or { KeyChar: '\u0003' })
        {
            return new LabelReply(LabelWish.Interrupt);
        }

        return char.ToLowerInvariant(key.KeyChar) switch
        {
            '1' => new LabelReply(LabelWish.Label, swapped ? PassVerdict.B : PassVerdict.A),
            '2' => new LabelReply(LabelWish.Label, swapped ? PassVerdict.A : PassVerdict.B),
            't' => new LabelReply(LabelWish.Label, PassVerdict.Tie),
            's' => new LabelReply(LabelWish.Skip),
            'u' => new LabelReply(LabelWish.Undo),
            'q' => new LabelReply(LabelWish.Quit),
            _ => null,
        };
    }

    private void Question() => console.Markup("Better: [bold]1[/] or [bold]2[/], [bold]t[/]ie? [bold]s[/]kip, [bold]u[/]ndo, [bold]q[/]uit: ");

    private void Answer(string number, string text) => console.Write(
        new Panel(new Spectre.Console.Text(string.IsNullOrWhiteSpace(text) ? "(empty)" : Shown(text))).Header($" Answer {number} ").Expand());

    /// <summary>Answers are anybody's text: nothing that steers the terminal or turns text around reaches it.</summary>
    private static string Shown(string text)
    {
        var cut = text.Length <= MostCharacters ? text : $"{text[..MostCharacters]}… ({text.Length - MostCharacters} more characters)";
        return new string([.. cut.Where(character => character is '\n' or '\t' || (!char.IsControl(character) && character is not (>= '\u202a' and <= '\u202e' or >= '\u2066' and <= '\u2069')))]);
    }
}
