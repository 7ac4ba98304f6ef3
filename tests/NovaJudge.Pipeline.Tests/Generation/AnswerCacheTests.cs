using System.Text.Json;
using NovaJudge.Pipeline.Generation;
using NovaJudge.Pipeline.Runs;
using NovaJudge.Pipeline.Tests.Runs;
using NovaJudge.Tests.Shared;

namespace NovaJudge.Pipeline.Tests.Generation;

public sealed class AnswerCacheTests
{
    private const string Ollama = """{"model":"ollama:m","maxTokens":100}""";
    private readonly MemoryStore _store = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_answer_is_found_by_another_run_which_learns_who_asked()
    {
        await Cache("first", Ollama).KeepAsync("Why?", new ResponseRow("q1", "Because.", null, 3, 2, "stop"), Token);

        (await Cache("second", Ollama).FindAsync("other id", "Why?", Token)).ShouldBe(new KeptAnswer(new ResponseRow("other id", "Because.", null, 3, 2, "stop", "first"), KeptBy.AnotherRun));
        (await Cache("second", Ollama).FindAsync("q1", "Why not?", Token)).ShouldBeNull();
    }

    [Fact]
    public async Task What_a_run_kept_itself_looks_as_if_it_had_asked_just_now()
    {
        var row = new ResponseRow("q1", "Because.", null, 3, 2, "stop");
        await Cache("first", Ollama).KeepAsync("Why?", row, Token);

        (await Cache("first", Ollama).FindAsync("q1", "Why?", Token)).ShouldBe(new KeptAnswer(row, KeptBy.ItsOwnCall));
        (await Cache("first", Ollama).FindAsync("q2", "Why?", Token)).ShouldBe(new KeptAnswer(row with { Id = "q2" }, KeptBy.Sibling));
    }

    [Theory]
    [InlineData("""{"model":"ollama:n","maxTokens":100}""")]
    [InlineData("""{"model":"openai:http://127.0.0.1:1/v1#m","maxTokens":100}""")]
    [InlineData("""{"model":"ollama:m","maxTokens":101}""")]
    [InlineData("""{"model":"ollama:m","maxTokens":100,"temperature":0}""")]
    [InlineData("""{"model":"ollama:m","maxTokens":100,"topP":0}""")]
    [InlineData("""{"model":"ollama:m","maxTokens":100,"seed":0}""")]
    [InlineData("""{"model":"ollama:m","maxTokens":100,"systemPrompt":""}""")]
    [InlineData("""{"model":"ollama:m","maxTokens":100,"systemPrompt":"Be brief."}""")]
    [InlineData("""{"model":"ollama:m","maxTokens":100,"stop":["x"]}""")]
    [InlineData("""{"model":"ollama:m","maxTokens":100,"stop":["x","y"]}""")]
    [InlineData("""{"model":"ollama:m","maxTokens":100,"extra":{"top_k":1}}""")]
    [InlineData("""{"model":"ollama:m","maxTokens":100,"extra":{"top_k":2}}""")]
    public void Whatever_could_change_an_answer_is_another_model_to_the_cache(string model)
    {
        var fingerprint = Cache("first", model).Fingerprint;

        fingerprint.ShouldNotBe(Cache("first", Ollama).Fingerprint);
        fingerprint.ShouldMatch("^[0-9a-f]{64}$");
    }

    [Fact]
    public void Every_setting_of_a_model_either_counts_or_is_known_to_change_no_answer()
    {
        string[] counting = ["Model", "MaxTokens", "Temperature", "TopP", "Seed", "SystemPrompt", "Stop", "Extra"];
        string[] irrelevant = ["Name", "ApiKeyVariable"];

        typeof(ModelSettings).GetProperties().Select(setting => setting.Name).Order().ShouldBe(counting.Concat(irrelevant).Order());
    }

    [Fact]
    public void Names_key_variables_and_the_order_of_fields_change_no_answer()
    {
        Cache("first", """{"model":"ollama:m","maxTokens":100,"name":"Mine","apiKeyVariable":"MY_KEY","extra":{"a":{"x":1,"y":2},"b":1}}""").Fingerprint
            .ShouldBe(Cache("second", """{"model":"ollama:m","maxTokens":100,"extra":{"b":1,"a":{"y":2,"x":1}}}""").Fingerprint);
    }

    [Fact]
    public async Task Failures_and_empty_answers_are_never_kept()
    {
        var cache = Cache("first", Ollama);

        await cache.KeepAsync("Why?", new ResponseRow("q1", null, new ResponseError("timeout", "too late")), Token);
        await cache.KeepAsync("Why?", new ResponseRow("q1", " \n"), Token);

        _store.Keys.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_first_answer_stays()
    {
        await Cache("first", Ollama).KeepAsync("Why?", new ResponseRow("q1", "Because."), Token);
        await Cache("second", Ollama).KeepAsync("Why?", new ResponseRow("q1", "It depends."), Token);

        (await Cache("third", Ollama).FindAsync("q1", "Why?", Token))!.Row.Text.ShouldBe("Because.");
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[1]")]
    [InlineData("{}")]
    [InlineData("""{"model":"x","prompt":"y","run":"first","text":"forged"}""")]
    [InlineData("not JSON at all \u0000")]
    public async Task A_damaged_entry_is_no_answer_and_is_written_anew(string content)
    {
        var cache = Cache("second", Ollama);
        await Cache("first", Ollama).KeepAsync("Why?", new ResponseRow("q1", "Because."), Token);
        var key = ObjectKey.Parse(_store.Keys.ShouldHaveSingleItem());
        _store.Put(key, content);

        (await cache.FindAsync("q1", "Why?", Token)).ShouldBeNull();
        await cache.KeepAsync("Why?", new ResponseRow("q1", "Again."), Token);

        (await cache.FindAsync("q1", "Why?", Token))!.Row.Text.ShouldBe("Again.");
    }

    [Fact]
    public async Task An_entry_in_the_place_of_another_one_is_no_answer()
    {
        var cache = Cache("first", Ollama);
        await cache.KeepAsync("Why?", new ResponseRow("q1", "Because."), Token);
        var entry = _store.Text(ObjectKey.Parse(_store.Keys.ShouldHaveSingleItem()));
        await cache.KeepAsync("How?", new ResponseRow("q2", "So."), Token);

        _store.Put(ObjectKey.Parse(_store.Keys.Single(key => _store.Text(ObjectKey.Parse(key)) != entry)), entry);

        (await cache.FindAsync("q2", "How?", Token)).ShouldBeNull();
    }

    [Theory]
    [InlineData("../../runs/first/request.json")]
    [InlineData("a/b\\c\0d\n")]
    [InlineData("")]
    public async Task No_prompt_leads_a_key_out_of_the_cache(string prompt)
    {
        var cache = Cache("first", """{"model":"openai:http://127.0.0.1/../..#../m","maxTokens":100}""");

        await cache.KeepAsync(prompt, new ResponseRow("q1", "Because."), Token);

        _store.Keys.ShouldHaveSingleItem().ShouldMatch("^cache/[0-9a-f]{64}/[0-9a-f]{64}\\.json$");
        (await cache.FindAsync("q1", prompt, Token))!.Row.Text.ShouldBe("Because.");
    }

    [Theory]
    [InlineData("run", "ollama:m")]
    [InlineData("off", "ollama:m")]
    [InlineData("shared", "embedded:first-sentence")]
    [InlineData("shared", "file:answers.jsonl")]
    [InlineData("shared", "run:first/a")]
    public void There_is_no_cache_unless_asked_for_nor_for_models_that_cost_nothing(string mode, string model)
    {
        var request = Request("first", $$"""{"model":"{{model}}"}""", mode);

        AnswerCache.Of(request, request.ModelA, _store).ShouldBeNull();
    }

    private AnswerCache Cache(string run, string model)
    {
        var request = Request(run, model, "shared");
        return AnswerCache.Of(request, request.ModelA, _store).ShouldNotBeNull();
    }

    private static EvaluationRequest Request(string run, string model, string mode)
    {
        var problems = new List<string>();
        using var body = JsonDocument.Parse($$$"""{"modelA":{{{model}}},"generation":{"cache":"{{{mode}}}"}}""");
        var request = new RequestReader(RequestReaderTests.Defaults).Read(
            body.RootElement.Clone(), new RunIdentity(RunId.Parse(run), DateTimeOffset.UnixEpoch, RunTrigger.Console), problems);
        problems.ShouldBeEmpty();
        return request;
    }
}
