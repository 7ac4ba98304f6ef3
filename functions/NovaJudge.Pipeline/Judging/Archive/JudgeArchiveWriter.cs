using System.Formats.Tar;
using System.IO.Compression;
using NovaJudge.Pipeline.Metrics;

namespace NovaJudge.Pipeline.Judging.Archive;

/// <summary>
/// Writes an <c>output.tar.gz</c> in the layout of the Nova container, from the verdicts of another judge. Memory is that
/// of a few thousand rows, however many there are; equal rows under equal headers give equal bytes.
/// </summary>
public static class JudgeArchiveWriter
{
    /// <summary>Writes the archive and returns its aggregates.</summary>
    /// <exception cref="ArgumentException">The header's run name cannot be a folder.</exception>
    public static async Task<NovaMetrics> WriteAsync(
        Stream output, JudgeArchiveHeader header, IAsyncEnumerable<JudgedRow> rows, CancellationToken cancellationToken)
    {
        header.Check();
        var results = $"{header.RunName}/{ArchiveNames.ResultsFolder}";
        var details = $"{results}/details/model/{header.Stamp}";
        var tally = new NovaTally();

        await using var gzip = new GZipStream(output, CompressionLevel.Fastest, leaveOpen: true);
        await using var tar = new TarWriter(gzip, TarEntryFormat.Ustar, leaveOpen: true);

        await using var remaining = rows.GetAsyncEnumerator(cancellationToken);
        using var content = new MemoryStream();
        var writer = new DetailsFileWriter();
        for (var part = 0; await writer.WriteAsync(content, remaining, tally, cancellationToken); part++)
        {
            var suffix = part == 0 ? "" : $".part-{part:D5}";
            content.Position = 0;
            await WriteEntryAsync($"{details}/details_{ArchiveNames.Task}_{header.Stamp}{suffix}.parquet", content);
            content.SetLength(0);
        }

        var metrics = tally.ToMetrics();
        using var document = new MemoryStream(ResultsFileWriter.Write(header, metrics).ToArray());
        await WriteEntryAsync($"{results}/results_{header.Stamp}.json", document);
        return metrics;

        Task WriteEntryAsync(string name, Stream data) => tar.WriteEntryAsync(
            new UstarTarEntry(TarEntryType.RegularFile, name)
            {
                DataStream = data,
                ModificationTime = header.Timestamp,
                Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead,
            },
            cancellationToken);
    }
}
