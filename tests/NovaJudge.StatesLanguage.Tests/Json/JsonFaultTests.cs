using System.Text;
using System.Text.Json;
using NovaJudge.StatesLanguage.Json;

namespace NovaJudge.StatesLanguage.Tests.Json;

public class JsonFaultTests
{
    [Theory]
    [InlineData("", "The text holds no JSON value.")]
    [InlineData(" \n\t", "The text holds no JSON value.")]
    [InlineData("{\"a\":", "The text ends inside a JSON value.")]
    [InlineData("[[1]\n", "The text ends inside a JSON value.")]
    [InlineData("{\n \"a\": nope\n}", "Unexpected 'o' in line 2, column 8.")]
    [InlineData("1 2", "Unexpected '2' in line 1, column 3.")]
    [InlineData("[1,]", "Unexpected ']' in line 1, column 4.")]
    [InlineData("[é]", "Unexpected 'é' in line 1, column 2.")]
    [InlineData("\"\\ud800\"", "The text holds an invalid UTF-8 sequence or a lone surrogate.")]
    public void What_is_no_JSON_says_where(string text, string message) =>
        Should.Throw<JsonException>(() => JsonReader.Parse(Encoding.UTF8.GetBytes(text))).Message.ShouldBe(message);

    [Fact]
    public void A_byte_that_begins_no_character_is_named() =>
        Should.Throw<JsonException>(static () => JsonReader.Parse([(byte)'[', 0xFF])).Message.ShouldBe("Unexpected byte 0xFF in line 1, column 2.");
}
