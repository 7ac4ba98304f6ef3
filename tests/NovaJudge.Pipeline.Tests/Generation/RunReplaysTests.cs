using Microsoft.Extensions.AI;
using NovaJudge.Pipeline.Generation;
using NovaJudge.Pipeline.Runs;
using NovaJudge.Tests.Shared;

namespace NovaJudge.Pipeline.Tests.Generation;

public sealed class RunReplaysTests
{
    private readonly MemoryStore _store = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Answers_of_an_earlier_run_are_found_by_the_text_of_the_prompt()
    {
        await WriteRunAsync(batches: 1);
        using var client = new RunReplays(_store).Open(Settings("run:earlier/b"));

        (await AskAsync(client, "other-id", "Why?")).ShouldBe("because");
        (await AskAsync(client, "r3", "Twice?")).ShouldBe("second answer");
        (await AskAsync(client, "r9", "Twice?")).ShouldBe("first answer");
        (await Should.ThrowAsync<ModelException>(() => AskAsync(client, "r1", "Never asked?"))).ShouldSatisfyAllConditions(
            e => e.Kind.ShouldBe(ModelFailureKind.Item), e => e.Code.ShouldBe("notRecorded"));
        (await Should.ThrowAsync<ModelException>(() => AskAsync(client, "r4", "Broken?"))).Code.ShouldBe("http500");
    }

    [Theory]
    [InlineData("run:earlier/b", 1, null)]
    [InlineData("run:earlier/b", 2, "has not finished answering")]
    [InlineData("run:another/b", 1, "there is no run another")]
    public async Task A_run_that_cannot_be_replayed_is_refused_beforehand(string spec, int batches, string? problem)
    {
        await WriteRunAsync(batches);

        var found = await new RunReplays(_store).CheckAsync(Settings(spec), Token);

        (found is null).ShouldBe(problem is null);
        found?.ShouldContain(problem!);
    }

    private static ModelSettings Settings(string spec) => ModelSettings.Of(ModelSpec.Parse(spec));

    private static async Task<string> AskAsync(IChatClient client, string id, string prompt) =>
        (await client.GetResponseAsync(prompt, new ChatOptions { AdditionalProperties = new() { ["id"] = id } }, Token)).Text;

    private async Task WriteRunAsync(int batches)
    {
        var keys = new RunKeys(RunId.Parse("earlier"));
        await _store.WriteTextAsync(keys.Prompts, """
            {"id":"r1","text":"Why?"}
            {"id":"r2","text":"Twice?"}
            {"id":"r3","text":"Twice?"}
            {"id":"r4","text":"Broken?"}

            """, Token);
        await _store.WriteTextAsync(keys.Batches, "{\"batch\":0,\"offset\":0,\"length\":100,\"count\":4}\n", Token);
        await _store.WriteTextAsync(keys.Sample, $$"""{"format":"jsonl","records":4,"unanswerableLeftOut":0,"prompts":4,"batches":{{batches}}}""", Token);
        await _store.WriteTextAsync(keys.Responses(ModelSlot.B, 0), """
            {"id":"r1","text":"because"}
            {"id":"r2","text":"first answer"}
            {"id":"r3","text":"second answer"}
            {"id":"r4","error":{"kind":"http500","message":"oops"}}

            """, Token);
    }
}
