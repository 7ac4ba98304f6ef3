using System.CommandLine;
using NovaJudge.Pipeline;

namespace NovaJudge.Local.Commands;

/// <summary>Commands of the script <c>./nova</c>, which takes them before this program is asked: here, as a .NET tool, there is no repository to work on.</summary>
internal static class RepositoryCommands
{
    private static readonly string[] Names = ["test", "bench", "native", "publish", "synth", "deploy"];

    public static IEnumerable<Command> Create() => Names.Select(name =>
    {
        var command = new Command(name, "Needs a checkout of the repository.") { Hidden = true, TreatUnmatchedTokensAsErrors = false };
        command.SetAction((_, _) => CommandShell.GuardAsync(() =>
            throw PipelineException.BadInput($"\"{name}\" needs a checkout of the repository and is no part of the tool; there it is: ./nova {name}")));
        return command;
    });
}
