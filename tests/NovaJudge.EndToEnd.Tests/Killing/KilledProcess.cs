using System.Diagnostics;

namespace NovaJudge.EndToEnd.Tests.Killing;

/// <summary>One process of a command, killed with SIGKILL at its kill point if it comes that far.</summary>
internal sealed class KilledProcess(KillPoint? point)
{
    private readonly TaskCompletionSource<Process> _started = new();
    private int _writesBegun;
    private int _writesDone;
    private int _calls;

    /// <summary>Whether it was killed before its end.</summary>
    public bool WasKilled { get; private set; }

    /// <summary>Objects that it wrote.</summary>
    public int Writes => Volatile.Read(ref _writesDone);

    /// <summary>A model's server got a call of this process.</summary>
    public void CallReceived() => Note(KillEvent.CallReceived, ref _calls);

    /// <summary>Runs the command on a store to its end, its own or another.</summary>
    public async Task<NovaResult> RunAsync(string folder, string store, string name, IEnumerable<string> arguments)
    {
        // The store writes each object there first: one folder tells of everything that is written.
        using var watcher = new FileSystemWatcher(Directory.CreateDirectory(Path.Combine(store, ".tmp")).FullName);
        watcher.Created += (_, _) => Note(KillEvent.WriteBegun, ref _writesBegun);
        watcher.Deleted += (_, _) => Note(KillEvent.WriteDone, ref _writesDone);
        watcher.EnableRaisingEvents = true;
        using var process = NovaProcess.Start(folder, [("NOVA_TEST_KEY", name), ("DOTNET_TieredPGO", "0")], arguments);
        _started.SetResult(process);
        var result = await NovaProcess.EndAsync(process);
        WasKilled = IsReached && result.ExitCode is 137 or -1;
        return result;
    }

    private bool IsReached => point is not null && point.Number <= point.Event switch
    {
        KillEvent.CallReceived => Volatile.Read(ref _calls),
        KillEvent.WriteBegun => Volatile.Read(ref _writesBegun),
        _ => Volatile.Read(ref _writesDone),
    };

    private void Note(KillEvent what, ref int count)
    {
        if (Interlocked.Increment(ref count) == point?.Number && what == point.Event)
        {
            _started.Task.Result.Kill();
        }
    }
}
