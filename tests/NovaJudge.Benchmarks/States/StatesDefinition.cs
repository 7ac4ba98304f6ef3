using System.Globalization;
using System.Text;

namespace NovaJudge.Benchmarks.States;

/// <summary>A definition to race on: how many transitions one run takes, and with what input.</summary>
internal sealed record StatesDefinition(string Name, string Description, string Definition, string Input, int Transitions)
{
    public static IReadOnlyList<StatesDefinition> All => [Chain(1_000), Loop(20_000), Map(10_000)];

    private static StatesDefinition Chain(int states)
    {
        var text = new StringBuilder("""{"StartAt":"S0","States":{""");
        for (var i = 0; i < states; i++)
        {
            var next = i + 1 < states ? string.Create(CultureInfo.InvariantCulture, $"\"Next\":\"S{i + 1}\"") : "\"End\":true";
            text.Append(CultureInfo.InvariantCulture, $"{(i == 0 ? "" : ",")}\"S{i}\":{{\"Type\":\"Pass\",\"Parameters\":{{\"n.$\":\"$.n\",\"text.$\":\"$.text\"}},{next}}}");
        }

        return new("chain", $"{states:N0} Pass states with Parameters", text.Append("}}").ToString(), """{"n":1,"text":"hello"}""", states);
    }

    private static StatesDefinition Loop(int transitions)
    {
        // The last Count leads through the Choice to Done: two transitions a round.
        var rounds = transitions / 2;
        return new(
            "loop",
            $"a Choice loop of {transitions:N0} transitions",
            $$$"""
            {"StartAt":"Count","States":{
              "Count":{"Type":"Pass","Parameters":{"n.$":"States.MathAdd($.n, 1)"},"Next":"More"},
              "More":{"Type":"Choice","Choices":[{"Variable":"$.n","NumericLessThan":{{{rounds}}},"Next":"Count"}],"Default":"Done"},
              "Done":{"Type":"Succeed"}
            } }
            """,
            """{"n":0}""",
            transitions + 1);
    }

    private static StatesDefinition Map(int items) => new(
        "map",
        $"an inline Map of {items:N0} items with a Task",
        """{"StartAt":"M","States":{"M":{"Type":"Map","ItemProcessor":{"StartAt":"T","States":{"T":{"Type":"Task","Resource":"arn:aws:lambda:us-east-1:123456789012:function:f","End":true}}},"End":true}}}""",
        "[" + string.Join(',', Enumerable.Range(0, items).Select(static i => string.Create(CultureInfo.InvariantCulture, $"{{\"i\":{i}}}"))) + "]",
        items + 1);
}
