using System.Formats.Tar;
using System.IO.Compression;
using System.Text.Json;
using NovaJudge.Pipeline.Judging;
using NovaJudge.Pipeline.Judging.Archive;
using static NovaJudge.Pipeline.Tests.Judging.Archive.ArchiveFixture;

namespace NovaJudge.Pipeline.Tests.Judging.Archive;

public class JudgeArchiveWriterTests
{
    private static readonly JudgedRow[] Rows =
    [
        Row("Who?", PassVerdict.A, PassVerdict.A),
        Row("What?", PassVerdict.B, PassVerdict.A) with { ForwardText = "It's 'B'\n[[B>A]]", BackwardText = "[[B>A]]" },
        Row("Où? 何? 🙂", PassVerdict.Tie, PassVerdict.Unreadable),
    ];

    [Fact]
    public async Task What_is_written_is_read_back()
    {
        var archive = await ReadAsync(await WriteAsync(Rows));
        var rows = await RowsAsync(archive);

        archive.RunName.ShouldBe("nova-run");
        archive.Marker.ShouldBe("nova-shaped, written by the local judge; not Nova");
        archive.Diagnostics.ShouldBeEmpty();
        archive.PromptColumns.ShouldBe(["example"]);
        archive.RowCount.ShouldBe(3);
        archive.Aggregates.AScores.ShouldBe(3);
        archive.Aggregates.BScores.ShouldBe(1);
        archive.Aggregates.Ties.ShouldBe(1);
        archive.Aggregates.InferenceError.ShouldBe(1);
        archive.Aggregates.Score.ShouldBe(1);
        archive.Aggregates.WinRate.ShouldBe(0.25);
        rows.Select(row => row.Prompts.Single()).ShouldBe(Rows.Select(row => PromptHash.Of(row.Prompt)));
        rows[1].Metrics.ShouldBe(new RowMetrics
        {
            ForwardOutput = "[[B>A]]",
            BackwardOutput = "[[B>A]]",
            AScores = 1,
            BScores = 1,
            Ties = 0,
            InferenceError = 0,
        });
    }

    [Fact]
    public async Task Labels_name_the_places_in_which_the_answers_were_shown()
    {
        var rows = await RowsAsync(await ReadAsync(await WriteAsync(Rows)));

        rows[0].Metrics.ForwardOutput.ShouldBe("[[A>B]]");
        rows[0].Metrics.BackwardOutput.ShouldBe("[[B>A]]");
    }

    [Fact]
    public async Task Equal_rows_give_equal_bytes()
    {
        var first = await WriteAsync(Rows);
        var second = await WriteAsync(Rows);

        second.ShouldBe(first);
    }

    [Fact]
    public async Task The_layout_is_the_containers()
    {
        var archive = await WriteAsync(Rows);

        await using var gzip = new GZipStream(new MemoryStream(archive), CompressionMode.Decompress);
        await using var tar = new TarReader(gzip);
        var entries = new List<TarEntry>();
        while (await tar.GetNextEntryAsync(copyData: true, TestContext.Current.CancellationToken) is { } entry)
        {
            entries.Add(entry);
        }

        entries.Select(entry => entry.Name).ShouldBe([DetailsPath, ResultsPath]);
        entries.ShouldAllBe(entry => entry.ModificationTime == new DateTimeOffset(2025, 6, 26, 22, 2, 9, TimeSpan.Zero) && entry.Uid == 0 && entry.Gid == 0);
        using var json = await JsonDocument.ParseAsync(entries[1].DataStream!, cancellationToken: TestContext.Current.CancellationToken);
        json.RootElement.GetProperty("results").GetProperty("all").GetRawText()
            .ShouldBe(json.RootElement.GetProperty("results").GetProperty("custom|llm_judge_judge|0").GetRawText());
        json.RootElement.GetProperty("config_general").GetProperty("note").GetString().ShouldBe(JudgeArchiveHeader.LocalJudgeMarker);
    }

    [Fact]
    public async Task Many_rows_are_split_into_files_and_read_as_one()
    {
        var many = Enumerable.Range(0, 40_001).Select(index => Row($"Prompt {index}", (PassVerdict)(index % 4), (PassVerdict)(index / 4 % 4))).ToList();

        var archive = await ReadAsync(await WriteAsync(many));
        var rows = await RowsAsync(archive);

        archive.Diagnostics.ShouldBeEmpty();
        rows.Count.ShouldBe(many.Count);
        rows.Select(row => row.Prompts.Single()).ShouldBe(many.Select(row => PromptHash.Of(row.Prompt)));
        rows[40_000].Metrics.ForwardOutput.ShouldBe(JudgeLabels.Write(many[40_000].Forward, ShownOrder.AFirst));
    }

    [Fact]
    public async Task No_rows_give_an_archive_without_rates()
    {
        var archive = await ReadAsync(await WriteAsync([]));

        archive.RowCount.ShouldBe(0);
        archive.Aggregates.AScores.ShouldBe(0);
        archive.Aggregates.WinRate.ShouldBeNull();
        archive.Aggregates.LowerRate.ShouldBeNull();
    }

    [Theory]
    [InlineData("..")]
    [InlineData("a/b")]
    [InlineData("")]
    [InlineData("run\n")]
    public async Task A_run_name_that_is_no_folder_is_refused(string name)
    {
        var header = Header with { RunName = name };

        await Should.ThrowAsync<ArgumentException>(() => JudgeArchiveWriter.WriteAsync(
            Stream.Null, header, AsyncEnumerable.Empty<JudgedRow>(), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Hostile_text_survives_the_round_trip()
    {
        var nasty = new[] { "a\0b", "'''", "\"", "\\", "{'forward_output': '[[B>A]]'}", "\ud800 alone", new string('x', 1_000_000), "", "\r\n" };
        var rows = nasty.Select(text => Row(text, PassVerdict.A, PassVerdict.A) with { ForwardText = text, BackwardText = text }).ToList();

        var read = await RowsAsync(await ReadAsync(await WriteAsync(rows)));

        read.Select(row => row.Prompts.Single()).ShouldBe(nasty.Select(text => PromptHash.Of(text)));
        read.ShouldAllBe(row => row.Metrics.ForwardOutput == "[[A>B]]");
    }

    [Fact]
    public async Task Cancelling_stops_the_writing()
    {
        using var cancellation = new CancellationTokenSource();

        await Should.ThrowAsync<OperationCanceledException>(() => JudgeArchiveWriter.WriteAsync(
            Stream.Null, Header, Endless(cancellation), cancellation.Token));

        static async IAsyncEnumerable<JudgedRow> Endless(CancellationTokenSource cancellation)
        {
            for (var index = 0; ; index++)
            {
                if (index == 5_000)
                {
                    await cancellation.CancelAsync();
                }

                yield return Row("again", PassVerdict.A, PassVerdict.A);
            }
        }
    }
}
