using NovaJudge.StatesLanguage.Json;

namespace NovaJudge.StatesLanguage.Tests.Json;

public class JsonTests
{
    [Theory]
    [InlineData("1.10")]
    [InlineData("123456789012345678901234567890")]
    [InlineData("1E400")]
    [InlineData("-0")]
    [InlineData("{\"a\":[1,{\"b\":null}],\"\":\"\"}")]
    [InlineData("\"\\u0000\\u001F\\b\\f\\n\\r\\t\\\"\\\\\"")]
    [InlineData("\"ä日😀/\"")]
    public void Text_comes_back_as_it_was(string text) => JsonValue.Parse(text).ToString().ShouldBe(text);

    [Theory]
    [InlineData("1", "1.0", 0)]
    [InlineData("1.10", "1.1", 0)]
    [InlineData("9007199254740993", "9007199254740992", 1)]
    [InlineData("123456789012345678901234567890", "123456789012345678901234567891", -1)]
    [InlineData("-123456789012345678901234567890", "-123456789012345678901234567891", 1)]
    [InlineData("-1", "1", -1)]
    [InlineData("1e3", "1000", 0)]
    [InlineData("1e400", "1", 1)]
    [InlineData("0.1", "0.10000000000000000000000001", -1)]
    [InlineData("-0", "0", 0)]
    public void Numbers_are_compared_by_value(string left, string right, int expected) =>
        Math.Sign(((JsonNumber)JsonValue.Parse(left)).CompareTo((JsonNumber)JsonValue.Parse(right))).ShouldBe(expected);

    [Fact]
    public void Of_a_repeated_name_the_last_value_counts_in_the_first_place() =>
        JsonValue.Parse("""{"a":1,"b":2,"a":3}""").ToString().ShouldBe("""{"a":3,"b":2}""");

    [Fact]
    public void Large_objects_are_found_by_name()
    {
        var map = (JsonObject)JsonValue.Parse("{" + string.Join(',', Enumerable.Range(0, 1000).Select(static i => $"\"k{i}\":{i}")) + "}");

        map["k999"]!.ToString().ShouldBe("999");
        map["k1000"].ShouldBeNull();
        map.With("k5", JsonValue.Null)["k5"]!.Kind.ShouldBe(JsonKind.Null);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[1,]")]
    [InlineData("{'a':1}")]
    [InlineData("01")]
    [InlineData("NaN")]
    [InlineData("1 2")]
    [InlineData("\"\\ud800\"")]
    [InlineData("// c\n1")]
    public void What_is_not_JSON_is_refused(string text) => JsonReader.TryParse(System.Text.Encoding.UTF8.GetBytes(text), out _).ShouldBeFalse();
}
