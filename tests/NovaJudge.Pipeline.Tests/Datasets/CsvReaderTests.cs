using System.Text;
using NovaJudge.Pipeline.Datasets;

namespace NovaJudge.Pipeline.Tests.Datasets;

public class CsvReaderTests
{
    [Fact]
    public async Task Quoted_cells_hold_commas_line_breaks_and_quotes()
    {
        var records = await Given.ReadAsync("p.csv", "id,prompt,references\r\n1,\"Who said \"\"yes, \r\nno\"\"?\",Ada\r\n\r\n2,Why?,\"[\"\"a, b\"\",\"\"c\"\"]\"");

        records.Select(record => (record.Id, record.Prompt)).ShouldBe([("1", "Who said \"yes, \r\nno\"?"), ("2", "Why?")]);
        records[0].References.ShouldBe(["Ada"]);
        records[1].References.ShouldBe(["a, b", "c"]);
    }

    [Fact]
    public async Task Columns_may_come_in_any_order_and_empty_cells_are_absent()
    {
        var records = await Given.ReadAsync("p.csv", "\uFEFFcluster,\"context\",prompt,category,references,id\n,,p,,,\nk,c,q,g,r,i\n");

        records[0].Context.ShouldBeNull();
        records[0].Cluster.ShouldBeNull();
        records[0].Category.ShouldBeNull();
        records[0].References.ShouldBeNull();
        records[1].ShouldBeEquivalentTo(new DatasetRecord { Id = "i", Prompt = "q", Context = "c", References = new List<string> { "r" }, Category = "g", Cluster = "k" });
    }

    [Fact]
    public async Task Response_columns_make_a_judge_only_data_set()
    {
        var counts = new DatasetCounts();

        var records = await Given.ReadAsync(Given.Options("p.csv"), Encoding.UTF8.GetBytes("prompt,response_A,response_B\np,,\"b\"\n"), counts);

        records.ShouldHaveSingleItem().ResponseA.ShouldBe("");
        records[0].ResponseB.ShouldBe("b");
        counts.HasResponses.ShouldBeTrue();
    }

    [Fact]
    public async Task Rows_survive_every_position_of_the_window_boundary()
    {
        for (var shift = 0; shift < 40; shift++)
        {
            var text = $"id,prompt\n1,\"{new string('x', 131_040 + shift)}\"\n2,\"a \"\"b\"\",\r\nc\"\r\n3,d\n";

            var records = await Given.ReadAsync("p.csv", text);

            records.Select(record => record.Id).ShouldBe(["1", "2", "3"]);
            records[1].Prompt.ShouldBe("a \"b\",\r\nc");
        }
    }
}
