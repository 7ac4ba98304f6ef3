using System.Text;
using System.Text.Json;
using NovaJudge.Local.Cloud;
using NovaJudge.Pipeline.Steps;
using NovaJudge.StatesLanguage;

namespace NovaJudge.Local.Tests.Cloud;

public sealed class TemplateReaderTests
{
    [Fact]
    public void The_embedded_template_holds_a_function_for_every_step() =>
        PipelineTemplate.Embedded().Functions.Values.Order().ShouldBe(StepNames.All.Order());

    [Fact]
    public void The_embedded_template_is_a_machine_that_the_interpreter_accepts_as_it_is() =>
        Should.NotThrow(() => StateMachineDefinition.Parse(Encoding.UTF8.GetBytes(PipelineTemplate.Embedded().Definition)));

    [Fact]
    public void Every_function_that_the_machine_calls_is_one_of_the_template()
    {
        var template = PipelineTemplate.Embedded();

        var called = Arns(template.Definition);

        called.ShouldNotBeEmpty();
        called.Except(template.Functions.Keys).ShouldBeEmpty();
    }

    [Fact]
    public void Rules_and_schedules_lead_to_functions_or_to_the_machine()
    {
        var template = PipelineTemplate.Embedded();

        template.Rules.SelectMany(rule => rule.Targets).Select(target => target.Arn)
            .Concat(template.Schedules.Select(schedule => schedule.TargetArn))
            .ShouldAllBe(arn => template.Functions.ContainsKey(arn) || arn == CloudNames.StateMachineArn);
    }

    [Theory]
    [InlineData("{}", "no Resources")]
    [InlineData("""{"Resources":{}}""", "exactly one state machine")]
    [InlineData("""{"Resources":{"M":{"Type":"AWS::StepFunctions::StateMachine","Properties":{}}}}""", "DefinitionString")]
    [InlineData("""{"Resources":{"M":{"Type":"AWS::StepFunctions::StateMachine","Properties":{"DefinitionString":{"Fn::ImportValue":"x"}}}}}""", "Fn::ImportValue")]
    public void A_template_of_something_else_is_refused_with_what_is_missing(string template, string missing) =>
        Should.Throw<InvalidDataException>(() => TemplateReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(template)))).Message.ShouldContain(missing);

    private static HashSet<string> Arns(string definition)
    {
        var found = new HashSet<string>();
        using var document = JsonDocument.Parse(definition);
        var open = new Stack<JsonElement>([document.RootElement]);
        while (open.TryPop(out var element))
        {
            switch (element.ValueKind)
            {
                case JsonValueKind.Object:
                    foreach (var field in element.EnumerateObject())
                    {
                        open.Push(field.Value);
                    }

                    break;
                case JsonValueKind.Array:
                    foreach (var item in element.EnumerateArray())
                    {
                        open.Push(item);
                    }

                    break;
                case JsonValueKind.String when element.GetString()!.Contains(":function:", StringComparison.Ordinal):
                    found.Add(element.GetString()!);
                    break;
                default:
                    break;
            }
        }

        return found;
    }
}
