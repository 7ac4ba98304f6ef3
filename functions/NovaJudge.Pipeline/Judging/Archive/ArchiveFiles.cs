using System.Formats.Tar;
using System.IO.Compression;

namespace NovaJudge.Pipeline.Judging.Archive;

/// <summary>The files of an archive that matter, held in memory.</summary>
internal sealed record ArchiveFiles(ArchiveFile Results, IReadOnlyList<ArchiveFile> Details)
{
    private const string JudgeAgain = "Judge the run again; if it happens again, look into the archive with tar -tzf.";
    private const string NotOurs = "No judge writes that: find out who put this archive there, delete it and judge the run again.";

    /// <summary>Walks the archive once, to its last byte, so that a truncated or damaged one is noticed.</summary>
    public static async Task<ArchiveFiles> ReadAsync(Stream tarGz, JudgeArchiveLimits limits, CancellationToken cancellationToken)
    {
        var packed = new GuardedStream(tarGz, _ => { });
        try
        {
            await using var gzip = new GZipStream(packed, CompressionMode.Decompress, leaveOpen: true);
            var unpacked = new GuardedStream(gzip, bytes => CheckSize(packed.BytesRead, bytes, limits));
            await using var tar = new TarReader(unpacked, leaveOpen: true);
            var files = await ReadEntriesAsync(tar, limits, cancellationToken);
            await unpacked.CopyToAsync(Stream.Null, cancellationToken);
            return files;
        }
        catch (Exception damage) when (damage is InvalidDataException or EndOfStreamException or FormatException
            or ArgumentException or OverflowException or NotSupportedException)
        {
            var what = packed.BytesRead == 0 ? "it is empty" : $"it is truncated, damaged or no tar.gz ({damage.Message.TrimEnd('.')})";
            throw JudgeOutput.Refused(what, JudgeAgain, damage);
        }
    }

    /// <summary>The details of the judge's task, in the order of their names; none, with a diagnostic, when it is not clear which.</summary>
    public static IReadOnlyList<ArchiveFile> ChooseDetails(ArchiveFiles files, List<string> diagnostics)
    {
        var judges = files.Details.Where(file => file.Name.Contains("judge", StringComparison.OrdinalIgnoreCase)).ToList();
        if (judges.Count < files.Details.Count)
        {
            diagnostics.Add(
                $"The archive holds details of tasks that are not the judge's; they were left aside: "
                + $"{string.Join(", ", files.Details.Except(judges).Select(file => file.Name))}.");
        }

        var folders = judges.GroupBy(file => file.Folder).ToList();
        if (folders.Count > 1)
        {
            // Several attempts in one archive: those of the results file carry its time stamp.
            var stamp = files.Results.Name["results_".Length..^".json".Length];
            var matching = folders.Where(folder => folder.Key.EndsWith('/' + stamp)).ToList();
            if (matching.Count != 1)
            {
                diagnostics.Add(
                    $"The archive holds details in {folders.Count} folders and none or several belong to {files.Results.Name}; the rows were left aside.");
                return [];
            }

            folders = matching;
        }

        if (folders.Count == 0)
        {
            diagnostics.Add("The archive holds no details of single rows (details_*.parquet).");
            return [];
        }

        return [.. folders[0].OrderBy(file => file.Name, StringComparer.Ordinal)];
    }

    private static void CheckSize(long packed, long unpacked, JudgeArchiveLimits limits)
    {
        if (unpacked > limits.UnpackedBytes)
        {
            throw JudgeOutput.Refused($"it unpacks to more than {limits.UnpackedBytes:N0} bytes", NotOurs);
        }

        if (unpacked > limits.RatioFreeBytes && unpacked / limits.Ratio > packed)
        {
            throw JudgeOutput.Refused($"it unpacks to more than {limits.Ratio} times its size, as a decompression bomb does", NotOurs);
        }
    }

    private static async Task<ArchiveFiles> ReadEntriesAsync(TarReader tar, JudgeArchiveLimits limits, CancellationToken cancellationToken)
    {
        var results = new List<ArchiveFile>();
        var details = new List<ArchiveFile>();
        var entries = 0;
        long detailsBytes = 0;
        while (await tar.GetNextEntryAsync(copyData: false, cancellationToken) is { } entry)
        {
            if (++entries > limits.Entries)
            {
                throw JudgeOutput.Refused($"it holds more than {limits.Entries:N0} files", NotOurs);
            }

            if (entry.EntryType is TarEntryType.GlobalExtendedAttributes)
            {
                continue;
            }

            var path = CheckedPath(entry);
            var name = path[(path.LastIndexOf('/') + 1)..];
            if (entry.EntryType == TarEntryType.Directory)
            {
                continue;
            }

            if (ArchiveNames.IsResults(name))
            {
                if (entry.Length > limits.ResultsBytes)
                {
                    throw JudgeOutput.Refused($"{name} is larger than {limits.ResultsBytes:N0} bytes", NotOurs);
                }

                results.Add(await LoadAsync(entry, path, cancellationToken));
            }
            else if (ArchiveNames.IsDetails(name))
            {
                detailsBytes += entry.Length;
                if (detailsBytes > limits.DetailsBytes)
                {
                    throw JudgeOutput.Refused($"its details are larger than {limits.DetailsBytes:N0} bytes", "Judge fewer prompts at once.");
                }

                details.Add(await LoadAsync(entry, path, cancellationToken));
            }
        }

        return results switch
        {
            [var one] => new ArchiveFiles(one, details),
            [] => throw JudgeOutput.Refused("it holds no results_*.json", "The job ended before it wrote its results: read its log, then judge the run again."),
            _ => throw JudgeOutput.Refused(
                $"it holds several results files ({string.Join(", ", results.Select(file => file.Path))}) and nothing says which is this run's",
                "Judge the run again, or pack the archive anew with the right one."),
        };
    }

    private static string CheckedPath(TarEntry entry)
    {
        var path = entry.Name;
        while (path.StartsWith("./", StringComparison.Ordinal))
        {
            path = path[2..];
        }

        if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.ContiguousFile or TarEntryType.Directory))
        {
            throw JudgeOutput.Refused($"\"{Shown(path)}\" is neither a file nor a folder but a {entry.EntryType}", NotOurs);
        }

        if (path.StartsWith('/') || path.Contains('\\', StringComparison.Ordinal) || path.Any(char.IsControl) || path.Split('/').Contains(".."))
        {
            throw JudgeOutput.Refused($"\"{Shown(path)}\" leads out of the archive", NotOurs);
        }

        return path.TrimEnd('/');
    }

    private static string Shown(string path) =>
        new([.. path.Take(200).Select(character => char.IsControl(character) ? '?' : character)]);

    private static async Task<ArchiveFile> LoadAsync(TarEntry entry, string path, CancellationToken cancellationToken)
    {
        var content = new byte[entry.Length];
        if (entry.DataStream is { } data)
        {
            await data.ReadExactlyAsync(content, cancellationToken);
        }

        return new ArchiveFile(path, content);
    }
}

/// <summary>A file of an archive.</summary>
internal sealed record ArchiveFile(string Path, byte[] Content)
{
    public string Name => Path[(Path.LastIndexOf('/') + 1)..];

    public string Folder => Path[..Math.Max(0, Path.LastIndexOf('/'))];
}
