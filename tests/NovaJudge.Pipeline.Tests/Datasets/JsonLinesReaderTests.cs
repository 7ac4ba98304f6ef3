using System.Text;
using NovaJudge.Pipeline.Datasets;

namespace NovaJudge.Pipeline.Tests.Datasets;

public class JsonLinesReaderTests
{
    [Fact]
    public async Task Every_field_is_read()
    {
        var records = await Given.ReadAsync("p.jsonl", """
            {"id":"1","prompt":"Who?","context":"Ada wrote it.","references":["Ada","Ada Lovelace","Ada"],"category":"people","cluster":"ada"}

            {"prompt":"Why?","id":2,"context":null,"references":[],"category":"","cluster":7}
            """);

        records[0].ShouldBeEquivalentTo(new DatasetRecord
        {
            Id = "1",
            Prompt = "Who?",
            Context = "Ada wrote it.",
            References = new List<string> { "Ada", "Ada Lovelace" },
            Category = "people",
            Cluster = "ada",
        });
        records[1].ShouldBeEquivalentTo(new DatasetRecord { Id = "2", Prompt = "Why?", References = new List<string>(), Cluster = "7" });
        records.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Windows_line_ends_and_a_missing_last_one_are_no_trouble()
    {
        var records = await Given.ReadAsync("p.jsonl", "{\"prompt\":\"a\"}\r\n\r\n{\"prompt\":\"b\"}");

        records.Select(record => record.Prompt).ShouldBe(["a", "b"]);
    }

    [Fact]
    public async Task Pairs_bring_both_responses_even_empty_ones()
    {
        var counts = new DatasetCounts();

        var records = await Given.ReadAsync(
            Given.Options("uploaded"), Encoding.UTF8.GetBytes("""{"prompt":"p","response_A":"a","response_B":""}"""), counts);

        records.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            record => record.ResponseA.ShouldBe("a"),
            record => record.ResponseB.ShouldBe(""));
        counts.Format.ShouldBe(DatasetFormat.Pairs);
        counts.HasResponses.ShouldBeTrue();
    }

    [Fact]
    public async Task A_missing_id_is_made_from_the_content_and_so_is_the_same_in_every_format()
    {
        var json = await Given.ReadAsync("p.jsonl", """{"context":"c\u00e9","prompt":"p"}""" + "\n" + """{"prompt":"p"}""");
        var csv = await Given.ReadAsync("p.csv", "prompt,context\np,cé\np,\n");

        json.Select(record => record.Id).ShouldBe(csv.Select(record => record.Id));
        json[0].Id.ShouldBe("215ee1d50cf12293");
        json[1].Id.ShouldNotBe(json[0].Id);
    }

    [Fact]
    public async Task Repeated_content_without_ids_is_numbered_and_counted()
    {
        var counts = new DatasetCounts();

        var records = await Given.ReadAsync(
            Given.Options("p.jsonl"), Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"prompt\":\"p\"}\n", 3))), counts);

        records.Select(record => record.Id[16..]).ShouldBe(["", "-2", "-3"]);
        records.Select(record => record.Id).ShouldBeUnique();
        counts.Repeated.ShouldBe(2);
    }

    [Fact]
    public async Task A_hundred_thousand_repetitions_take_no_quadratic_time()
    {
        var text = string.Concat(Enumerable.Repeat("{\"prompt\":\"p\"}\n", 100_000));

        var records = await Given.ReadAsync("p.jsonl", text);

        records[^1].Id.ShouldEndWith("-100000");
    }

    [Fact]
    public async Task A_line_longer_than_the_window_is_read_whole()
    {
        var prompt = new string('x', 500_000);

        var records = await Given.ReadAsync("p.jsonl", $$"""{"prompt":"{{prompt}}"}""" + "\n" + """{"prompt":"next"}""");

        records.Select(record => record.Prompt).ShouldBe([prompt, "next"]);
    }
}
