using System.Collections.Immutable;
using CsCheck;
using NovaJudge.StatesLanguage.Cases;
using NovaJudge.StatesLanguage.Intrinsics;
using NovaJudge.StatesLanguage.Json;
using NovaJudge.StatesLanguage.Paths;
using NovaJudge.StatesLanguage.Tasks;
using NovaJudge.StatesLanguage.Templates;

namespace NovaJudge.StatesLanguage.Tests.Fuzzing;

public class FuzzTests
{
    private static readonly JsonValue Sample = JsonValue.Parse("""
        {"a":{"a":[{"b":1},{"b":"x","a":null}],"b":2},"b":[[1,2],["x"]],"items":[3,1.5,"y",{"a":true}],"n":5,"s":"a,b","deep":{"a":{"a":{"a":[[[]]]}}}}
        """);

    [Fact]
    public void A_path_is_refused_or_selects_or_leads_nowhere() => Fuzz.Check(Gen.Select(Texts.Path, Values.Json), 20_000, static pair =>
    {
        try
        {
            var path = JsonPath.Parse(pair.Item1);
            path.Evaluate(Sample);
            path.Evaluate(JsonValue.Parse(pair.Item2));
        }
        catch (Exception refusal) when (refusal is PathSyntaxException or PathException)
        {
        }
    });

    [Fact]
    public void A_call_is_refused_or_answers_or_fails_by_name() => Fuzz.Check(Gen.OneOf(Texts.Call, Texts.WellFormedCall), 20_000, static text =>
    {
        try
        {
            new IntrinsicParser(text).Parse().Evaluate(new Scope(Sample, new Source(), ImmutableDictionary<string, JsonValue>.Empty));
        }
        catch (Exception refusal) when (refusal is IntrinsicSyntaxException or StateException)
        {
        }
    });

    [Fact]
    public void Text_is_JSON_or_refused() => Fuzz.Check(Gen.Byte.Array[0, 40], 20_000, static bytes =>
    {
        if (JsonReader.TryParse(bytes, out var value))
        {
            JsonEquality.AreEqual(JsonReader.Parse(value.ToUtf8()), value).ShouldBeTrue();
            value.Size.ShouldBe(value.ToUtf8().Length);
        }
    });

    [Fact]
    public void Written_JSON_reads_as_the_same_value_of_the_same_size() => Fuzz.Check(Values.Json, 5_000, static text =>
    {
        var value = JsonValue.Parse(text);

        var written = value.ToUtf8();

        JsonEquality.AreEqual(JsonReader.Parse(written), value).ShouldBeTrue();
        value.Size.ShouldBe(written.Length);
    });

    [Fact]
    public Task A_mutated_definition_is_refused_or_runs_to_its_end() => Fuzz.CheckAsync(Gen.Select(Values.Definition, Values.Json), 4_000, static async pair =>
    {
        var line = $$$"""{"name":"fuzz","definition":{{{pair.Item1}}},"input":{{{pair.Item2}}},"tasks":{"f":[{"error":"E"},{"echo":true}],"S":[{"return":{"a":[1]},"delaySeconds":2}]},"objects":{"b":{"k":"[1,{\"a\":2}]"} } }""";
        var runner = new CaseRunner { Limits = ExecutionLimits.Aws with { HistoryEvents = 300 } };

        var answer = await runner.RunAsync(line, CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(30));

        answer.ShouldContain("\"status\":");
    });

    [Theory]
    [InlineData('[', ']')]
    [InlineData('{', '}')]
    public async Task Depth_overflows_nothing(char open, char close)
    {
        const int depth = 100_000;
        var one = open == '[' ? "[" : "{\"a\":";
        var deep = string.Concat(Enumerable.Repeat(one, depth)) + "1" + new string(close, depth);
        var value = JsonValue.Parse(deep);
        value.ToString().Length.ShouldBe(deep.Length);
        JsonEquality.AreEqual(value, JsonValue.Parse(deep)).ShouldBeTrue();
        JsonPath.Parse("$..b").Evaluate(value).ToString().ShouldBe("[]");
        JsonPath.Parse("$..[?(@.a == 5)]").Evaluate(value).ToString().ShouldBe("[]");
        Should.Throw<InvalidDefinitionException>(() => StateMachineDefinition.Parse(deep)).Problems.ShouldHaveSingleItem().Code.ShouldBe(ProblemCodes.InvalidJson);
        Should.Throw<InvalidDefinitionException>(() => StateMachineDefinition.Parse($$$"""{"StartAt":"A","States":{"A":{"Type":"Pass","Result":{{{deep}}},"End":true} } }"""));
        var machine = new Machine("""
            {"StartAt":"A","States":{"A":{"Type":"Pass","Parameters":{"all.$":"$","unique.$":"States.ArrayUnique(States.Array($, $))","text.$":"States.JsonToString($)"},"Next":"B"},
             "B":{"Type":"Task","Resource":"arn:aws:lambda:us-east-1:123456789012:function:f","Parameters":{"back.$":"States.StringToJson($.text)"},"End":true}}}
            """)
        { Limits = ExecutionLimits.None }.Task("B", static request => TaskOutcome.Succeeded(request.Input));

        var result = await machine.RunAsync(deep);

        result.OutputText().Length.ShouldBe(deep.Length + "{\"back\":}".Length);
    }

    [Fact]
    public void Long_conditions_and_deep_nesting_in_texts_overflow_nothing()
    {
        var many = string.Join(" && ", Enumerable.Repeat("@.a == 1", 100_000));
        JsonPath.Parse($"$.items[?({many})]").Evaluate(Sample).ToString().ShouldBe("[]");
        Should.Throw<PathSyntaxException>(() => JsonPath.Parse("$[?(" + new string('(', 100_000) + "@.a" + new string(')', 100_000) + ")]"));
        Should.Throw<PathSyntaxException>(() => JsonPath.Parse("$[?(" + new string('!', 100_000) + "@.a)]"));
        Should.Throw<PathSyntaxException>(() => JsonPath.Parse(string.Concat(Enumerable.Repeat("$[?(@", 100_000))));
        Should.Throw<IntrinsicSyntaxException>(() => new IntrinsicParser(string.Concat(Enumerable.Repeat("States.Array(", 100_000))).Parse());
        JsonPath.Parse("$" + string.Concat(Enumerable.Repeat("..a", 50))).Evaluate(Sample);
    }

    [Fact]
    public void A_search_that_would_never_end_is_given_up()
    {
        var nested = JsonValue.Parse(string.Concat(Enumerable.Repeat("{\"a\":", 300)) + "1" + new string('}', 300));

        Should.Throw<StateException>(() => JsonPath.Parse("$" + string.Concat(Enumerable.Repeat("..a", 20))).Evaluate(nested)).Message.ShouldContain("looked at more than");
        Should.Throw<StateException>(() => JsonPath.Parse("$..[?(@..[?(@..[?(@..x)])])]").Evaluate(nested)).Message.ShouldContain("looked at more than");
    }

    [Fact]
    public void Few_characters_cannot_stand_for_gigabytes()
    {
        var large = new JsonString(new string('x', 200_000));
        var scope = new Scope(large, new Source(), ImmutableDictionary<string, JsonValue>.Empty);
        var call = $"States.JsonToString(States.Array({string.Join(',', Enumerable.Repeat("$", 10_000))}))";

        Should.Throw<StateException>(() => new IntrinsicParser(call).Parse().Evaluate(scope)).Error.ShouldBe(ErrorNames.IntrinsicFailure);
    }

    [Fact]
    public async Task A_retry_of_what_can_never_succeed_ends_with_the_history()
    {
        var machine = new Machine("""
            {"StartAt":"A","States":{"A":{"Type":"Task","Resource":"arn:aws:lambda:us-east-1:123456789012:function:f","Parameters":{"x.$":"$.gone"},
             "Retry":[{"ErrorEquals":["States.ALL"],"MaxAttempts":99999999,"BackoffRate":1}],"End":true}}}
            """);

        var result = await machine.RunAsync();

        result.Cause.ShouldBe("The execution reached the maximum number of history events (25000).");
    }

    [Fact]
    public async Task A_line_that_is_no_case_has_an_answer()
    {
        foreach (var line in new[] { "", "x", "[]", "{}", "{\"definition\":5}", "{\"definition\":\"{\"}", "{\"definition\":null,\"input\":{}}", "\ud800", "{\"name\":1,\"definition\":{\"StartAt\":\"A\",\"States\":{}}}" })
        {
            (await new CaseRunner().RunAsync(line, TestContext.Current.CancellationToken)).ShouldContain("\"status\":\"INVALID\"");
        }
    }

    private sealed class Source : IScopeSource, IRandomSource
    {
        public Random Random { get; } = new(1);

        IRandomSource IScopeSource.Random => this;

        public string MissingPathError => ErrorNames.Runtime;

        public JsonValue Context() => Sample;

        public string Quote(JsonValue input) => input.ToString();

        public Guid NewUuid() => Guid.Empty;
    }
}
