using NovaJudge.Pipeline.Judging;
using NovaJudge.Pipeline.Metrics.Labelling;
using Spectre.Console;

namespace NovaJudge.Local.Commands.Labelling;

/// <summary>Shows one prompt with its two answers, in an order that tells nothing, and takes one key.</summary>
internal static class LabelDialog
{
    private const int MostCharacters = 6000;

    /// <summary>The label in terms of the models; <c>null</c> to pass the prompt over.</summary>
    /// <param name="item">The prompt and its order.</param>
    /// <param name="pair">Its texts.</param>
    /// <param name="place">Such as "3 of 30".</param>
    /// <param name="quit">Set when the person wants to stop.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    public static PassVerdict? Ask(LabelItem item, JudgePair pair, string place, out bool quit, CancellationToken cancellationToken)
    {
        var (first, second) = item.Swapped ? (pair.ResponseB, pair.ResponseA) : (pair.ResponseA, pair.ResponseB);
        AnsiConsole.WriteLine();
        AnsiConsole.Write(new Rule($"[bold]{Markup.Escape(place)}[/]").LeftJustified());
        AnsiConsole.WriteLine(Shown(pair.Prompt));
        Answer("1", first);
        Answer("2", second);
        AnsiConsole.Markup("Which answer is better? [bold]1[/], [bold]2[/], [bold]t[/]ie, [bold]s[/]kip, [bold]q[/]uit: ");
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var key = char.ToLowerInvariant(Console.ReadKey(intercept: true).KeyChar);
            quit = key == 'q';
            if (key is '1' or '2' or 't' or 's' or 'q')
            {
                Console.WriteLine(key);
                return key switch
                {
                    '1' => item.Swapped ? PassVerdict.B : PassVerdict.A,
                    '2' => item.Swapped ? PassVerdict.A : PassVerdict.B,
                    't' => PassVerdict.Tie,
                    _ => null,
                };
            }
        }
    }

    private static void Answer(string number, string text) => AnsiConsole.Write(
        new Panel(new Spectre.Console.Text(string.IsNullOrWhiteSpace(text) ? "(empty)" : Shown(text))).Header($" Answer {number} ").Expand());

    /// <summary>Answers are anybody's text: no control character reaches the terminal.</summary>
    private static string Shown(string text)
    {
        var cut = text.Length <= MostCharacters ? text : $"{text[..MostCharacters]}… ({text.Length - MostCharacters} more characters)";
        return new string([.. cut.Where(character => !char.IsControl(character) || character is '\n' or '\t')]);
    }
}
