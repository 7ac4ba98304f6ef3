using System.Text;
using NovaJudge.Pipeline.Datasets;

namespace NovaJudge.Pipeline.Tests.Datasets;

public class FormatDetectionTests
{
    private const string Squad = """{"version":"1.1","data":[{"title":"t","paragraphs":[{"context":"c","qas":[{"id":"1","question":"q"}]}]}]}""";

    [Theory]
    [InlineData("x", Squad, DatasetFormat.Squad)]
    [InlineData("x.jsonl", Squad, DatasetFormat.Squad)]
    [InlineData("x", """{"id":"1","prompt":"p"}""", DatasetFormat.Jsonl)]
    [InlineData("x.json", "\n \n{\"id\":{\"data\":1},\"prompt\":\"p\"}", DatasetFormat.Jsonl)]
    [InlineData("x", """{"prompt":"p","response_A":"a","response_B":"b"}""", DatasetFormat.Pairs)]
    [InlineData("x.jsonl", """{"response_B":"b","prompt":"p","response_A":"a"}""", DatasetFormat.Pairs)]
    [InlineData("x", "id,prompt\n1,p\n", DatasetFormat.Csv)]
    [InlineData("x.csv", "prompt\np\n", DatasetFormat.Csv)]
    public async Task The_format_is_told_by_content_before_extension(string name, string text, DatasetFormat expected)
    {
        var counts = new DatasetCounts();

        try
        {
            await Given.ReadAsync(Given.Options(name), Encoding.UTF8.GetBytes(text), counts);
        }
        catch (DatasetException wrong) when (wrong.Rule == DatasetRules.WrongType)
        {
            // An id that is an object is refused later; the format has been told by then.
        }

        counts.Format.ShouldBe(expected);
    }

    [Fact]
    public async Task A_first_line_longer_than_the_window_is_still_told()
    {
        var text = $$"""{"prompt":"{{new string('x', 300_000)}}","response_A":"a","response_B":"b"}""";
        var counts = new DatasetCounts();

        await Given.ReadAsync(Given.Options("x"), Encoding.UTF8.GetBytes(text), counts);

        counts.Format.ShouldBe(DatasetFormat.Pairs);
    }

    [Fact]
    public async Task What_cannot_be_told_is_refused_with_the_names_of_the_formats()
    {
        var refused = await Given.RefusedAsync("notes.txt", "Dear reader,\nthis is prose.\n");

        refused.Rule.ShouldBe(DatasetRules.UnknownFormat);
        refused.Message.ShouldContain("squad, jsonl, pairs or csv");
    }
}
