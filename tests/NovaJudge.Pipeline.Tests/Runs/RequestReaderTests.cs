using System.Text.Json;
using NovaJudge.Pipeline.Datasets.Sampling;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Pipeline.Tests.Runs;

public sealed class RequestReaderTests
{
    [Fact]
    public void An_empty_request_is_a_whole_run()
    {
        var (request, problems) = Read("{}");

        problems.ShouldBeEmpty();
        request.Suite.ShouldBe("sample");
        request.ModelB.Name.ShouldBe("Challenger");
        request.Dataset.Sample.Method.ShouldBe(SampleMethod.All);
        request.Generation.BatchSize.ShouldBe(20);
        request.Judge.Kind.ShouldBe("nova");
        request.Analysis.Confidence.ShouldBe(0.95);
        request.Gate.FailOn.ShouldBe(["regression", "errors"]);
    }

    [Fact]
    public void Other_data_is_sampled_by_article_unless_told_otherwise()
    {
        var (request, _) = Read("""{"dataset":{"source":"questions.jsonl"}}""");

        request.Dataset.Sample.ShouldBe(new SampleSettings(SampleMethod.Stratified, 100, 42, AtMost: true));
        request.Suite.ShouldBe("questions");
    }

    [Theory]
    [InlineData("""{"method":"random","size":40}""", false)]
    [InlineData("""{"method":"random","size":40,"atMost":true}""", true)]
    [InlineData("""{"method":"random"}""", true)]
    [InlineData("""{"method":"all"}""", false)]
    public void A_number_that_somebody_names_is_wanted_in_full(string sample, bool atMost)
    {
        var (request, problems) = Read($$"""{"dataset":{"source":"questions.jsonl","sample":{{sample}} } }""");

        problems.ShouldBeEmpty();
        request.Dataset.Sample.AtMost.ShouldBe(atMost);
    }

    [Fact]
    public void Everything_that_is_wrong_is_told_at_once_each_with_its_path()
    {
        var (_, problems) = Read("""
            {
              "sutie": "x",
              "dataset": { "sample": { "method": "half", "size": 0 }, "promptTemplate": "{questoin}" },
              "modelA": { "model": "bedrok:x", "temperature": "hot" },
              "modelB": { "model": "openai:localhost#m", "maxTokens": 1.5 },
              "judge": { "kind": "me" },
              "generation": { "concurrency": { "a": 100000 } },
              "gate": { "failOn": ["score"] }
            }
            """);

        problems.Select(problem => problem[..problem.IndexOf(':', StringComparison.Ordinal)]).Order().ShouldBe(
        [
            "$.dataset.promptTemplate", "$.dataset.sample.method", "$.dataset.sample.size", "$.gate.minScore", "$.generation.concurrency.a",
            "$.judge.kind", "$.modelA.model", "$.modelA.temperature", "$.modelB.maxTokens", "$.modelB.model", "$.sutie",
        ]);
        problems.ShouldContain(problem => problem.Contains("Did you mean \"suite\"?", StringComparison.Ordinal));
        problems.ShouldContain(problem => problem.Contains("openai:<base url>#<model>", StringComparison.Ordinal));
    }

    [Fact]
    public void An_API_key_in_the_place_of_its_variable_is_refused_without_being_repeated()
    {
        var (_, problems) = Read("""{"modelA":{"apiKeyVariable":"sk-not-a-real-key"}}""");

        problems.ShouldHaveSingleItem().ShouldNotContain("sk-");
    }

    [Theory]
    [InlineData("""{"modelA":{"apiKeyVariable":"gsk_NOTAREALKEY0123456789"}}""")]
    [InlineData("""{"modelA":{"apiKeyVariable":["sk-NOTAREALKEY0123456789"]}}""")]
    [InlineData("""{"modelA":{"apiKey":"NOTAREALKEY0123456789"}}""")]
    [InlineData("""{"modelA":{"name":"sk-NOTAREALKEY0123456789"}}""")]
    [InlineData("""{"modelA":{"model":"sk-NOTAREALKEY0123456789"}}""")]
    [InlineData("""{"modelA":{"model":"openai:https://user:NOTAREALKEY0123456789@host.example/v1#m"}}""")]
    [InlineData("""{"modelA":{"model":"openai:https://host.example/v1?api-key=NOTAREALKEY0123456789#m"}}""")]
    [InlineData("""{"judge":{"kind":"model:openai:https://host.example/v1?key=NOTAREALKEY0123456789#m"}}""")]
    [InlineData("""{"judge":{"kind":"model:ollama:x","panel":[{"model":"openai:https://host.example/v1?key=NOTAREALKEY0123456789#m"}]}}""")]
    [InlineData("""{"modelB":{"extra":{"api_key":"NOTAREALKEY0123456789"}}}""")]
    [InlineData("""{"modelB":{"extra":{"headers":[{"Authorization":"NOTAREALKEY0123456789"}]}}}""")]
    [InlineData("""{"modelB":{"extra":{"note":"use sk-NOTAREALKEY0123456789 here"}}}""")]
    public void A_literal_API_key_is_refused_wherever_it_stands_and_never_repeated(string json)
    {
        var (_, problems) = Read(json);

        problems.ShouldNotBeEmpty();
        problems.ShouldAllBe(problem => !problem.Contains("NOTAREALKEY", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"modelA":{"model":"openai:https://host.example/v1?api-version=2025-01-01#m","apiKeyVariable":"OPENAI_API_KEY","extra":{"max_tokens":5,"logit_bias":{"token":1},"key":7,"user":"sk-short"}}}""")]
    [InlineData("""{"modelA":{"extra":{"chat_template_kwargs":{"enable_thinking":false},"guided_choice":["key","token"]}}}""")]
    public void What_only_looks_a_little_like_a_key_is_accepted(string json) => Read(json).Problems.ShouldBeEmpty();

    [Fact]
    public void Further_fields_cannot_replace_the_question_or_cut_the_answer_into_pieces()
    {
        Read("""{"modelA":{"extra":{"messages":[],"stream":true}}}""").Problems.Select(problem => problem.Split(':')[0]).ShouldBe(["$.modelA.extra.messages", "$.modelA.extra.stream"]);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("""{"dataset":[]}""")]
    [InlineData("""{"dataset":{"source":"a\u0000b"}}""")]
    [InlineData("""{"suite":"Not A Suite"}""")]
    [InlineData("""{"modelA":{"name":"two\nlines"}}""")]
    [InlineData("""{"modelA":{"extra":[1]}}""")]
    [InlineData("""{"dataset":{"sample":{"method":"all","size":5}}}""")]
    [InlineData("""{"analysis":{"baseline":"../x"}}""")]
    public void Nonsense_is_a_problem_and_never_an_exception(string json) => Read(json).Problems.ShouldNotBeEmpty();

    [Fact]
    public void A_default_name_belongs_to_the_default_model_alone()
    {
        var (request, _) = Read("""{"modelB":{"model":"ollama:llama3.2"}}""");

        request.ModelB.Name.ShouldBe("ollama:llama3.2");
        request.ModelB.Temperature.ShouldBeNull();
    }

    internal static readonly RequestDefaults Defaults = new()
    {
        DatasetSource = "embedded:sample",
        ModelA = new ModelDefaults("embedded:a", "Baseline"),
        ModelB = new ModelDefaults("embedded:b", "Challenger", 100, 0.5),
        JudgeKind = "nova",
    };

    [Theory]
    [InlineData(RunTrigger.Schedule, "shared", false)]
    [InlineData(RunTrigger.Upload, "shared", false)]
    [InlineData(RunTrigger.Schedule, "off", true)]
    [InlineData(RunTrigger.Upload, "run", true)]
    [InlineData(RunTrigger.Console, "shared", true)]
    [InlineData(RunTrigger.Local, "shared", true)]
    public void Only_a_run_that_somebody_starts_may_take_answers_of_another_run(RunTrigger trigger, string cache, bool isAllowed)
    {
        var (request, problems) = Read($$$"""{"generation":{"cache":"{{{cache}}}"}}""", trigger);

        problems.Count(problem => problem.StartsWith("$.generation.cache:", StringComparison.Ordinal)).ShouldBe(isAllowed ? 0 : 1);
        request.Generation.Cache.ToString().ToLowerInvariant().ShouldBe(cache);
    }

    [Theory]
    [InlineData("""{"generation":{"repeats":3,"cache":"shared"}}""", "$.generation.cache: answers that are asked for again")]
    [InlineData("""{"generation":{"repeats":3},"modelB":{"model":"ollama:m","seed":1}}""", "$.modelB.seed: with a seed every repeat is the same answer")]
    [InlineData("""{"generation":{"repeats":3},"dataset":{"source":"pairs.jsonl","format":"pairs"}}""", "$.generation.repeats: the data set brings its answers along")]
    [InlineData("""{"generation":{"repeats":0}}""", "$.generation.repeats: a whole number from 1 to 100")]
    public void Repeats_that_could_not_differ_are_refused(string json, string problem) =>
        Read(json).Problems.ShouldHaveSingleItem().ShouldStartWith(problem);

    [Fact]
    public void One_repeat_is_none() => Read("""{"generation":{"repeats":1}}""").Request.Generation.ShouldBe(Read("{}").Request.Generation);

    private static (EvaluationRequest Request, List<string> Problems) Read(string json, RunTrigger trigger = RunTrigger.Console)
    {
        var problems = new List<string>();
        using var document = JsonDocument.Parse(json);
        var identity = new RunIdentity(RunId.Parse("run-1"), DateTimeOffset.UnixEpoch, trigger);
        return (new RequestReader(Defaults).Read(document.RootElement.Clone(), identity, problems), problems);
    }
}
