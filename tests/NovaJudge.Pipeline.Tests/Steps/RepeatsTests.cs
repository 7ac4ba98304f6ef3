using System.Text.Json;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Pipeline.Tests.Steps;

public sealed class RepeatsTests
{
    private readonly StepFixture _fixture = new();

    [Fact]
    public async Task Each_repeat_is_a_row_of_its_prompts_cluster()
    {
        await _fixture.SampledAsync(3, new { batchSize = 2, repeats = 2 });

        var prompts = _fixture.Memory.Lines(_fixture.Keys.Prompts).Select(line => JsonSerializer.Deserialize<JsonElement>(line)).ToArray();
        prompts.Select(prompt => prompt.GetProperty("id").GetString()).ShouldBe(["q1", "q1~2", "q2", "q2~2", "q3", "q3~2"]);
        prompts.Select(prompt => prompt.GetProperty("cluster").GetString()).ShouldBe(["prompt q1", "prompt q1", "prompt q2", "prompt q2", "prompt q3", "prompt q3"]);
        prompts.Select(prompt => prompt.GetProperty("text").GetString()).Distinct().Count().ShouldBe(3);
        _fixture.Memory.Lines(_fixture.Keys.Batches).Count.ShouldBe(3);
    }

    [Fact]
    public async Task The_model_is_asked_for_each_repeat()
    {
        var calls = 0;
        _fixture.Answer = (_, _, _) => Task.FromResult($"answer {Interlocked.Increment(ref calls)}");
        await _fixture.SampledAsync(3, new { batchSize = 2, repeats = 3 });

        await _fixture.GeneratedAsync();

        calls.ShouldBe(2 * 9);
        Enumerable.Range(0, 5).SelectMany(batch => _fixture.Memory.Lines(_fixture.Keys.Responses(ModelSlot.A, batch))).Distinct().Count().ShouldBe(9);
    }
}
