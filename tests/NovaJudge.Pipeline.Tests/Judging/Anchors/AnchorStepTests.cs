using System.Text.Json;
using NovaJudge.Pipeline.Judging;
using NovaJudge.Pipeline.Judging.Archive;
using NovaJudge.Pipeline.Runs;
using NovaJudge.Pipeline.Steps;
using NovaJudge.Pipeline.Tests.Steps;

namespace NovaJudge.Pipeline.Tests.Judging.Anchors;

/// <summary>Anchors with a judge that is a job, whose rows come back in any order.</summary>
public sealed class AnchorStepTests
{
    private const int Prompts = 45;
    private readonly StepFixture _fixture = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Frozen_pairs_follow_the_runs_own_rows_and_are_cut_into_the_same_batches()
    {
        await WriteAsync("run-1", anchors: 7);

        var keys = new RunKeys(RunId.Parse("run-1"));
        _fixture.Memory.Lines(keys.JudgeInput).Count.ShouldBe(Prompts + 7);
        _fixture.Memory.Lines(keys.JudgeIndex)[^1].ShouldStartWith($$"""{"row":{{Prompts + 6}},"id":"anchor-""");
        _fixture.Memory.Lines(keys.JudgeBatches).Sum(line => JsonDocument.Parse(line).RootElement.GetProperty("count").GetInt32()).ShouldBe(Prompts + 7);
        _fixture.Memory.Lines(RunKeys.Anchors("questions")).ShouldBe(_fixture.Memory.Lines(keys.JudgeAnchors));
    }

    [Fact]
    public async Task Another_run_sends_the_frozen_pairs_and_not_its_own()
    {
        await WriteAsync("run-1", anchors: 7);
        _fixture.Answer = (model, text, _) => Task.FromResult($"something new of {model}");

        await WriteAsync("run-2", anchors: 5);

        var (first, second) = (new RunKeys(RunId.Parse("run-1")), new RunKeys(RunId.Parse("run-2")));
        _fixture.Memory.Lines(second.JudgeInput).Skip(Prompts).ShouldBe(_fixture.Memory.Lines(first.JudgeInput).Skip(Prompts).Take(5));
    }

    [Fact]
    public async Task More_anchors_than_pairs_are_all_pairs()
    {
        var output = await WriteAsync("run-1", anchors: 500);

        output.GetProperty("rows").GetInt32().ShouldBe(Prompts);
        output.GetProperty("anchors").GetInt32().ShouldBe(Prompts);
    }

    [Fact]
    public async Task A_step_that_is_called_again_sends_the_very_same_rows()
    {
        await WriteAsync("run-1", anchors: 7);
        var keys = new RunKeys(RunId.Parse("run-1"));
        var before = _fixture.Memory.Text(keys.JudgeInput);
        await _fixture.Memory.DeleteAsync(keys.JudgePairs, Token);

        await _fixture.RunAsync(StepNames.WriteJudgeDataset, new { runId = "run-1" });

        _fixture.Memory.Text(keys.JudgeInput).ShouldBe(before);
    }

    [Theory]
    [InlineData(0, "unchanged", "noRegression")]
    [InlineData(2, "unchanged", "noRegression")]
    [InlineData(3, "changed", "notChecked")]
    public async Task Up_to_a_tenth_of_other_verdicts_is_a_models_unsteadiness(int others, string state, string regression)
    {
        await JudgedAsync("run-1", others: 0);
        await _fixture.Memory.PinBaselineAsync(RunId.Parse("run-1"), DateTimeOffset.UnixEpoch, Token);

        var metrics = await JudgedAsync("run-2", others);

        metrics.GetProperty("outcomes").GetProperty("b").GetInt32().ShouldBe(Prompts);
        metrics.GetProperty("anchors").GetProperty("changed").GetInt32().ShouldBe(others);
        metrics.GetProperty("anchors").GetProperty("state").GetString().ShouldBe(state);
        metrics.GetProperty("regression").GetProperty("state").GetString().ShouldBe(regression);
        metrics.GetProperty("regression").GetProperty("baseline").GetString().ShouldBe("run-1");
    }

    private async Task<JsonElement> WriteAsync(string runId, int anchors)
    {
        _fixture.Files["questions.jsonl"] = string.Concat(Enumerable.Range(1, Prompts).Select(i => $"{{\"id\":\"q{i}\",\"prompt\":\"Question {i}?\"}}\n"));
        await _fixture.PlanAsync(
            new { runId, dataset = new { source = "questions.jsonl", sample = new { method = "all" } }, generation = new { batchSize = 100 }, judge = new { kind = "nova", anchors } }, $"execution of {runId}");
        await _fixture.RunAsync(StepNames.SamplePrompts, new { runId });
        foreach (var slot in new[] { "a", "b" })
        {
            var batch = JsonSerializer.Deserialize<JsonElement>(_fixture.Memory.Lines(new RunKeys(RunId.Parse(runId)).Batches)[0]);
            await _fixture.RunAsync(StepNames.GenerateResponses, new { runId, slot, batch });
        }

        return await _fixture.RunAsync(StepNames.WriteJudgeDataset, new { runId });
    }

    /// <summary>A run in which the judge prefers B, except in some of its 20 anchors; its rows come back last first.</summary>
    private async Task<JsonElement> JudgedAsync(string runId, int others)
    {
        await WriteAsync(runId, anchors: 20);
        var keys = new RunKeys(RunId.Parse(runId));
        var header = new JudgeArchiveHeader { RunName = "job", Timestamp = DateTimeOffset.UnixEpoch, JudgeName = "test", Marker = JudgeArchiveHeader.LocalJudgeMarker };
        await _fixture.Memory.WriteAsync(keys.JudgeArchive("job"), (stream, token) => JudgeArchiveWriter.WriteAsync(stream, header, RowsAsync(), token), PutCondition.Always, Token);
        await _fixture.Memory.WriteDocumentAsync(keys.JudgeJob, new StartJudgeOutput("job"), PipelineJson.Documents.StartJudgeOutput, Token);
        await _fixture.RunAsync(StepNames.ComputeMetrics, new { runId });
        return JsonSerializer.Deserialize<JsonElement>(_fixture.Memory.Text(keys.Metrics));

        async IAsyncEnumerable<JudgedRow> RowsAsync()
        {
            foreach (var (row, line) in _fixture.Memory.Lines(keys.JudgeInput).Index().Reverse())
            {
                await Task.CompletedTask;
                var verdict = row >= Prompts && row < Prompts + others ? PassVerdict.A : PassVerdict.B;
                yield return new JudgedRow { Prompt = JsonDocument.Parse(line).RootElement.GetProperty("prompt").GetString()!, Forward = verdict, Backward = verdict };
            }
        }
    }
}
