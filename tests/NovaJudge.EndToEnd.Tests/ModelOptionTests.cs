using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using NovaJudge.Tests.Shared;

namespace NovaJudge.EndToEnd.Tests;

/// <summary>What options and requests say reaches the server byte for byte, and keys reach nothing else.</summary>
public sealed class ModelOptionTests : IDisposable
{
    private const string Variable = "NOVA_TEST_LOOPBACK_KEY";
    private const string FakeKey = "fake-key-5f1b2c";
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task Options_of_both_models_and_of_the_judge_are_the_bytes_on_the_wire()
    {
        await using var server = await MockOpenAiServer.StartAsync(new MockOpenAiOptions { Answer = call => call.Model == "judge" ? "[[A=B]]" : "yes" });
        server.Record = new ConcurrentQueue<MockCall>();
        var data = _workspace.Write("one.jsonl", """{"id":"q1","prompt":"Is \"this\" {so}?","context":"C","category":"k"}""" + "\n");
        var system = _workspace.Write("system.txt", "Réponds\nbriefly.");
        var judgePrompt = _workspace.Write("judge.txt", "{prompt}|{first}|{second}|[[A>B]] [[B>A]] [[A=B]]");

        var result = await NovaProcess.RunAsync(_workspace.Folder, "run", "--dataset", data, "--sample", "all", "--store", _workspace.Store, "--run-id", "r",
            "--model-a", server.Spec("model-a"), "--model-b", server.Spec("model-b"), "--judge", $"model:{server.Spec("judge")}",
            "--prompt", "{category}/{id}: {{{question}}}", "--system-prompt", $"@{system}", "--temperature", "0.2", "--max-tokens", "77", "--judge-prompt", judgePrompt,
            "--set", "modelA.topP=0.9", "--set", "modelA.seed=11", "--set", "modelA.stop=[\"END\",\"\\n\\n\"]", "--set", "modelA.extra.top_k=5",
            "--set", "modelB.temperature=1", "--set", "modelB.systemPrompt=null", "--set", "judge.model.maxTokens=9", "--set", "judge.model.temperature=0.5", "--set", "judge.model.systemPrompt=Judge.",
            "--set", "judge.model.extra={\"reasoning_effort\":\"low\"}");

        result.ExitCode.ShouldBeLessThan(2, result.ToString());
        Body(server, "model-a").ShouldBe("""{"model":"model-a","messages":[{"role":"system","content":"Réponds\nbriefly."},{"role":"user","content":"k/q1: {Is \"this\" {so}?}"}],"max_tokens":77,"temperature":0.2,"top_p":0.9,"seed":11,"stop":["END","\n\n"],"top_k":5}""");
        Body(server, "model-b").ShouldBe("""{"model":"model-b","messages":[{"role":"user","content":"k/q1: {Is \"this\" {so}?}"}],"max_tokens":77,"temperature":1}""");
        using var judged = JsonDocument.Parse(Body(server, "judge"));
        judged.RootElement.GetProperty("messages")[0].GetProperty("content").GetString().ShouldBe("Judge.");
        judged.RootElement.GetProperty("messages")[1].GetProperty("content").GetString().ShouldNotBeNull().ShouldEndWith("|[[A>B]] [[B>A]] [[A=B]]");
        judged.RootElement.GetProperty("max_tokens").GetInt32().ShouldBe(9);
        judged.RootElement.GetProperty("temperature").GetDouble().ShouldBe(0.5);
        judged.RootElement.GetProperty("reasoning_effort").GetString().ShouldBe("low");
        var stored = _workspace.Json(_workspace.Run("r", "request.json"));
        stored.GetProperty("judge").GetProperty("prompt").GetString().ShouldBe(File.ReadAllText(judgePrompt));
        stored.GetProperty("dataset").GetProperty("promptTemplate").GetString().ShouldBe("{category}/{id}: {{{question}}}");
    }

    [Fact]
    public async Task A_key_goes_to_its_server_and_into_no_file_and_no_output()
    {
        await using var server = await MockOpenAiServer.StartAsync(new MockOpenAiOptions { ApiKey = FakeKey });

        var run = await RunAsync(server, FakeKey, "r");
        var exam = await NovaProcess.RunAsync(_workspace.Folder, [(Variable, FakeKey)],
            "exam", "--judge", $"model:{server.Spec("judge")}", "--judge-key", Variable, "--size", "6", "--store", _workspace.Store);
        var wrong = await RunAsync(server, "wrong-key-77aa", "w");

        run.ExitCode.ShouldBe(0, run.ToString());
        exam.ExitCode.ShouldBeLessThan(2, exam.ToString());
        wrong.ExitCode.ShouldBe(2, wrong.ToString());
        wrong.Error.ShouldContain($"Check the key in {Variable}");
        foreach (var secret in new[] { FakeKey, "wrong-key-77aa" })
        {
            new[] { run, exam, wrong }.ShouldAllBe(result => !result.ToString().Contains(secret, StringComparison.Ordinal));
            Directory.EnumerateFiles(_workspace.Folder, "*", SearchOption.AllDirectories)
                .Where(file => File.ReadAllBytes(file).AsSpan().IndexOf(Encoding.UTF8.GetBytes(secret)) >= 0).ShouldBeEmpty();
        }

        File.ReadAllText(_workspace.Run("r", "request.json")).ShouldContain(Variable);
    }

    [Theory]
    [InlineData("--key-a", "sk-NOTAREALKEY0123456789")]
    [InlineData("--judge-key", "gsk_NOTAREALKEY0123456789")]
    [InlineData("--set", "modelA.apiKey=NOTAREALKEY0123456789")]
    [InlineData("--set", "sk-NOTAREALKEY0123456789")]
    [InlineData("--set", "modelB.extra.api_key=NOTAREALKEY0123456789")]
    [InlineData("--model-a", "openai:http://127.0.0.1:1/v1?key=NOTAREALKEY0123456789#m")]
    public async Task A_literal_key_is_refused_before_anything_is_written_and_not_repeated(string option, string value)
    {
        var result = await NovaProcess.RunAsync(_workspace.Folder, "run", "--judge", "model:openai:http://127.0.0.1:1/v1#judge", option, value, "--store", _workspace.Store);

        result.ExitCode.ShouldBe(2, result.ToString());
        result.ToString().ShouldNotContain("NOTAREALKEY");
        Directory.Exists(_workspace.Store).ShouldBeFalse();
    }

    private Task<NovaResult> RunAsync(MockOpenAiServer server, string key, string runId) => NovaProcess.RunAsync(_workspace.Folder, [(Variable, key)],
        "run", "--dataset", _workspace.Questions(3), "--sample", "all", "--store", _workspace.Store, "--run-id", runId,
        "--model-a", server.Spec("model-a"), "--key-a", Variable, "--model-b", server.Spec("model-b"), "--key-b", Variable, "--judge", $"model:{server.Spec("judge")}", "--judge-key", Variable);

    private static string Body(MockOpenAiServer server, string model) => Encoding.UTF8.GetString(server.Record!.First(call => call.Model == model).Body);
}
