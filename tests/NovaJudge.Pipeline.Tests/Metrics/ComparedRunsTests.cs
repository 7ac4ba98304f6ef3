using NovaJudge.Pipeline.Metrics;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Pipeline.Tests.Metrics;

public sealed class ComparedRunsTests
{
    private readonly JudgedStore _store = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_five_hundred_prompts_the_twenty_that_flipped_are_named()
    {
        var first = Enumerable.Range(0, 500).Select(at => at % 2 == 0 ? Judged.A : Judged.B).ToArray();
        var second = first.Select((prompt, at) => at % 25 == 0 ? prompt == Judged.A ? Judged.B : Judged.A : prompt).ToArray();
        await _store.RunAsync("first", first);
        await _store.RunAsync("second", second, day: 2);

        var compared = await CompareAsync();

        compared.Differences.ShouldBeEmpty();
        compared.Changed.Count.ShouldBe(20);
        compared.Changed.ShouldAllBe(verdict => verdict.IsFlip);
        compared.Changed.Select(verdict => verdict.Id).ShouldBe(Enumerable.Range(0, 20).Select(at => $"q{at * 25}"));
        compared.Changed[1].Prompt.ShouldBe("Question 25?");
        compared.Comparison.McNemar!.Discordant.ShouldBe(20);
        compared.Comparison.Difference.Value.ShouldBe(0, 1e-12);
    }

    [Fact]
    public async Task Prompts_are_paired_by_their_text_whatever_their_order()
    {
        var prompts = JudgedStore.Of((30, Judged.A), (50, Judged.B), (20, Judged.Tie)).Select((prompt, at) => prompt with { Text = $"Text {at % 90}" }).ToArray();
        await _store.RunAsync("first", prompts);
        await _store.RunAsync("second", [.. prompts.Reverse()], day: 2);

        var compared = await CompareAsync();

        compared.Comparison.IsPaired.ShouldBeTrue();
        compared.Comparison.Shared.ShouldBe(90);
        compared.Verdicts.ShouldBe(100);
        compared.Changed.Count.ShouldBeInRange(1, 20);
        compared.Comparison.Changed.ShouldBeEmpty();
    }

    [Fact]
    public async Task Runs_without_common_prompts_are_compared_as_two_samples_with_a_note()
    {
        await _store.RunAsync("first", JudgedStore.Of((40, Judged.A), (60, Judged.B)));
        await _store.RunAsync("second", [.. JudgedStore.Of((60, Judged.A), (40, Judged.B)).Select((prompt, at) => prompt with { Text = $"Other {at}" })], day: 2);

        var compared = await CompareAsync();

        compared.Comparison.IsPaired.ShouldBeFalse();
        compared.Comparison.Note.ShouldContain("separate samples");
        compared.Changed.ShouldBeEmpty();
        compared.Comparison.Interval.Value.High.ShouldBeLessThan(0);
    }

    [Theory]
    [InlineData("""{"judge":{"kind":"nova-rubric"}}""", "the judge")]
    [InlineData("""{"dataset":{"promptTemplate":"{question}!"}}""", "the prompt template")]
    [InlineData("""{"modelA":{"model":"ollama:other"}}""", "the opponent")]
    [InlineData("""{"modelB":{"temperature":0.7}}""", "the decoding of model B")]
    public async Task Whatever_differs_beside_model_B_is_named(string request, string difference)
    {
        await _store.RunAsync("first", JudgedStore.Of((5, Judged.A), (5, Judged.B)));
        await _store.RunAsync("second", JudgedStore.Of((5, Judged.A), (5, Judged.B)), request, day: 2);

        var compared = await CompareAsync();

        compared.Differences[0].ShouldStartWith(difference);
    }

    [Fact]
    public async Task Another_file_with_the_same_prompts_is_the_same_data_and_another_model_B_is_what_is_compared()
    {
        await _store.RunAsync("first", JudgedStore.Of((5, Judged.A), (5, Judged.B)));
        await _store.RunAsync("second", JudgedStore.Of((5, Judged.A), (5, Judged.B)), """{"dataset":{"source":"moved.jsonl"},"modelB":{"model":"ollama:new","maxTokens":100,"temperature":0.5}}""", day: 2);
        await _store.RunAsync("third", JudgedStore.Of((5, Judged.A), (4, Judged.B)), """{"dataset":{"source":"moved.jsonl"}}""", day: 3);

        (await CompareAsync()).Differences.ShouldBeEmpty();
        (await CompareAsync("first", "third")).Differences.ShouldHaveSingleItem().ShouldStartWith("the data set");
    }

    [Fact]
    public async Task A_run_whose_verdicts_are_gone_is_refused()
    {
        await _store.RunAsync("first", JudgedStore.Of((5, Judged.A), (5, Judged.B)));
        await _store.RunAsync("second", JudgedStore.Of((5, Judged.A), (5, Judged.B)), day: 2);
        await _store.Memory.DeleteAsync(new RunKeys(RunId.Parse("second")).Verdicts, Token);

        var refusal = await Should.ThrowAsync<PipelineException>(() => CompareAsync());

        refusal.ErrorName.ShouldBe(ErrorNames.BadInput);
    }

    private async Task<ComparedRuns> CompareAsync(string first = "first", string second = "second") => await ComparedRuns.OfAsync(
        _store.Memory, await RequestAsync(first), await RequestAsync(second), 0.95, Token);

    private async Task<EvaluationRequest> RequestAsync(string id) => (await _store.Memory.FindRequestAsync(new RunKeys(RunId.Parse(id)), Token))!;
}
