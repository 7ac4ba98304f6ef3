using NovaJudge.Pipeline;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Local.Storage;

/// <summary>
/// Keeps two processes from working on one run. The operating system lets go of it when the process ends, however it ends;
/// the file stays behind then, and tells the next process that the last one was cut off.
/// </summary>
public sealed class RunLock : IDisposable
{
    private readonly FileStream _file;

    private RunLock(FileStream file, bool wasLeftBehind) => (_file, WasLeftBehind) = (file, wasLeftBehind);

    /// <summary>Whether the process that had the run before was cut off, rather than done with it.</summary>
    public bool WasLeftBehind { get; }

    /// <exception cref="PipelineException"><see cref="ErrorNames.BadInput"/>: another process has the run, or the store cannot be written.</exception>
    public static RunLock Take(FileObjectStore store, RunId runId)
    {
        var path = PathOf(store, runId);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            store.RemoveAbandonedWrites();
            while (true)
            {
                var wasLeftBehind = File.Exists(path);
                var file = Open(path, runId);
                if (OperatingSystem.IsWindows() || IsStillAt(path, file))
                {
                    return new RunLock(file, wasLeftBehind);
                }

                file.Dispose();
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw PipelineException.BadInput($"The store {store.Root} cannot be written: {e.Message} Choose another folder with --store.");
        }
    }

    /// <summary>Whether a process has the run, or was cut off while it had it.</summary>
    public static bool IsTakenOrLeftBehind(FileObjectStore store, RunId runId) => File.Exists(PathOf(store, runId));

    public void Dispose()
    {
        if (!OperatingSystem.IsWindows())
        {
            try
            {
                // Before it is let go of, or it could be the next process's.
                File.Delete(_file.Name);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // The store is gone or cannot be written any more; the lock ends with the process all the same.
            }
        }

        _file.Dispose();
    }

    private static string PathOf(FileObjectStore store, RunId runId) => Path.Combine(store.Root, ".locks", $"{runId}.lock");

    private static FileStream Open(string path, RunId runId)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, OperatingSystem.IsWindows() ? FileOptions.DeleteOnClose : FileOptions.None);
        }
        catch (IOException e) when (e is not DirectoryNotFoundException && File.Exists(path))
        {
            throw PipelineException.BadInput($"Run {runId} is being worked on by another process. Wait for it, or start another run with --run-id.");
        }
    }

    /// <summary>
    /// A process that ends deletes the file. One that opened it just before has a lock on nothing then, which a time that nobody else would
    /// set tells; reading the file by its name would ask for a lock.
    /// </summary>
    private static bool IsStillAt(string path, FileStream file)
    {
        File.SetLastWriteTimeUtc(file.SafeFileHandle, DateTime.UnixEpoch.AddSeconds(2 * (long)Random.Shared.Next()));
        return File.Exists(path) && File.GetLastWriteTimeUtc(path) == File.GetLastWriteTimeUtc(file.SafeFileHandle);
    }
}
