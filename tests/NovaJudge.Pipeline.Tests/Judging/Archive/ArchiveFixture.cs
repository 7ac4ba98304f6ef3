using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using NovaJudge.Pipeline.Judging;
using NovaJudge.Pipeline.Judging.Archive;

namespace NovaJudge.Pipeline.Tests.Judging.Archive;

/// <summary>Packs archives, the container's or worse, for the reader to read.</summary>
internal static class ArchiveFixture
{
    public const string Stamp = "2025-06-26T22-02-09.817675";
    public const string ResultsPath = $"nova-run/eval_results/results_{Stamp}.json";
    public const string DetailsPath = $"nova-run/eval_results/details/model/{Stamp}/details_custom|llm_judge_judge|0_{Stamp}.parquet";

    /// <summary>The numbers of the public example, under both names.</summary>
    public const string PublicResults = """
        {"config_general":{"model_name":"nova"},"results":{"custom|llm_judge_judge|0":{"a_scores":16.0,"b_scores":10.0,"ties":0.0,"inference_error":0.0},
        "all":{"a_scores":16.0,"a_scores_stderr":0.03,"b_scores":10.0,"b_scores_stderr":0.09,"ties":0.0,"ties_stderr":0.0,"inference_error":0.0,
        "inference_error_stderr":0.0,"score":10.0,"score_stderr":0.09,"winrate":0.38,"lower_rate":0.23,"upper_rate":0.56}},"versions":{}}
        """;

    public static JudgeArchiveHeader Header { get; } = new()
    {
        RunName = "nova-run",
        Timestamp = new DateTimeOffset(2025, 6, 26, 22, 2, 9, TimeSpan.Zero).AddMicroseconds(817675),
        JudgeName = "embedded:token-f1",
        Marker = JudgeArchiveHeader.LocalJudgeMarker,
    };

    public static byte[] Pack(params (string Path, byte[] Content)[] files) =>
        PackEntries([.. files.Select(file => Entry(file.Path, file.Content))]);

    public static byte[] PackEntries(params TarEntry[] entries)
    {
        using var output = new MemoryStream();
        using (var gzip = new GZipStream(output, CompressionLevel.Optimal, leaveOpen: true))
        using (var tar = new TarWriter(gzip, TarEntryFormat.Pax))
        {
            foreach (var entry in entries)
            {
                tar.WriteEntry(entry);
            }
        }

        return output.ToArray();
    }

    public static TarEntry Entry(string path, byte[] content) =>
        new PaxTarEntry(TarEntryType.RegularFile, path) { DataStream = new MemoryStream(content) };

    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    public static async Task<byte[]> WriteAsync(IEnumerable<JudgedRow> rows)
    {
        using var output = new MemoryStream();
        await JudgeArchiveWriter.WriteAsync(output, Header, rows.ToAsyncEnumerable(), TestContext.Current.CancellationToken);
        return output.ToArray();
    }

    public static async Task<JudgeArchive> ReadAsync(byte[] archive, JudgeArchiveLimits? limits = null)
    {
        using var stream = new MemoryStream(archive);
        return await JudgeArchiveReader.ReadAsync(stream, limits ?? JudgeArchiveLimits.Default, TestContext.Current.CancellationToken);
    }

    public static async Task<List<JudgeArchiveRow>> RowsAsync(JudgeArchive archive) =>
        await archive.ReadRowsAsync(TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);

    public static async Task<PipelineException> RefusalAsync(byte[] archive, JudgeArchiveLimits? limits = null)
    {
        var refusal = await Should.ThrowAsync<PipelineException>(() => ReadAsync(archive, limits));
        refusal.ErrorName.ShouldBe(ErrorNames.JudgeOutput);
        return refusal;
    }

    public static JudgedRow Row(string prompt, PassVerdict forward, PassVerdict backward) =>
        new() { Prompt = prompt, Forward = forward, Backward = backward };
}
