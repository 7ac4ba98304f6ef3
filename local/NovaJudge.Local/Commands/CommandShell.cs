using System.CommandLine;
using NovaJudge.Local.Storage;
using NovaJudge.Pipeline;

namespace NovaJudge.Local.Commands;

/// <summary>What all commands share: how arguments are refused, how errors are told, what exit codes mean.</summary>
internal static class CommandShell
{
    /// <summary>After Ctrl-C a command has this long to end by itself.</summary>
    private static readonly TimeSpan TimeToEnd = TimeSpan.FromMilliseconds(900);

    public static Option<string> StoreOption() => new("--store")
    {
        Description = $"Folder of all runs. Default: {LocalDefaults.Store}, in this folder.",
        HelpName = "DIR",
        DefaultValueFactory = _ => LocalDefaults.Store,
    };

    public static async Task<int> InvokeAsync(RootCommand root, string[] args)
    {
        ProgramHelp.Use(root);
        // An argument that begins with @ is the text of a file to some options; it is never a file of further arguments.
        var result = root.Parse(args.Length == 0 ? ["--help"] : args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (result.Errors.Count > 0)
        {
            foreach (var error in result.Errors)
            {
                await Text.ErrorAsync(error.Message);
            }

            await Text.ErrorAsync($"Try: {ProgramName.Value} {string.Concat(result.CommandResult.Command is RootCommand ? "" : result.CommandResult.Command.Name + " ")}--help");
            return ExitCodes.BadInput;
        }

        return await result.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeToEnd });
    }

    /// <summary>Runs a command's work and turns whatever goes wrong into one message and an exit code.</summary>
    public static async Task<int> GuardAsync(Func<Task<int>> work)
    {
        try
        {
            return await work();
        }
        catch (OperationCanceledException)
        {
            await Text.ErrorAsync("Interrupted. The same command goes on where it was.");
            return ExitCodes.Interrupted;
        }
        catch (PipelineException e)
        {
            await Text.ErrorAsync(e.Message);

            // Only what never started gets here with a ceiling.
            return e.ErrorName is ErrorNames.BadInput or ErrorNames.StoreFailed or ErrorNames.CostCeiling ? ExitCodes.BadInput : ExitCodes.RunFailed;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await Text.ErrorAsync(e.Message);
            return ExitCodes.BadInput;
        }
        catch (Exception e)
        {
            // Nobody foresaw this: the place matters to whoever mends it, but not to whoever ran into it.
            await Text.ErrorAsync(Environment.GetEnvironmentVariable("NOVA_TRACE") is null
                ? $"This should not have happened: {e.Message} ({e.GetType().Name}). Set NOVA_TRACE=1 to see where."
                : e.ToString());
            return ExitCodes.RunFailed;
        }
    }

    /// <summary>The store that a command works on.</summary>
    public static FileObjectStore Store(string folder) => new(folder);
}
