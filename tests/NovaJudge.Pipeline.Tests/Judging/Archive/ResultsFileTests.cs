using NovaJudge.Pipeline.Judging.Archive;
using static NovaJudge.Pipeline.Tests.Judging.Archive.ArchiveFixture;

namespace NovaJudge.Pipeline.Tests.Judging.Archive;

public class ResultsFileTests
{
    [Fact]
    public async Task NaN_and_infinities_are_absent_numbers()
    {
        var archive = await ReadResultsAsync("""{"results":{"all":{"a_scores":1,"b_scores":2,"ties":NaN,"inference_error":0,"winrate":NaN,"lower_rate":-Infinity,"upper_rate":Infinity,"a_scores_stderr":NaN}}}""");

        archive.Aggregates.BScores.ShouldBe(2);
        archive.Aggregates.Ties.ShouldBe(0);
        archive.Aggregates.WinRate.ShouldBeNull();
        archive.Aggregates.LowerRate.ShouldBeNull();
        archive.Aggregates.UpperRate.ShouldBeNull();
        archive.Aggregates.AScoresStderr.ShouldBeNull();
        archive.Diagnostics.ShouldContain(text => text.Contains("no number for ties"));
    }

    [Fact]
    public async Task The_word_NaN_inside_a_text_is_left_alone()
    {
        var archive = await ReadResultsAsync("""{"config_general":{"note":"NaN \" -Infinity"},"results":{"all":{"a_scores":1,"b_scores":2,"ties":0,"inference_error":0}}}""");

        archive.Marker.ShouldBe("NaN \" -Infinity");
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("[]")]
    public async Task An_empty_all_gives_way_to_the_first_section_that_counts(string all)
    {
        var archive = await ReadResultsAsync($$$"""{"results":{"all":{{{all}}},"other":{"accuracy":1},"custom|llm_judge_judge|0":{"a_scores":3,"b_scores":4,"ties":1,"inference_error":0} } }""");

        archive.Aggregates.BScores.ShouldBe(4);
    }

    [Fact]
    public async Task Among_several_tasks_the_judges_is_read_since_all_is_a_mean_over_them()
    {
        var archive = await ReadResultsAsync("""{"results":{"all":{"a_scores":1.5,"b_scores":2,"ties":0,"inference_error":0},"mmlu|0":{"accuracy":0.5},"custom|llm_judge_judge|0":{"a_scores":3,"b_scores":4,"ties":0,"inference_error":0}}}""");

        archive.Aggregates.AScores.ShouldBe(3);
        archive.Diagnostics.ShouldContain(text => text.Contains("2 tasks"));
    }

    [Fact]
    public async Task Missing_ties_and_errors_count_as_none_and_are_told()
    {
        var archive = await ReadResultsAsync("""{"results":{"all":{"a_scores":1,"b_scores":2}}}""");

        archive.Aggregates.InferenceError.ShouldBe(0);
        archive.Aggregates.Score.ShouldBeNull();
        archive.Diagnostics.ShouldContain(text => text.Contains("ties and inference_error"));
    }

    [Fact]
    public async Task A_byte_order_mark_does_no_harm()
    {
        var archive = await ReadResultsAsync("\ufeff{\"results\":{\"all\":{\"a_scores\":1,\"b_scores\":2}}}");

        archive.Aggregates.AScores.ShouldBe(1);
    }

    [Theory]
    [InlineData("", "not JSON")]
    [InlineData("{", "not JSON")]
    [InlineData("[]", "no object named \"results\"")]
    [InlineData("{\"results\":[]}", "no object named \"results\"")]
    [InlineData("{\"results\":{}}", "it has no sections")]
    [InlineData("{\"results\":{\"all\":{\"accuracy\":1}}}", "\"all\" has accuracy")]
    [InlineData("{\"results\":{\"all\":{\"a_scores\":NaN,\"b_scores\":1}}}", "no section")]
    [InlineData("{\"results\":{\"all\":{\"a_scores\":\"3\",\"b_scores\":1}}}", "no section")]
    [InlineData("{\"results\":{\"all\":{\"a_scores\":-1,\"b_scores\":1}}}", "no count")]
    [InlineData("{\"results\":{\"all\":{\"a_scores\":1e999,\"b_scores\":1}}}", "no section")]
    [InlineData("{\"results\":{\"\\ud800\":{\"a_scores\":1,\"b_scores\":1}}}", "")]
    public async Task Results_without_counts_are_refused_with_the_reason(string json, string reason)
    {
        var refusal = await RefusalAsync(Pack((ResultsPath, Bytes(json))));

        refusal.Message.ShouldContain(reason);
        refusal.Message.ShouldContain(ResultsPath);
    }

    [Fact]
    public async Task Deep_nesting_is_refused()
    {
        var refusal = await RefusalAsync(Pack((ResultsPath, Bytes("{\"results\":" + new string('[', 100_000)))));

        refusal.Message.ShouldContain("not JSON");
    }

    private static Task<JudgeArchive> ReadResultsAsync(string json) => ReadAsync(Pack((ResultsPath, Bytes(json))));
}
