using System.Text;
using CsCheck;
using NovaJudge.Reports.Tables;

namespace NovaJudge.Reports.Tests.Tables;

public sealed class VerdictsCsvTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("", "")]
    [InlineData("two words", "\"two words\"")]
    [InlineData("say \"yes\", now", "\"say \"\"yes\"\", now\"")]
    [InlineData("two\r\nlines", "\"two\r\nlines\"")]
    [InlineData("=1+1", "\"'=1+1\"")]
    [InlineData("-5", "\"'-5\"")]
    [InlineData("@x", "\"'@x\"")]
    [InlineData("  =1", "\"  '=1\"")]
    [InlineData("a;=1", "\"a;'=1\"")]
    [InlineData("well-known a+b", "\"well-known a+b\"")]
    [InlineData("\u0000\u0007=1", "\"\ufffd\ufffd'=1\"")]
    [InlineData("\uff1d1", "\"'\uff1d1\"")]
    public void Fields_are_quoted_and_no_formula_starts_anywhere(string text, string expected)
    {
        var field = new StringBuilder();

        CsvText.Append(field, text);

        field.ToString().ShouldBe(expected);
    }

    [Fact]
    public void Any_text_comes_back_apart_from_the_apostrophes_and_control_characters()
    {
        Gen.String.Array[1, 5].Sample(texts =>
        {
            var line = new StringBuilder();
            foreach (var text in texts)
            {
                CsvText.Append(line, text);
                line.Append(',');
            }

            line.Length--;
            var cells = CsvReading.Parse(line + "\r\n").Single();
            cells.Select(Bare).ShouldBe(texts.Select(Bare));
        });

        static string Bare(string text) => new([.. text.Where(character => character != '\'' && character != '\ufffd' && (!char.IsControl(character) || character is '\t' or '\r' or '\n'))]);
    }

    [Fact]
    public async Task Hostile_texts_leave_one_line_for_each_record_and_no_formula_under_any_separator()
    {
        var run = HostileText.Run();

        await new ReportRenderer().RenderAsync(run.Metrics.RunId, run.Metrics, run.Store, TestContext.Current.CancellationToken);

        var text = run.Text("verdicts.csv");
        var lines = CsvReading.Parse(text).ToArray();
        lines.Length.ShouldBe(run.Metrics.Outcomes.Total + 1);
        lines.ShouldAllBe(cells => cells.Count == VerdictsCsv.Columns.Count);
        foreach (var separator in new[] { ',', ';', '\t', '|' })
        {
            foreach (var cell in text.Split(separator, '\r', '\n', '"'))
            {
                (cell.TrimStart() is ['=' or '+' or '-' or '@', ..]).ShouldBeFalse($"{separator}: {cell}");
            }
        }
    }

    [Fact]
    public async Task A_line_tells_the_outcome_the_winner_and_both_answers()
    {
        var run = SampleRun.Of(20);

        await new ReportRenderer().RenderAsync(run.Metrics.RunId, run.Metrics, run.Store, TestContext.Current.CancellationToken);

        var lines = CsvReading.Parse(run.Text("verdicts.csv")).ToArray();
        lines[0].ShouldBe(VerdictsCsv.Columns);
        var won = lines[7];
        won[..8].ShouldBe(["q00006", "Bridges", "Bridges", "b", "Claude Sonnet 4.6", "b", "b", ""]);
        won[8].ShouldBe("How many bridges did the town keep around 1406?");
        var failed = lines[20];
        failed[3].ShouldBe("generationFailed");
        failed[10].ShouldBe("");
        failed[11].ShouldBe("timeout: No answer within 60 s.");
    }
}

/// <summary>RFC 4180, read by the book.</summary>
internal static class CsvReading
{
    public static IEnumerable<List<string>> Parse(string text)
    {
        List<string> cells = [];
        var cell = new StringBuilder();
        var quoted = false;
        for (var at = 0; at < text.Length; at++)
        {
            if (quoted)
            {
                if (text[at] != '"')
                {
                    cell.Append(text[at]);
                }
                else if (at + 1 < text.Length && text[at + 1] == '"')
                {
                    cell.Append(text[at++]);
                }
                else
                {
                    quoted = false;
                }
            }
            else if (text[at] == '"')
            {
                cell.Length.ShouldBe(0, "a quote inside an unquoted field");
                quoted = true;
            }
            else if (text[at] is ',' or '\r')
            {
                cells.Add(cell.ToString());
                cell.Clear();
                if (text[at] == '\r')
                {
                    text[++at].ShouldBe('\n');
                    yield return cells;
                    cells = [];
                }
            }
            else
            {
                cell.Append(text[at]);
            }
        }

        (quoted || cells.Count > 0 || cell.Length > 0).ShouldBeFalse("the last line has no end");
    }
}
