using System.Text.Json;
using Microsoft.Extensions.AI;
using NovaJudge.Local.Models;
using NovaJudge.Pipeline.Datasets;
using NovaJudge.Pipeline.Judging;

namespace NovaJudge.Local.Tests.Data;

public class SquadSampleTests
{
    [Fact]
    public async Task Every_answer_stands_in_its_context_where_it_says()
    {
        using var sample = await JsonDocument.ParseAsync(Open(), default, TestContext.Current.CancellationToken);
        foreach (var article in sample.RootElement.GetProperty("data").EnumerateArray())
        {
            foreach (var paragraph in article.GetProperty("paragraphs").EnumerateArray())
            {
                var context = paragraph.GetProperty("context").GetString()!;
                foreach (var question in paragraph.GetProperty("qas").EnumerateArray())
                {
                    var answers = question.GetProperty("answers").EnumerateArray().ToList();

                    answers.Count.ShouldBeInRange(1, 3, question.GetProperty("id").GetString());
                    foreach (var answer in answers)
                    {
                        var text = answer.GetProperty("text").GetString()!;
                        context.AsSpan(answer.GetProperty("answer_start").GetInt32()).StartsWith(text).ShouldBeTrue($"{question.GetProperty("id")}: {text}");
                    }
                }
            }
        }
    }

    [Fact]
    public async Task It_is_large_and_varied_enough_for_a_verdict()
    {
        var records = await ReadAsync();

        records.Count.ShouldBeGreaterThanOrEqualTo(140);
        records.Select(record => record.Cluster).Distinct().Count().ShouldBeGreaterThanOrEqualTo(26);
        var categories = records.GroupBy(record => record.Category.ShouldNotBeNull()).ToList();
        categories.Count.ShouldBe(8);
        categories.ShouldAllBe(category => category.Count() >= 20);
        records.Select(record => record.Prompt).ShouldBeUnique();
        records.ShouldAllBe(record => record.Prompt.EndsWith('?'));
    }

    [Fact]
    public async Task The_keyword_reader_wins_clearly_but_not_always()
    {
        using var first = new FirstSentenceReader();
        using var keyword = new KeywordMatchReader();
        int a = 0, b = 0, ties = 0;
        foreach (var record in await ReadAsync())
        {
            var difference = await ScoreAsync(keyword, record) - await ScoreAsync(first, record);
            _ = difference > 0 ? b++ : difference < 0 ? a++ : ties++;
        }

        ((double)b / (a + b)).ShouldBeInRange(0.60, 0.75);
        ((double)ties / (a + b + ties)).ShouldBeInRange(0.05, 0.35);
    }

    private static async Task<double> ScoreAsync(ExtractiveReader reader, DatasetRecord record)
    {
        var response = await reader.GetResponseAsync(
            record.Prompt,
            new ChatOptions { AdditionalProperties = new() { [ExtractiveReader.ContextProperty] = record.Context, [ExtractiveReader.QuestionProperty] = record.Prompt } },
            TestContext.Current.CancellationToken);
        return TokenF1.Score(response.Text, record.References!);
    }

    private static Task<List<DatasetRecord>> ReadAsync() =>
        DatasetReader.ReadAsync(Open(), new DatasetOptions { Name = "squad-sample.json" }, new DatasetCounts(), TestContext.Current.CancellationToken)
            .ToListAsync(TestContext.Current.CancellationToken).AsTask();

    private static Stream Open() => typeof(FirstSentenceReader).Assembly.GetManifestResourceStream("squad-sample.json")!;
}
