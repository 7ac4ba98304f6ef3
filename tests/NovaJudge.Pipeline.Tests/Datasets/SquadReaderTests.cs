using System.Text;
using NovaJudge.Pipeline.Datasets;

namespace NovaJudge.Pipeline.Tests.Datasets;

public class SquadReaderTests
{
    private const string Answerable = """{"answers":[{"answer_start":0,"text":"Rome"},{"answer_start":0,"text":"Rome"},{"text":"the city"}],"question":"Where?","id":"q1"}""";

    [Fact]
    public async Task A_question_carries_its_context_title_and_distinct_gold_answers()
    {
        var records = await Given.ReadAsync("s.json", $$"""{"version":"1.1","data":[{"title":"Italy","paragraphs":[{"context":"Rome is a city.","qas":[{{Answerable}}]}]}]}""");

        var record = records.ShouldHaveSingleItem();
        record.Id.ShouldBe("q1");
        record.Prompt.ShouldBe("Where?");
        record.Context.ShouldBe("Rome is a city.");
        record.Cluster.ShouldBe("Italy");
        record.References.ShouldBe(["Rome", "the city"]);
        record.Category.ShouldBeNull();
        record.Unanswerable.ShouldBeFalse();
    }

    [Fact]
    public async Task Fields_may_come_in_any_order()
    {
        var second = Answerable.Replace("q1", "q2", StringComparison.Ordinal);
        var records = await Given.ReadAsync("s.json", $$"""
            {"data":[
              {"category":"geography","paragraphs":[{"qas":[{{Answerable}}],"context":"First."},{"qas":[{{second}}],"context":"Second."}],"title":"Sorted by key"},
              {"paragraphs":[{"context":"Third.","qas":[{{Answerable.Replace("q1", "q3", StringComparison.Ordinal)}}]}]}
            ],"version":"1.1"}
            """);

        records.Select(record => (record.Id, record.Context, record.Cluster, record.Category)).ShouldBe(
        [
            ("q1", "First.", "Sorted by key", "geography"),
            ("q2", "Second.", "Sorted by key", "geography"),
            ("q3", "Third.", "article-2", null),
        ]);
    }

    [Fact]
    public async Task Unanswerable_questions_are_left_out_and_counted()
    {
        var counts = new DatasetCounts();

        var records = await Given.ReadAsync(Given.Options("v2.json"), Encoding.UTF8.GetBytes(Version2), counts);

        records.Select(record => record.Id).ShouldBe(["q1"]);
        counts.Records.ShouldBe(1);
        counts.UnanswerableLeftOut.ShouldBe(2);
        counts.Format.ShouldBe(DatasetFormat.Squad);
    }

    [Fact]
    public async Task Unanswerable_questions_are_kept_when_asked_for_and_have_no_references()
    {
        var records = await Given.ReadAsync(Given.Options("v2.json") with { IncludeUnanswerable = true }, Encoding.UTF8.GetBytes(Version2), new DatasetCounts());

        records.Select(record => (record.Id, record.Unanswerable, record.References!.Count)).ShouldBe([("q1", false, 2), ("q2", true, 0), ("q3", true, 0)]);
    }

    [Fact]
    public async Task Unknown_fields_of_any_shape_are_passed_over()
    {
        var records = await Given.ReadAsync("s.json", """
            {"meta":{"data":[1,{"x":[]}]},"data":[{"title":"T","id":7,"tags":["a",["b"]],"paragraphs":[{"document_id":{"n":[1]},"context":"C","qas":
            [{"question":"Q?","id":12,"type":null,"scores":[[1.5]],"answers":[{"text":"C","answer_start":0,"extra":{"y":true}}]}]}]}]}
            """);

        records.ShouldHaveSingleItem().Id.ShouldBe("12");
    }

    [Fact]
    public async Task Escapes_and_byte_order_mark_are_undone()
    {
        var record = (await Given.ReadAsync("s.json", "\uFEFF" + """{"data":[{"title":"Caf\u00e9","paragraphs":[{"context":"a\n\"b\" \ud83d\ude00 ü","qas":[{"id":"1","question":"\u0041?"}]}]}]}""")).ShouldHaveSingleItem();

        record.Cluster.ShouldBe("Café");
        record.Context.ShouldBe("a\n\"b\" 😀 ü");
        record.Prompt.ShouldBe("A?");
        record.References.ShouldBeNull();
    }

    [Fact]
    public async Task Texts_survive_every_position_of_the_window_boundary()
    {
        for (var shift = 0; shift < 40; shift++)
        {
            var context = new string(' ', 130_990 + shift) + "é😀\\u00e9\\n";
            var text = $$"""{"data":[{"title":"T","paragraphs":[{"context":"{{context}}","qas":[{{Answerable}},{{Answerable.Replace("q1", "é2", StringComparison.Ordinal)}}]}]}]}""";

            var records = await Given.ReadAsync("s.json", text);

            records.Select(record => record.Id).ShouldBe(["q1", "é2"]);
            records[1].Context.ShouldEndWith(" é😀é\n");
            records[1].Context!.Length.ShouldBe(130_990 + shift + 5);
        }
    }

    [Fact]
    public async Task Contexts_are_shared_by_the_questions_of_a_paragraph()
    {
        var records = await Given.ReadAsync("s.json", Given.Squad(1, _ => 2));

        records[0].Context.ShouldBeSameAs(records[1].Context);
    }

    private const string Version2 = $$"""
        {"version":"v2.0","data":[{"title":"Italy","paragraphs":[{"qas":[
          {"is_impossible":false,{{AnswerableRest}},
          {"id":"q2","question":"Who?","answers":[],"plausible_answers":[{"text":"nobody","answer_start":3}],"is_impossible":true},
          {"id":"q3","question":"Why?","answers":[]}
        ],"context":"Rome is a city."}]}]}
        """;

    private const string AnswerableRest = """
        "answers":[{"answer_start":0,"text":"Rome"},{"text":"the city"}],"question":"Where?","id":"q1"}
        """;
}
