using System.Text;
using System.Text.Json;
using CsCheck;
using NovaJudge.Pipeline.Judging;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Pipeline.Tests.Runs;

public sealed class JsonLinesTests
{
    [Fact]
    public async Task Lines_of_any_length_are_read_however_the_stream_cuts_them() =>
        await Gen.Select(Gen.Int[0, 40_000].List[0, 8], Gen.Int[1, 20_000]).SampleAsync(async (lengths, piece) =>
        {
            var rows = lengths.Select((length, i) => new JudgeIndexRow(i, new string((char)('a' + (i % 26)), length))).ToList();
            var text = string.Concat(rows.Select(row => JsonSerializer.Serialize(row, PipelineJson.Rows.JudgeIndexRow) + "\n"));

            (await ReadAsync(text, piece)).ShouldBe(rows);
        }, iter: 100);

    [Theory]
    [InlineData("{\"row\":1,\"id\":\"a\"}\n{\"row\":2,\"id\":\"b\"}")]
    [InlineData("\n{\"row\":1,\"id\":\"a\"}\r\n  \n{\"row\":2,\"id\":\"b\"}\r\n\r\n")]
    public async Task Empty_lines_and_a_missing_last_line_feed_make_no_difference(string text) =>
        (await ReadAsync(text, 7)).ShouldBe([new JudgeIndexRow(1, "a"), new JudgeIndexRow(2, "b")]);

    [Theory]
    [InlineData("{\"row\":1,\"id\":\"a\"}\n{\"row\":2,")]
    [InlineData("{\"row\":1,\"id\":\"a\"}\nnull\n")]
    public async Task A_line_that_is_no_record_is_refused(string text) =>
        await Should.ThrowAsync<JsonException>(() => ReadAsync(text, 4096));

    private static async Task<List<JudgeIndexRow>> ReadAsync(string text, int piece)
    {
        using var stream = new Pieces(Encoding.UTF8.GetBytes(text), piece);
        var rows = new List<JudgeIndexRow>();
        await foreach (var row in JsonLines.ReadAsync(stream, PipelineJson.Rows.JudgeIndexRow, TestContext.Current.CancellationToken))
        {
            rows.Add(row);
        }

        return rows;
    }

    /// <summary>Gives out a few bytes at a time.</summary>
    private sealed class Pieces(byte[] content, int most) : MemoryStream(content)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(most, buffer.Length)], cancellationToken);
    }
}
