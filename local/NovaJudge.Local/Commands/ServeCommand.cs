using System.CommandLine;
using NovaJudge.Local.Serving;
using NovaJudge.Local.Storage;

namespace NovaJudge.Local.Commands;

/// <summary><c>nova serve</c>: the runs of a store in the browser, on this machine only.</summary>
internal static class ServeCommand
{
    private const int DefaultPort = 8484;

    public static Command Create()
    {
        var store = CommandShell.StoreOption();
        var port = new Option<int>("--port")
        {
            Description = $"Port on 127.0.0.1; 0: any free one. Default: {DefaultPort}.",
            HelpName = "N",
            DefaultValueFactory = _ => DefaultPort,
        };
        port.Validators.Add(result =>
        {
            // What is no number at all is refused by the parser; asking for its value here would throw.
            if (result.Tokens is [var given] && int.TryParse(given.Value, out var number) && number is (< 0 or > 65535))
            {
                result.AddError($"--port {number}: a port is a number from 0 to 65535.");
            }
        });
        var command = new Command("serve", "Show the runs of a store in the browser: read-only, on this machine only. Ctrl-C ends it.") { store, port };
        command.SetAction((result, cancellationToken) =>
            CommandShell.GuardAsync(() => ServeAsync(CommandShell.Store(result.GetValue(store)!), result.GetValue(port), cancellationToken)));
        return command;
    }

    private static async Task<int> ServeAsync(FileObjectStore store, int port, CancellationToken cancellationToken)
    {
        await using var server = await StoreServer.StartAsync(store, port, cancellationToken);
        Console.WriteLine($"Serving {store.Root} at {server.Address} (Ctrl-C ends it)");
        var end = new TaskCompletionSource();
        await using (cancellationToken.Register(end.SetResult))
        {
            await end.Task;
        }

        return ExitCodes.Done;
    }
}
