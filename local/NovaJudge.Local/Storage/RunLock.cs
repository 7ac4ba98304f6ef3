using NovaJudge.Pipeline;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Local.Storage;

/// <summary>Keeps two processes from working on one run. The operating system lets go of it when the process ends, however it ends.</summary>
public sealed class RunLock : IDisposable
{
    private readonly FileStream _file;

    private RunLock(FileStream file) => _file = file;

    /// <exception cref="PipelineException"><see cref="ErrorNames.BadInput"/>: another process has the run, or the store cannot be written.</exception>
    public static RunLock Take(FileObjectStore store, RunId runId)
    {
        var path = Path.Combine(store.Root, ".locks", $"{runId}.lock");
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw PipelineException.BadInput($"The store {store.Root} cannot be written: {e.Message} Choose another folder with --store.");
        }

        store.RemoveAbandonedWrites();
        try
        {
            return new RunLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose));
        }
        catch (UnauthorizedAccessException e)
        {
            throw PipelineException.BadInput($"The store {store.Root} cannot be written: {e.Message} Choose another folder with --store.");
        }
        catch (IOException)
        {
            throw PipelineException.BadInput($"Run {runId} is being worked on by another process. Wait for it, or start another run with --run-id.");
        }
    }

    public void Dispose() => _file.Dispose();
}
