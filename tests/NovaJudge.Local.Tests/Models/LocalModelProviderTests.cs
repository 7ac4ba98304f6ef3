using Microsoft.Extensions.AI;
using NovaJudge.Local.Models;
using NovaJudge.Local.Storage;
using NovaJudge.Pipeline.Generation;
using NovaJudge.Pipeline.Runs;
using NovaJudge.Tests.Shared;

namespace NovaJudge.Local.Tests.Models;

public sealed class LocalModelProviderTests : IDisposable
{
    private const string FakeKey = "sk-not-a-real-key";
    private readonly string _folder = Directory.CreateTempSubdirectory("nova-test-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private LocalModelProvider Provider => new(new FileObjectStore(_folder), TimeProvider.System);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("embedded:first-sentence", null)]
    [InlineData("embedded:faulty?fail=3", null)]
    [InlineData("embedded:faulty?fail=x", "whole number")]
    [InlineData("embedded:other", "embedded:keyword-match")]
    [InlineData("file:/no/such/file.jsonl", "no such file")]
    [InlineData("run:never-was/a", "no run never-was")]
    [InlineData("openai:http://127.0.0.1:1/v1#m", "Start the server")]
    [InlineData("openai:http://user:pass@127.0.0.1:1/v1#m", "apiKeyVariable")]
    public async Task What_cannot_work_is_refused_with_what_would(string spec, string? problem)
    {
        var found = await Provider.CheckAsync(Settings(spec), Token);

        if (problem is null)
        {
            found.ShouldBeNull();
        }
        else
        {
            found.ShouldNotBeNull().ShouldContain(problem);
        }
    }

    [Fact]
    public async Task A_server_is_asked_for_its_models_before_anything_is_spent()
    {
        await using var server = await MockOpenAiServer.StartAsync();

        (await Provider.CheckAsync(Settings(server.Spec("model-a")), Token)).ShouldBeNull();
        (await Provider.CheckAsync(Settings(server.Spec("model-x")), Token)).ShouldNotBeNull().ShouldContain("it has judge, model-a, model-b");
        server.Calls.ShouldBe(0);
    }

    [Fact]
    public async Task A_server_that_lists_no_models_is_trusted()
    {
        await using var server = await LoopbackServer.StartAsync(null, LoopbackServer.Reply(404, ""));

        (await Provider.CheckAsync(Settings($"openai:{server.Address}/v1#m"), Token)).ShouldBeNull();
    }

    [Fact]
    public async Task A_missing_key_and_a_wrong_one_are_told_apart()
    {
        await using var server = await MockOpenAiServer.StartAsync(new MockOpenAiOptions { ApiKey = FakeKey });
        Environment.SetEnvironmentVariable("NOVA_TEST_WRONG_KEY", "sk-another-fake-key");
        Environment.SetEnvironmentVariable("NOVA_TEST_RIGHT_KEY", FakeKey);
        var settings = Settings(server.Spec("model-a"));

        (await Provider.CheckAsync(settings, Token)).ShouldNotBeNull().ShouldContain("name it");
        (await Provider.CheckAsync(settings with { ApiKeyVariable = "NOVA_TEST_NO_KEY" }, Token)).ShouldNotBeNull().ShouldContain("NOVA_TEST_NO_KEY is not set");
        (await Provider.CheckAsync(settings with { ApiKeyVariable = "NOVA_TEST_WRONG_KEY" }, Token)).ShouldNotBeNull().ShouldContain("Check the key in NOVA_TEST_WRONG_KEY");
        (await Provider.CheckAsync(settings with { ApiKeyVariable = "NOVA_TEST_RIGHT_KEY" }, Token)).ShouldBeNull();
    }

    [Fact]
    public async Task Answers_of_a_file_are_found_by_id_or_by_prompt()
    {
        var path = Write("answers.jsonl", """
            {"id":"q1","text":"one"}
            {"prompt":"Two?","response":"two"}

            {"id":"q3","error":{"kind":"refused","message":"no"}}
            """);
        using var client = Provider.Open(Settings($"file:{path}"));

        (await AskAsync(client, "q1", "Whatever?")).ShouldBe("one");
        (await AskAsync(client, "q2", "Two?")).ShouldBe("two");
        (await Should.ThrowAsync<ModelException>(() => AskAsync(client, "q3", "Three?"))).Code.ShouldBe("refused");
        (await Should.ThrowAsync<ModelException>(() => AskAsync(client, "q4", "Four?"))).ShouldSatisfyAllConditions(
            e => e.Kind.ShouldBe(ModelFailureKind.Item),
            e => e.Code.ShouldBe("notRecorded"));
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("oops", "line 1: it is not JSON")]
    [InlineData("""{"id":"q1"}""", "\"text\" or \"response\" is missing")]
    [InlineData("""{"text":"one"}""", "\"id\" or \"prompt\" is missing")]
    public async Task A_file_that_holds_no_answers_is_refused(string content, string problem)
    {
        var path = Write("answers.jsonl", content);

        (await Provider.CheckAsync(Settings($"file:{path}"), Token)).ShouldNotBeNull().ShouldContain(problem);
    }

    [Fact]
    public async Task A_broken_line_stops_the_run_with_its_number()
    {
        var path = Write("answers.jsonl", "{\"id\":\"q1\",\"text\":\"one\"}\n{\"id\":\"q2\"\n");
        using var client = Provider.Open(Settings($"file:{path}"));

        var failure = await Should.ThrowAsync<ModelException>(() => AskAsync(client, "q1", "One?"));

        failure.Kind.ShouldBe(ModelFailureKind.Permanent);
        failure.Message.ShouldContain("line 2");
    }

    [Fact]
    public async Task All_batches_of_a_model_share_one_pace()
    {
        await using var server = await MockOpenAiServer.StartAsync();
        var provider = Provider;

        var first = provider.Open(Settings(server.Spec("model-a"))).GetService(typeof(CallPace));

        first.ShouldNotBeNull();
        provider.Open(Settings(server.Spec("model-a"))).GetService(typeof(CallPace)).ShouldBeSameAs(first);
        provider.Open(Settings(server.Spec("model-b"))).GetService(typeof(CallPace)).ShouldNotBeSameAs(first);
    }

    private static ModelSettings Settings(string spec) => ModelSettings.Of(ModelSpec.Parse(spec));

    private static async Task<string> AskAsync(IChatClient client, string id, string prompt) =>
        (await client.GetResponseAsync(prompt, new ChatOptions { AdditionalProperties = new() { ["id"] = id } }, Token)).Text;

    private string Write(string name, string content)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, content);
        return path;
    }
}
