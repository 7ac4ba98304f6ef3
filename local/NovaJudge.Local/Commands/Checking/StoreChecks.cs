using NovaJudge.Local.Storage;

namespace NovaJudge.Local.Commands.Checking;

/// <summary>The folder of the runs: whether it can be written, whether there is room, who works in it. Leaves nothing behind.</summary>
internal static class StoreChecks
{
    private const long LittleRoom = 1_000_000_000;
    private const long NoRoom = 50_000_000;

    public static IReadOnlyList<Diagnosis> Run(FileObjectStore store)
    {
        // A store is made on the first write: until then its nearest parent must let it be made.
        var folder = store.Root;
        while (!Directory.Exists(folder) && !File.Exists(folder) && Path.GetDirectoryName(folder) is { } parent)
        {
            folder = parent;
        }

        if (!Directory.Exists(folder))
        {
            return [Diagnosis.Problem("Store", $"{folder} is a file, so the store {store.Root} cannot be a folder", "Choose another folder: --store DIR")];
        }

        return WriteProblem(folder) is { } problem
            ? [Diagnosis.Problem("Store", $"{store.Root} cannot be written: {problem}", "Choose another folder: --store DIR")]
            : [Diagnosis.Ok("Store", $"{store.Root}, {(Directory.Exists(store.Root) ? "writable" : "will be made on the first run")}"), Room(folder), .. Locks(store)];
    }

    private static string? WriteProblem(string folder)
    {
        var probe = Path.Combine(folder, $".nova-doctor-{Path.GetRandomFileName()}");
        try
        {
            using var file = new FileStream(probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
            file.WriteByte(0);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return e.Message;
        }
    }

    private static Diagnosis Room(string folder)
    {
        try
        {
            var free = new DriveInfo(folder).AvailableFreeSpace;
            var text = $"{free / 1e9:0.0} GB free";
            return free < NoRoom ? Diagnosis.Problem("Free space", text, "Make room, or choose another folder: --store DIR")
                : free < LittleRoom ? Diagnosis.Warning("Free space", $"{text}; 100,000 prompts take about 0.5 GB", "Make room before a large run.")
                : Diagnosis.Ok("Free space", text);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return Diagnosis.NotChecked("Free space", e.Message);
        }
    }

    private static IEnumerable<Diagnosis> Locks(FileObjectStore store)
    {
        var folder = Path.Combine(store.Root, ".locks");
        foreach (var file in Directory.Exists(folder) ? Directory.GetFiles(folder, "*.lock") : [])
        {
            var run = Path.GetFileNameWithoutExtension(file);
            yield return IsHeld(file)
                ? Diagnosis.Warning("Lock", $"run {run} is being worked on by another process", $"Wait for it before you resume or remove run {run}.")
                : Diagnosis.Ok("Lock", $"run {run} was cut off and can be resumed");
        }
    }

    private static bool IsHeld(string file)
    {
        try
        {
            using var opened = new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return false;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return File.Exists(file);
        }
    }
}
