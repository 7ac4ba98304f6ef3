using System.Formats.Tar;
using System.IO.Compression;
using NovaJudge.Pipeline.Judging.Archive;
using static NovaJudge.Pipeline.Tests.Judging.Archive.ArchiveFixture;

namespace NovaJudge.Pipeline.Tests.Judging.Archive;

public class HostileArchiveTests
{
    [Theory]
    [InlineData("../results_1.json")]
    [InlineData("run/../../results_1.json")]
    [InlineData("/etc/results_1.json")]
    [InlineData("run\\..\\results_1.json")]
    [InlineData("run/a\u0085b")]
    public async Task Paths_that_lead_out_are_refused(string path)
    {
        var refusal = await RefusalAsync(Pack((ResultsPath, Bytes(PublicResults)), (path, [1])));

        refusal.Message.ShouldContain("leads out of the archive");
        refusal.Message.ShouldNotContain("\n");
    }

    [Theory]
    [InlineData(TarEntryType.SymbolicLink)]
    [InlineData(TarEntryType.HardLink)]
    [InlineData(TarEntryType.Fifo)]
    [InlineData(TarEntryType.CharacterDevice)]
    public async Task Links_and_devices_are_refused(TarEntryType type)
    {
        var entry = new PaxTarEntry(type, "run/eval_results/results_1.json");
        if (type is TarEntryType.SymbolicLink or TarEntryType.HardLink)
        {
            entry.LinkName = "/etc/passwd";
        }

        var refusal = await RefusalAsync(PackEntries(entry));

        refusal.Message.ShouldContain(type.ToString());
    }

    [Fact]
    public async Task A_decompression_bomb_is_refused_before_it_is_unpacked()
    {
        var bomb = Pack(("zeros", new byte[64 << 20]), (ResultsPath, Bytes(PublicResults)));

        var refusal = await RefusalAsync(bomb);

        refusal.Message.ShouldContain("bomb");
    }

    [Fact]
    public async Task An_archive_beyond_the_size_limit_is_refused()
    {
        var large = Pack((ResultsPath, Bytes(PublicResults)), ("noise", Noise(100_000)));

        var refusal = await RefusalAsync(large, new JudgeArchiveLimits { UnpackedBytes = 50_000 });

        refusal.Message.ShouldContain("more than 50,000 bytes");
    }

    [Fact]
    public async Task More_files_than_the_limit_are_refused()
    {
        var many = Pack([.. Enumerable.Range(0, 20).Select(index => ($"file{index}", Array.Empty<byte>()))]);

        var refusal = await RefusalAsync(many, new JudgeArchiveLimits { Entries = 10 });

        refusal.Message.ShouldContain("more than 10 files");
    }

    [Fact]
    public async Task Results_and_details_beyond_their_limits_are_refused()
    {
        var archive = Pack((ResultsPath, Bytes(PublicResults)), (DetailsPath, Noise(1000)));

        (await RefusalAsync(archive, new JudgeArchiveLimits { ResultsBytes = 100 })).Message.ShouldContain("larger than 100 bytes");
        (await RefusalAsync(archive, new JudgeArchiveLimits { DetailsBytes = 999 })).Message.ShouldContain("larger than 999 bytes");
    }

    [Fact]
    public async Task A_details_file_with_too_many_rows_or_too_much_in_a_column_costs_the_rows()
    {
        var details = await DetailsFixture.TextAsync(("example", [.. Enumerable.Repeat("same", 1000)]), ("metrics", [.. Enumerable.Repeat("{}", 1000)]));
        var archive = DetailsFixture.Packed(DetailsFixture.Counts(1, 1), details);

        (await ReadAsync(archive, new JudgeArchiveLimits { Rows = 999 })).Diagnostics.ShouldHaveSingleItem().ShouldContain("more than 999 rows");
        (await ReadAsync(archive, new JudgeArchiveLimits { ColumnBytes = 10 })).Diagnostics.ShouldHaveSingleItem().ShouldContain("column example");
    }

    [Fact]
    public async Task Several_results_files_are_refused_by_name()
    {
        var second = ResultsPath.Replace("2025", "2024", StringComparison.Ordinal);

        var refusal = await RefusalAsync(Pack((ResultsPath, Bytes(PublicResults)), (second, Bytes(PublicResults))));

        refusal.Message.ShouldContain(ResultsPath);
        refusal.Message.ShouldContain(second);
    }

    [Fact]
    public async Task An_archive_without_results_is_refused()
    {
        var refusal = await RefusalAsync(Pack(("run/eval_results/readme.txt", [1])));

        refusal.Message.ShouldContain("no results_*.json");
        refusal.Message.ShouldContain("log");
    }

    [Fact]
    public async Task A_truncated_archive_is_refused_wherever_it_ends()
    {
        var whole = Pack((ResultsPath, Bytes(PublicResults)), ("noise", Noise(20_000)));

        for (var length = 0; length < whole.Length; length += length < 64 || length > whole.Length - 64 ? 1 : 997)
        {
            var refusal = await RefusalAsync(whole[..length]);
            refusal.Message.ShouldContain("Judge the run again");
        }
    }

    [Fact]
    public async Task A_flipped_byte_never_gives_anything_but_the_archive_or_a_refusal()
    {
        var details = await DetailsFixture.TextAsync(("example", ["Who?"]), ("metrics", [DetailsFixture.Dict("[[A>B]]", "[[B>A]]", 2, 0)]));
        var whole = DetailsFixture.Packed(DetailsFixture.Counts(2, 0), details);

        for (var index = 0; index < whole.Length; index++)
        {
            var damaged = whole.ToArray();
            damaged[index] ^= 0x11;
            try
            {
                var archive = await ReadAsync(damaged);
                await RowsAsync(archive);
            }
            catch (PipelineException refusal)
            {
                refusal.ErrorName.ShouldBe(ErrorNames.JudgeOutput);
            }
        }
    }

    [Fact]
    public async Task A_flipped_byte_inside_the_details_never_gives_anything_but_rows_or_a_refusal()
    {
        var details = await DetailsFixture.TextAsync(("example", ["Who?", "What?"]), ("metrics", [DetailsFixture.Dict("[[A>B]]", "[[B>A]]", 2, 0), "{}"]));

        for (var index = 0; index < details.Length; index++)
        {
            foreach (var mask in new byte[] { 0x01, 0x0f, 0x10, 0x55, 0x80, 0xff })
            {
                var damaged = details.ToArray();
                damaged[index] ^= mask;
                try
                {
                    await RowsAsync(await ReadAsync(DetailsFixture.Packed(DetailsFixture.Counts(2, 0), damaged)));
                }
                catch (PipelineException refusal)
                {
                    refusal.ErrorName.ShouldBe(ErrorNames.JudgeOutput);
                }
            }
        }
    }

    [Fact]
    public async Task What_is_no_archive_is_refused()
    {
        (await RefusalAsync(Bytes("<html>Access denied</html>"))).Message.ShouldContain("no tar.gz");
        (await RefusalAsync([])).Message.ShouldContain("empty");
        (await RefusalAsync(Gzip(Noise(2000)))).Message.ShouldContain("no tar.gz");
    }

    [Fact]
    public async Task Cancelling_stops_the_reading()
    {
        using var stream = new MemoryStream(Pack((ResultsPath, Bytes(PublicResults))));

        await Should.ThrowAsync<OperationCanceledException>(() =>
            JudgeArchiveReader.ReadAsync(stream, JudgeArchiveLimits.Default, new CancellationToken(canceled: true)));
    }

    private static byte[] Noise(int length)
    {
        var noise = new byte[length];
        new Random(7).NextBytes(noise);
        return noise;
    }

    private static byte[] Gzip(byte[] content)
    {
        using var output = new MemoryStream();
        using (var gzip = new GZipStream(output, CompressionLevel.Fastest))
        {
            gzip.Write(content);
        }

        return output.ToArray();
    }
}
