using System.Text.Json.Nodes;
using NovaJudge.StatesLanguage.Cases;

namespace NovaJudge.StatesLanguage.Tests.Cases;

public class CaseRunnerTests
{
    [Fact]
    public async Task Answers_come_in_the_order_of_the_lines()
    {
        var lines = Enumerable.Range(0, 200).Select(static i =>
            $$$"""{"name":"{{{i}}}","definition":{"StartAt":"W","States":{"W":{"Type":"Wait","SecondsPath":"$.s","End":true} } },"input":{"s":{{{(200 - i) * 100}}}} }""");
        using var answers = new StringWriter();

        await new CaseRunner().RunAllAsync(new StringReader(string.Join("\n\n", lines)), answers, concurrency: 8, TestContext.Current.CancellationToken);

        answers.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => (string)JsonNode.Parse(line)!["name"]!)
            .ShouldBe(Enumerable.Range(0, 200).Select(static i => i.ToString()));
    }

    [Fact]
    public async Task The_input_is_quoted_as_it_was_written()
    {
        var answer = await new CaseRunner().RunAsync(
            """{"definition":{"StartAt":"A","States":{"A":{"Type":"Pass","Parameters":{"x.$":"$.gone"},"End":true}}},"input": {"a" :  1}}""", TestContext.Current.CancellationToken);

        ((string)JsonNode.Parse(answer)!["cause"]!).ShouldEndWith("could not be found in the input '{\"a\" :  1}'");
    }

    [Theory]
    [InlineData("no case", "A case is a JSON object. Unexpected 'o' in line 1, column 2.")]
    [InlineData("[1]", "A case is a JSON object. This is JSON of another kind.")]
    public async Task A_line_that_is_no_case_says_why(string line, string cause)
    {
        var answer = JsonNode.Parse(await new CaseRunner().RunAsync(line, TestContext.Current.CancellationToken))!;

        ((string)answer["status"]!).ShouldBe("INVALID");
        ((string)answer["cause"]!).ShouldBe(cause);
    }

    [Theory]
    [InlineData("""{"type":"EXPRESS"}""", "arn:aws:states:us-east-1:123456789012:express:case:n:UUID")]
    [InlineData("""{"stateMachineArn":"arn:aws:states:eu-west-1:111111111111:stateMachine:express_one","executionArn":"arn:aws:states:eu-west-1:111111111111:execution:express_one:e"}""", "arn:aws:states:eu-west-1:111111111111:express:express_one:e:UUID")]
    [InlineData("""{"executionArn":"arn:aws:states:eu-west-1:111111111111:express:one:e:1-2"}""", "arn:aws:states:eu-west-1:111111111111:express:one:e:1-2")]
    [InlineData("""{"type":"STANDARD","stateMachineArn":"arn:aws:states:eu-west-1:111111111111:stateMachine:express_one"}""", null)]
    [InlineData("""{"stateMachineArn":"arn:aws:states:eu-west-1:111111111111:stateMachine:the_express_one"}""", null)]
    [InlineData("{}", null)]
    public async Task A_case_is_an_Express_workflow_by_its_context(string context, string? express)
    {
        var answer = JsonNode.Parse(await new CaseRunner().RunAsync(
            $$$"""{"name":"n","definition":{"StartAt":"A","States":{"A":{"Type":"Pass","Parameters":{"x.$":"$$.Execution"},"End":true} } },"context":{{{context}}} }""",
            TestContext.Current.CancellationToken))!;

        var execution = answer["output"]!["x"]!.AsObject();
        execution.ContainsKey("RedriveCount").ShouldBe(express is null);
        var arn = (string)execution["Id"]!;
        if (express is null)
        {
            arn.ShouldContain(":execution:");
            return;
        }

        arn.ShouldStartWith(express.Replace("UUID", "", StringComparison.Ordinal));
        (express.EndsWith("UUID", StringComparison.Ordinal) && !Guid.TryParse(arn.Split(':')[^1], out _)).ShouldBeFalse(arn);
    }

    [Fact]
    public async Task Written_objects_are_part_of_the_answer()
    {
        var answer = JsonNode.Parse(await new CaseRunner().RunAsync(
            """
            {"definition":{"StartAt":"M","States":{"M":{"Type":"Map","Label":"L","End":true,"ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"},"StartAt":"I","States":{"I":{"Type":"Pass","End":true}}},
             "ResultWriter":{"Resource":"arn:aws:states:::s3:putObject","Parameters":{"Bucket":"b","Prefix":"p"},"WriterConfig":{"Transformation":"COMPACT","OutputType":"JSONL"}}}}},"input":[1,2]}
            """.ReplaceLineEndings(" "),
            TestContext.Current.CancellationToken))!;

        var key = (string)answer["output"]!["ResultWriterDetails"]!["Key"]!;
        var written = answer["objects"]!["b"]!;
        ((string)written[key.Replace("manifest.json", "SUCCEEDED_0.jsonl", StringComparison.Ordinal)]!).ShouldBe("1\n2\n");
        ((string)JsonNode.Parse((string)written[key]!)!["DestinationBucket"]!).ShouldBe("b");
    }

    [Fact]
    public async Task An_unanswered_callback_ends_in_a_time_out_and_not_never()
    {
        var answer = await new CaseRunner().RunAsync(
            """{"definition":{"StartAt":"A","States":{"A":{"Type":"Task","Resource":"arn:aws:states:::sqs:sendMessage.waitForTaskToken","End":true}}}}""", TestContext.Current.CancellationToken);

        answer.ShouldBe("""{"status":"TIMED_OUT","error":"States.Timeout"}""");
    }
}
