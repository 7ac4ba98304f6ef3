using System.Text.RegularExpressions;

namespace NovaJudge.Local;

/// <summary>
/// The name by which the program was called, for commands that it tells people to type: <c>./nova</c> from a checkout,
/// <c>nova-judge</c> as a .NET tool.
/// </summary>
internal static partial class ProgramName
{
    /// <summary>Set by the scripts that start the program: the name they were called by.</summary>
    public const string Variable = "NOVA_COMMAND";

    private const string Tool = "nova-judge";

    /// <summary>The name of this process.</summary>
    public static string Value { get; } = Of(Environment.GetEnvironmentVariable(Variable), Environment.ProcessPath, AppContext.BaseDirectory);

    /// <summary>The name, by what is known of a process.</summary>
    /// <param name="calledBy">What a script says; absent: no script.</param>
    /// <param name="processPath">The executable.</param>
    /// <param name="folder">Where the program's files lie.</param>
    public static string Of(string? calledBy, string? processPath, string folder)
    {
        if (calledBy is not null && Typeable.IsMatch(calledBy))
        {
            return calledBy;
        }

        var name = Path.GetFileNameWithoutExtension(processPath?.Replace('\\', '/')) ?? "";
        return name switch
        {
            // A tool of a folder (dotnet tool install without --global) has no executable of its own.
            "dotnet" => folder.Split('/', '\\').Contains(Tool) ? $"dotnet {Tool}" : "dotnet nova.dll",
            _ when Typeable.IsMatch(name) => name,
            _ => "nova",
        };
    }

    /// <summary>Whatever needs no quotes in any shell.</summary>
    [GeneratedRegex(@"^[A-Za-z0-9._~/\\:-]{1,80}\z")]
    private static partial Regex Typeable { get; }
}
