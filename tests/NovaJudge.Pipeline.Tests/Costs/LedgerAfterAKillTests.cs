using System.Text.Json;
using NovaJudge.Pipeline.Costs;
using NovaJudge.Pipeline.Generation;
using NovaJudge.Pipeline.Runs;
using NovaJudge.Pipeline.Tests.Steps;

namespace NovaJudge.Pipeline.Tests.Costs;

/// <summary>What a run has cost as far as it came, whatever its processes had no time to note.</summary>
public sealed class LedgerAfterAKillTests
{
    private readonly StepFixture _fixture = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_unfinished_run_has_a_ledger_of_its_complete_batches_and_of_its_journals()
    {
        await _fixture.SampledAsync(12);
        await _fixture.GenerateAsync("a", 0);
        await JournalAsync(ModelSlot.A, 1, new ResponseRow("q6", "six", null, 30, 4), new ResponseRow("q7", null, new ResponseError("timeout", "slow")), new ResponseRow("q6", "six again", null, 40, 5));
        await _fixture.Memory.AppendAsync(_fixture.Keys.PartialResponses(ModelSlot.A, 1), "{\"id\":"u8.ToArray(), Token);

        var ledger = await LedgerAsync();

        ledger.Prompts.ShouldBe(12);
        var a = ledger.Entries[0];
        (a.Calls, a.Failed).ShouldBe((7, 1));
        a.InputTokens.ShouldBeGreaterThanOrEqualTo(40);
        ledger.Entries[1].Calls.ShouldBe(0);
    }

    [Fact]
    public async Task Answers_that_another_run_paid_for_are_no_calls_of_this_one_though_nobody_noted_them()
    {
        await _fixture.SampledAsync(5);
        await JournalAsync(ModelSlot.B, 0,
            new ResponseRow("q1", "one", null, 10, 2, null, "earlier"), new ResponseRow("q2", "two", null, 20, 3, null, "earlier"), new ResponseRow("q3", "three", null, 7, 1));

        // The process that wrote them was killed: no telemetry. The next one finishes the batch.
        await _fixture.GenerateAsync("b", 0);
        var b = (await LedgerAsync()).Entries[1];

        (b.Calls, b.Cached).ShouldBe((3, 2));
        b.Untimed.ShouldBe(1);
        b.InputTokens.ShouldBeLessThan(30);
        b.InputTokens.ShouldBeGreaterThanOrEqualTo(7);
    }

    [Fact]
    public async Task A_remembered_answer_of_another_run_takes_nothing_of_the_ceiling()
    {
        await _fixture.SampledAsync(1);
        var model = ModelSettings.Of(ModelSpec.Parse("openai:http://x/v1#m"));
        var spending = new RunSpending(JsonSerializer.Deserialize(_fixture.Memory.Text(_fixture.Keys.Request), PipelineJson.Documents.EvaluationRequest)!);
        var meter = new CallMeter(spending, "a", model, 1);

        meter.Remember("Why?", "Because.", 10, 5, isKept: true);
        meter.Remember("How?", "So.", 7, 2);

        spending.Spent.Tokens.ShouldBe(9);
    }

    private Task<RunLedger> LedgerAsync() => LedgerOfAsync(_fixture);

    private static async Task<RunLedger> LedgerOfAsync(StepFixture fixture)
    {
        var request = JsonSerializer.Deserialize(fixture.Memory.Text(fixture.Keys.Request), PipelineJson.Documents.EvaluationRequest)!;
        return await LedgerSoFar.BuildAsync(fixture.Memory, fixture.Memory, fixture, request, Token);
    }

    private async Task JournalAsync(ModelSlot slot, int batch, params IEnumerable<ResponseRow> rows)
    {
        foreach (var row in rows)
        {
            await _fixture.Memory.AppendAsync(_fixture.Keys.PartialResponses(slot, batch), JsonSerializer.SerializeToUtf8Bytes(row, PipelineJson.Rows.ResponseRow), Token);
        }
    }
}
