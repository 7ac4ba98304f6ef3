using System.Text;
using NovaJudge.Pipeline.Datasets;

namespace NovaJudge.Pipeline.Tests.Datasets;

public class WindowTests
{
    [Theory]
    [InlineData(DatasetFormat.Squad)]
    [InlineData(DatasetFormat.Jsonl)]
    [InlineData(DatasetFormat.Csv)]
    public async Task However_a_stream_arrives_the_records_are_the_same(DatasetFormat format)
    {
        var bytes = Encoding.UTF8.GetBytes(Text(format));
        var whole = await Given.ReadAsync(Given.Options("w", format), bytes, new DatasetCounts());

        for (var seed = 0; seed < 20; seed++)
        {
            var pieces = await DatasetReader.ReadAsync(new Trickle(bytes, seed), Given.Options("w", format), new DatasetCounts(), TestContext.Current.CancellationToken)
                .ToListAsync(TestContext.Current.CancellationToken);

            pieces.Select(record => (record.Id, record.Prompt, record.Cluster)).ShouldBe(whole.Select(record => (record.Id, record.Prompt, record.Cluster)));
        }

        whole.Count.ShouldBe(4000);
    }

    private static string Text(DatasetFormat format) => format switch
    {
        DatasetFormat.Squad => Given.Squad(400, _ => 10).Replace("Question", "Frage zu Köln 😀", StringComparison.Ordinal),
        DatasetFormat.Jsonl => string.Concat(Enumerable.Range(0, 4000).Select(i => $$"""{"id":"é{{i}}","prompt":"\u00e9 {{new string('x', i % 97)}} \ud83d\ude00","cluster":"c{{i % 9}}"}""" + "\n")),
        _ => "id,prompt,cluster\r\n" + string.Concat(Enumerable.Range(0, 4000).Select(i => $"é{i},\"a \"\"q\"\", {new string('y', i % 83)}\r\n😀\",c{i % 7}\r\n")),
    };

    /// <summary>Gives a few thousand bytes at most for every read.</summary>
    private sealed class Trickle(byte[] bytes, int seed) : MemoryStream(bytes)
    {
        private readonly Random random = new(seed);

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, random.Next(1, 5000))], cancellationToken);
    }
}
