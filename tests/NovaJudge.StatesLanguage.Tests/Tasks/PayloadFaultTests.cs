using System.Text.Json;
using NovaJudge.StatesLanguage.Tasks;

namespace NovaJudge.StatesLanguage.Tests.Tasks;

public class PayloadFaultTests
{
    private static readonly JsonException Fault = new("in our own words");

    // The first line is quoted in aws-lambda-power-tuning#148.
    [Theory]
    [InlineData("test data", "test", 6)]
    [InlineData("HelloWorld", "HelloWorld", 11)]
    [InlineData("truely", "truely", 7)]
    [InlineData("  x", "x", 4)]
    public void An_unknown_word_is_told_as_Lambda_tells_it(string payload, string word, int column) =>
        PayloadFault.Describe(payload, Fault).ShouldBe(
            $"Could not parse payload into json: Unrecognized token '{word}': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')\n"
            + $" at [Source: (byte[])\"{payload}\"; line: 1, column: {column}]");

    [Fact]
    public void Of_a_long_payload_the_beginning_is_quoted() =>
        PayloadFault.Describe(new string('a', 510), Fault).ShouldContain($"(byte[])\"{new string('a', 500)}\"[truncated 10 bytes]; line: 1, column: 511]");

    [Theory]
    [InlineData("{\"a\":")]
    [InlineData("true false")]
    [InlineData("01")]
    [InlineData("")]
    public void Other_faults_keep_their_own_words(string payload) => PayloadFault.Describe(payload, Fault).ShouldBe("in our own words");
}
