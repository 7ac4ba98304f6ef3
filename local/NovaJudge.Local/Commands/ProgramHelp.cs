using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Text.RegularExpressions;

namespace NovaJudge.Local.Commands;

/// <summary>The library's help under the name that people type, with each default told once.</summary>
internal sealed partial class ProgramHelp(HelpAction library) : SynchronousCommandLineAction
{
    /// <summary>Puts it in the place of the library's own.</summary>
    public static void Use(RootCommand root)
    {
        if (root.Options.OfType<HelpOption>().FirstOrDefault() is { Action: HelpAction library } help)
        {
            help.Action = new ProgramHelp(library);
        }
    }

    public override int Invoke(ParseResult parseResult)
    {
        var output = parseResult.InvocationConfiguration.Output;
        using var text = new StringWriter { NewLine = output.NewLine };
        parseResult.InvocationConfiguration.Output = text;
        var exitCode = library.Invoke(parseResult);
        parseResult.InvocationConfiguration.Output = output;
        output.Write(Rewrite(text.ToString(), RootCommand.ExecutableName, ProgramName.Value));
        return exitCode;
    }

    /// <param name="help">The library's text.</param>
    /// <param name="executable">What the library calls the program.</param>
    /// <param name="name">What people call it.</param>
    internal static string Rewrite(string help, string executable, string name) => DefaultToldTwice().Replace(
        help.Replace($"\n  {executable} ", $"\n  {name} ", StringComparison.Ordinal), "$1");

    /// <summary>What follows a description that ends with its default; it may stand on lines of its own where the terminal is narrow.</summary>
    [GeneratedRegex(@"(\bDefault:? [^\[\]\n]*(?:\n {10,}[^\[\]\n]*)*?)\s+\[default:[^\]]*\]")]
    private static partial Regex DefaultToldTwice();
}
