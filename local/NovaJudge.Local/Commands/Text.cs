using Spectre.Console;

namespace NovaJudge.Local.Commands;

/// <summary>Sentences for people, broken where the terminal ends; names in them are never read as markup.</summary>
internal static class Text
{
    public static void Write(string sentence, Style? style = null) => AnsiConsole.Write(new Spectre.Console.Text(sentence + "\n", style));

    /// <summary>What people should look at first.</summary>
    public static void WriteBold(string sentence) => Write(sentence, new Style(decoration: Decoration.Bold));

    /// <summary>What went wrong, to the other stream; whole to a file or another program, broken between words at a terminal.</summary>
    public static void WriteError(string message)
    {
        if (Console.IsErrorRedirected)
        {
            Console.Error.WriteLine(message);
            return;
        }

        AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) }).Write(new Spectre.Console.Text(message + "\n"));
    }

    /// <summary>What qualifies the rest.</summary>
    public static void WriteNote(string sentence) => AnsiConsole.MarkupLine($"[yellow]Note:[/] {Markup.Escape(sentence)}");

    public static string Percent(double share) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{share * 100:0.0}%");

    public static string Range(double low, double high) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{low * 100:0.0}–{high * 100:0.0}%");

    public static string P(double p) => p < 0.001 ? "< 0.001" : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{p:0.000}");

    public static string Count(long count) => count.ToString("N0", System.Globalization.CultureInfo.InvariantCulture);
}
