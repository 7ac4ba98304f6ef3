using System.Globalization;
using System.Text;
using System.Text.Json;
using CsCheck;
using NovaJudge.Pipeline.Judging.Archive;
using static NovaJudge.Pipeline.Tests.Judging.Archive.ArchiveFixture;
using static NovaJudge.Pipeline.Tests.Judging.Archive.DetailsFixture;

namespace NovaJudge.Pipeline.Tests.Judging.Archive;

/// <summary>Dicts written as text, read the way users meet them: as the column <c>metrics</c> of an archive.</summary>
public class LiteralReaderTests
{
    [Theory]
    [InlineData("{'forward_output': 'it\\'s \\x41\\u00e9\\U0001F642\\101\\n'}", "it's Aé🙂A\n")]
    [InlineData("{'forward_output': r'\\d+'}", "\\d+")]
    [InlineData("{'forward_output': '''two \"kinds\" of 'marks' '''}", "two \"kinds\" of 'marks' ")]
    [InlineData("{\"forward_output\": \"\\ud83d\\ude42 \\/ \\b\"}", "🙂 / \b")]
    [InlineData("{'forward_output': ('one', \"two\",)}", "one\ntwo")]
    [InlineData("{'forward_output': []}", "")]
    [InlineData("{'forward_output': None}", null)]
    [InlineData("{'forward_output': 5}", "5")]
    [InlineData("{'forward_output': {'a': [1, {}]}}", "{'a': [1, {}]}")]
    [InlineData("{'a': {'forward_output': 'inner'}, 'forward_output': 'outer', }", "outer")]
    [InlineData("{'x': array([1., 2.], dtype=float32), 'forward_output': 'after'}", "after")]
    [InlineData("{'forward_output': '\\q'}", "\\q")]
    public async Task Texts_are_read_as_Python_and_JSON_write_them(string dict, string? expected)
    {
        (await ReadAsync([dict]))[0].ForwardOutput.ShouldBe(expected);
    }

    [Theory]
    [InlineData("1", 1.0)]
    [InlineData("1.5e0", 1.5)]
    [InlineData("-0.0", 0.0)]
    [InlineData("True", 1.0)]
    [InlineData("false", 0.0)]
    [InlineData("'2.0'", 2.0)]
    [InlineData("np.float64(0.5)", 0.5)]
    [InlineData("tensor(2., dtype=float64)", 2.0)]
    [InlineData("nan", null)]
    [InlineData("float('inf')", null)]
    [InlineData("None", null)]
    [InlineData("[1, 2]", null)]
    [InlineData("'many'", null)]
    public async Task Numbers_are_read_as_Python_and_NumPy_write_them(string number, double? expected)
    {
        (await ReadAsync([$"{{'a_scores': {number}, 'b_scores': 1}}"]))[0].ShouldBe(new RowMetrics { AScores = expected, BScores = 1 });
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{'a_scores': 1")]
    [InlineData("{'a_scores' 1}")]
    [InlineData("{'a_scores': 1} trailing")]
    [InlineData("{'a_scores': 1 'b_scores': 2}")]
    [InlineData("{'a_scores': }")]
    [InlineData("{'forward_output': 'open}")]
    [InlineData("{a_scores: 1}")]
    [InlineData("[1, 2]")]
    public async Task What_is_no_dict_says_nothing(string text)
    {
        (await ReadAsync([text]))[0].ShouldBe(RowMetrics.None);
    }

    [Fact]
    public async Task Nesting_without_end_is_survived()
    {
        var deep = "{'x': " + new string('[', 100_000) + new string(']', 100_000) + ", 'a_scores': 1}";

        (await ReadAsync([deep, deep[..100_000]])).ShouldBe([new RowMetrics { AScores = 1 }, RowMetrics.None]);
    }

    [Fact]
    public void Every_text_survives_the_way_through_Python_and_JSON()
    {
        Gen.Select(Gen.String, Gen.String).Array[1, 50].Sample(
            rows =>
            {
                var python = rows.Select(row => $"{{'x': {Python(row.Item1)}, 'forward_output': {Python(row.Item2)}, 'a_scores': 1.0}}");
                var json = rows.Select(row => JsonSerializer.Serialize(new Dictionary<string, object> { ["x"] = row.Item1, ["forward_output"] = row.Item2, ["a_scores"] = 1 }));

                var read = Task.Run(() => ReadAsync([.. python, .. json])).Result;

                read.Select(metrics => metrics.ForwardOutput).ShouldBe(rows.Concat(rows).Select(row => Utf8(row.Item2)));
                read.ShouldAllBe(metrics => metrics.AScores == 1);
            },
            iter: 100, threads: 1);
    }

    [Fact]
    public void No_text_makes_the_reader_fail()
    {
        Gen.OneOf("{", "}", "[", "]", "(", ")", "'", "\"", "\\", ",", ":", "'a_scores'", "1", "nan", "np.f(", "\\x4", "\\u12", "'''", " ", "r'")
            .Array[0, 20].Select(parts => "{" + string.Concat(parts)).Array[1, 50]
            .Sample(texts => Task.Run(() => ReadAsync(texts)).Result.Count.ShouldBe(texts.Length), iter: 200, threads: 1);
    }

    private static async Task<List<RowMetrics>> ReadAsync(IReadOnlyList<string> dicts)
    {
        var archive = await ArchiveFixture.ReadAsync(Packed(Counts(1, 1), await TextAsync(("metrics", dicts))));
        return [.. (await RowsAsync(archive)).Select(row => row.Metrics)];
    }

    /// <summary>What is left of a text after UTF-8: half a surrogate pair cannot be written.</summary>
    private static string Utf8(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    /// <summary>A text as Python's <c>ascii()</c> prints it.</summary>
    private static string Python(string text) => "'" + string.Concat(Utf8(text).Select(character => character switch
    {
        '\'' or '\\' => "\\" + character,
        >= ' ' and <= '~' => character.ToString(),
        _ => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}"),
    })) + "'";
}
