using System.Text;
using NovaJudge.Pipeline.Costs;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Pipeline.Tests.Costs;

public sealed class PriceTableTests
{
    [Theory]
    [InlineData("""{"models":[{"model":"openai:*","inputPerMillion":"3,00","outputPerMillion":1}]}""", "$.models[0].inputPerMillion: a number")]
    [InlineData("""{"models":[{"model":"openai:*","inputPerMillion":-1,"outputPerMillion":1}]}""", "$.models[0].inputPerMillion: a number")]
    [InlineData("""{"models":[{"model":"openai:*","inputPerMillion":1e308,"outputPerMillion":1}]}""", "$.models[0].inputPerMillion: a number")]
    [InlineData("""{"models":[{"model":"openai:*","inputPerMillion":1e999,"outputPerMillion":1}]}""", "$.models[0].inputPerMillion: a number")]
    [InlineData("""{"models":[{"model":"openai:*","inputPerMillion":1}]}""", "belong together")]
    [InlineData("""{"models":[{"model":"openai:*"}]}""", "exactly one way to pay")]
    [InlineData("""{"models":[{"model":"openai:*","perHour":1,"instance":"ml.g5.xlarge"}]}""", "exactly one way to pay")]
    [InlineData("""{"models":[{"inputPerMillion":1,"outputPerMillion":1}]}""", "$.models[0].model: a model's spec is expected")]
    [InlineData("""{"models":[{"model":"x","perHour":1},{"model":"x","perHour":2}]}""", "has 2 prices where one is expected")]
    [InlineData("""{"modells":[]}""", "Did you mean \"models\"?")]
    [InlineData("""{"instances":[{"instance":"ml.g5.xlarge","use":"rent","region":"us-east-1","perHour":1}]}""", "$.instances[0].use: one of training, endpoint")]
    [InlineData("""{"instances":[{"instance":"ml.g5.xlarge","use":"training","region":"us-east-1"}]}""", "$.instances[0].perHour: US dollars")]
    [InlineData("[1]", "a price table is a JSON object")]
    [InlineData("model,input,output\nopenai:x,3,4", "line 1: it is not JSON")]
    [InlineData("{}", "at least one price")]
    public void A_table_that_cannot_be_right_is_refused_with_the_place_and_the_rule(string json, string expected)
    {
        var error = Should.Throw<PipelineException>(() => PriceTableReader.Read(Encoding.UTF8.GetBytes(json), "prices.json"));

        error.ErrorName.ShouldBe(ErrorNames.BadInput);
        error.Message.ShouldContain(expected);
        error.Message.ShouldStartWith("prices.json");
    }

    [Fact]
    public void Every_built_in_price_says_where_it_was_published_and_when_it_was_read()
    {
        PriceBook.BuiltIn.Models.ShouldAllBe(price => price.Source != null && price.AsOf != null);
        PriceBook.BuiltIn.Instances.ShouldAllBe(price => price.Source != null && price.AsOf != null && price.PerHour > 0);
        PriceBook.BuiltIn.Version.ShouldMatch("^[0-9]{4}-[0-9]{2}-[0-9]{2}$");
    }

    [Theory]
    [InlineData("embedded:first-sentence", RateKind.Free, "local")]
    [InlineData("ollama:qwen2.5", RateKind.Free, "local")]
    [InlineData("openai:http://127.0.0.1:8000/v1#m", RateKind.Free, "local")]
    [InlineData("openai:http://localhost:8000/v1#m", RateKind.Free, "local")]
    [InlineData("file:/answers.jsonl", RateKind.Free, "replayed")]
    [InlineData("run:some-run/a", RateKind.Free, "replayed")]
    [InlineData("openai:https://gateway.example/v1#m", RateKind.Unknown, "no price is known for openai:https://gateway.example/v1#m")]
    [InlineData("bedrock:nobody.knows-this", RateKind.Unknown, "no price is known for bedrock:nobody.knows-this")]
    [InlineData("bedrock:global.anthropic.claude-sonnet-4-6", RateKind.Tokens, null)]
    [InlineData("sagemaker:nova-judge-qwen/nova-judge-qwen-1-5b", RateKind.Hours, null)]
    public void What_is_not_priced_is_free_for_a_reason_or_unknown_and_never_zero_by_silence(string spec, RateKind kind, string? because)
    {
        var rate = PriceBook.Over(null).Find(ModelSpec.Parse(spec));

        rate.Kind.ShouldBe(kind);
        rate.Because.ShouldBe(because);
        (rate.OfTokens(1000, 1000) is 0).ShouldBe(kind == RateKind.Free);
    }

    [Fact]
    public void An_own_price_counts_before_the_built_in_one_and_the_longer_pattern_before_the_shorter()
    {
        var own = PriceTableReader.Read("""
            {"version":"ours","models":[
              {"model":"bedrock:*","inputPerMillion":9,"outputPerMillion":9},
              {"model":"bedrock:*sonnet*","inputPerMillion":1,"outputPerMillion":2},
              {"model":"ollama:*","perHour":0.5}]}
            """u8.ToArray(), "own");
        var book = PriceBook.Over(own);

        book.Find(ModelSpec.Parse("bedrock:global.anthropic.claude-sonnet-4-6")).OfTokens(1_000_000, 1_000_000).ShouldBe(3);
        book.Find(ModelSpec.Parse("bedrock:amazon.nova-pro-v1:0")).OfTokens(1_000_000, 0).ShouldBe(9);
        book.Find(ModelSpec.Parse("ollama:x")).OfTime(TimeSpan.FromHours(2)).ShouldBe(1);
        book.Find(ModelSpec.Parse("run:some-run/a")).Because.ShouldBe("replayed");
        book.Version.ShouldStartWith("ours over ");
    }

    [Theory]
    [InlineData(0, "$0")]
    [InlineData(0.00000001, "<$0.000001")]
    [InlineData(0.000123, "$0.00012")]
    [InlineData(0.0999, "$0.10")]
    [InlineData(12.3456, "$12.35")]
    [InlineData(1234.5, "$1,234.50")]
    public void Dollars_show_the_digits_that_say_something(double usd, string text) => Dollars.Text(usd).ShouldBe(text);
}
