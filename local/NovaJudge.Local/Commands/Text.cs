using Spectre.Console;

namespace NovaJudge.Local.Commands;

/// <summary>Sentences for people, broken where the terminal ends; names in them are never read as markup.</summary>
internal static class Text
{
    public static void Write(string sentence, Style? style = null) => AnsiConsole.Write(new Spectre.Console.Text(Printable(sentence) + "\n", style));

    /// <summary>A sentence about what went wrong, on standard error: whole to a file or another program, broken between words at a terminal.</summary>
    public static async Task ErrorAsync(string? sentence)
    {
        var printable = Printable(sentence ?? "");
        if (Console.IsErrorRedirected)
        {
            await Console.Error.WriteLineAsync(printable);
            return;
        }

        AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) }).Write(new Spectre.Console.Text(printable + "\n"));
    }

    /// <summary>
    /// A text without what a terminal obeys: messages hold what servers and files say, and those may clear the screen, rename the
    /// window or turn the line around.
    /// </summary>
    public static string Printable(string text) =>
        text.Any(IsObeyed) ? string.Create(text.Length, text, static (line, text) =>
        {
            for (var i = 0; i < line.Length; i++)
            {
                line[i] = IsObeyed(text[i]) ? '\uFFFD' : text[i];
            }
        })
        : text;

    private static bool IsObeyed(char character) =>
        (char.IsControl(character) && character is not ('\n' or '\r' or '\t')) || character is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');

    /// <summary>What people should look at first.</summary>
    public static void WriteBold(string sentence) => Write(sentence, new Style(decoration: Decoration.Bold));

    /// <summary>What qualifies the rest.</summary>
    public static void WriteNote(string sentence) => AnsiConsole.MarkupLine($"[yellow]Note:[/] {Markup.Escape(Printable(sentence))}");

    public static string Percent(double share) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{share * 100:0.0}%");

    public static string Range(double low, double high) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{low * 100:0.0}–{high * 100:0.0}%");

    public static string P(double p) => p < 0.001 ? "< 0.001" : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{p:0.000}");

    public static string Count(long count) => count.ToString("N0", System.Globalization.CultureInfo.InvariantCulture);
}
