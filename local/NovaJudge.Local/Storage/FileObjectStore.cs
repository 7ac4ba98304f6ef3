using System.Runtime.CompilerServices;
using NovaJudge.Pipeline;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Local.Storage;

/// <summary>
/// Objects as files under one folder. A write goes to a temporary file in the store's own <c>.tmp</c> folder and
/// is moved into place when complete, so that nothing half-written ever carries an object's name.
/// </summary>
public sealed class FileObjectStore : IObjectStore
{
    private readonly string _root;
    private readonly string _temporary;
    private readonly string _writer = $"{Environment.ProcessId}-{Path.GetRandomFileName()}";
    private long _writes;

    /// <param name="root">The folder; made on the first write.</param>
    public FileObjectStore(string root)
    {
        _root = Path.GetFullPath(root);
        _temporary = Path.Combine(_root, ".tmp");
    }

    /// <summary>The folder of the store.</summary>
    public string Root => _root;

    /// <summary>Where an object lies, or would lie.</summary>
    public string PathOf(ObjectKey key) => Path.Combine(_root, key.Value.Replace('/', Path.DirectorySeparatorChar));

    public Task<Stream?> OpenReadAsync(ObjectKey key, CancellationToken cancellationToken) =>
        Guarded(key, () => Task.FromResult<Stream?>(Open(key)));

    public Task<Stream?> OpenReadAsync(ObjectKey key, long offset, long length, CancellationToken cancellationToken) =>
        Guarded(key, async () =>
        {
            var file = Open(key);
            if (file is null)
            {
                return null;
            }

            await using (file)
            {
                file.Position = offset;
                var content = new byte[Math.Min(length, Math.Max(0, file.Length - offset))];
                await file.ReadExactlyAsync(content, cancellationToken);
                return (Stream?)new MemoryStream(content, writable: false);
            }
        });

    public Task<bool> WriteAsync(
        ObjectKey key, Func<Stream, CancellationToken, Task> write, PutCondition condition, CancellationToken cancellationToken) =>
        Guarded(key, async () =>
        {
            var path = PathOf(key);
            if (condition == PutCondition.IfAbsent && File.Exists(path))
            {
                return false;
            }

            var temporary = Path.Combine(_temporary, $"{_writer}-{Interlocked.Increment(ref _writes):x}");
            var isLeft = false;
            try
            {
                using (var file = InFolder(temporary, () => new DirectFileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None)))
                {
                    isLeft = true;
                    await write(file, cancellationToken);
                }

                isLeft = !Move(temporary, path, condition);
                return !isLeft;
            }
            finally
            {
                if (isLeft)
                {
                    File.Delete(temporary);
                }
            }
        });

    public Task<ObjectInfo?> FindAsync(ObjectKey key, CancellationToken cancellationToken) =>
        Guarded(key, () =>
        {
            var file = new FileInfo(PathOf(key));
            return Task.FromResult(file.Exists ? new ObjectInfo(key, file.Length) : null);
        });

    public async IAsyncEnumerable<ObjectInfo> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        string[] keys;
        while (!TryListKeys(prefix, out keys))
        {
            // A folder went away with its last object: what is left is looked at again.
        }

        foreach (var key in keys.Select(ObjectKey.Parse))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (await FindAsync(key, cancellationToken) is { } info)
            {
                yield return info;
            }
        }
    }

    private bool TryListKeys(string prefix, out string[] keys)
    {
        var slash = prefix.LastIndexOf('/');
        var folder = Path.Combine(_root, slash < 0 ? "" : prefix[..slash].Replace('/', Path.DirectorySeparatorChar));
        keys = [];
        try
        {
            if (Directory.Exists(folder))
            {
                keys = [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
                    .Where(file => !file.StartsWith(_temporary, StringComparison.Ordinal))
                    .Select(file => Path.GetRelativePath(_root, file).Replace(Path.DirectorySeparatorChar, '/'))
                    .Where(key => key.StartsWith(prefix, StringComparison.Ordinal))
                    .Order(StringComparer.Ordinal)];
            }

            return true;
        }
        catch (DirectoryNotFoundException)
        {
            return false;
        }
    }

    public Task DeleteAsync(ObjectKey key, CancellationToken cancellationToken) =>
        Guarded(key, () =>
        {
            var path = PathOf(key);
            try
            {
                if (File.Exists(path))
                {
                    File.Delete(path);
                    RemoveEmptyFolders(Path.GetDirectoryName(path)!);
                }
            }
            catch (DirectoryNotFoundException)
            {
                // Somebody else has deleted it, and its folder.
            }

            return Task.FromResult(true);
        });

    private DirectFileStream? Open(ObjectKey key)
    {
        try
        {
            return new DirectFileStream(PathOf(key), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Removes what processes that are gone were writing when they ended.</summary>
    public void RemoveAbandonedWrites()
    {
        foreach (var file in Directory.Exists(_temporary) ? Directory.GetFiles(_temporary) : [])
        {
            if (int.TryParse(Path.GetFileName(file).Split('-')[0], out var process) && process != Environment.ProcessId && !IsAlive(process))
            {
                File.Delete(file);
            }
        }
    }

    private static bool IsAlive(int process)
    {
        try
        {
            using var found = System.Diagnostics.Process.GetProcessById(process);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static bool Move(string temporary, string path, PutCondition condition) => InFolder(path, () =>
    {
        if (condition == PutCondition.IfAbsent)
        {
            return ExclusiveMove.TryMove(temporary, path);
        }

        File.Move(temporary, path, overwrite: true);
        return true;
    });

    /// <summary>
    /// Makes the folder only where it is missing: of thousands of writes one finds it so. Once more, then, while somebody tidies
    /// the empty folder away between the two calls.
    /// </summary>
    private static T InFolder<T>(string path, Func<T> act)
    {
        const int Most = 20;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return act();
            }
            catch (Exception e) when (attempt < Most && e is (DirectoryNotFoundException or FileNotFoundException))
            {
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            }
        }
    }

    /// <summary>Keys have no folders; an empty one would only be left behind to differ from run to run.</summary>
    private void RemoveEmptyFolders(string folder)
    {
        try
        {
            while (folder.Length > _root.Length && !Directory.EnumerateFileSystemEntries(folder).Any())
            {
                Directory.Delete(folder);
                folder = Path.GetDirectoryName(folder)!;
            }
        }
        catch (IOException)
        {
            // Somebody wrote into the folder meanwhile: it is not empty, so it stays.
        }
    }

    private async Task<T> Guarded<T>(ObjectKey key, Func<Task<T>> act)
    {
        try
        {
            return await act();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PipelineException(ErrorNames.StoreFailed, $"The store {_root} refused {key}: {e.Message}", e);
        }
    }
}
