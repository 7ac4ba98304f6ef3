namespace NovaJudge.StatesLanguage.Tests.Definition;

public class DefinitionTests
{
    private const string Queue = """{"StartAt":"Send","States":{"Send":{"Type":"Task","Resource":"arn:aws:states:::sqs:sendMessage","End":true}}}""";

    [Fact]
    public void A_service_nobody_plugged_in_is_refused_by_the_names_of_state_and_resource()
    {
        var problem = Should.Throw<InvalidDefinitionException>(static () => StateMachineDefinition.Parse(Queue)).Problems.ShouldHaveSingleItem();

        problem.ToString().ShouldBe(
            "NOT_SUPPORTED: The integration 'arn:aws:states:::sqs:sendMessage' of the state 'Send' is not supported: none is plugged in for it at /States/Send/Resource");
    }

    [Fact]
    public void A_service_that_is_plugged_in_is_accepted()
    {
        var definition = StateMachineDefinition.Parse(Queue, new DefinitionOptions { SupportsResource = static resource => resource.EndsWith("sqs:sendMessage", StringComparison.Ordinal) });

        definition.StateNames.ShouldBe(["Send"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{\"StartAt\":\"A\",}")]
    [InlineData("{} {}")]
    public void What_is_no_JSON_object_is_no_definition(string text) =>
        Should.Throw<InvalidDefinitionException>(() => StateMachineDefinition.Parse(text)).Problems.ShouldHaveSingleItem().Code.ShouldBe(ProblemCodes.InvalidJson);

    [Fact]
    public void A_definition_larger_than_a_megabyte_is_refused() =>
        Should.Throw<InvalidDefinitionException>(static () => StateMachineDefinition.Parse($$"""{"Comment":"{{new string('x', 1_048_576)}}"}"""))
            .Message.ShouldContain("more than 1048576 bytes");

    [Fact]
    public void The_time_out_and_the_comment_of_a_machine_can_be_read()
    {
        var definition = StateMachineDefinition.Parse("""{"Comment":"c","TimeoutSeconds":90,"StartAt":"A","States":{"A":{"Type":"Succeed"}}}""");

        (definition.Comment, definition.Timeout).ShouldBe(("c", TimeSpan.FromSeconds(90)));
    }
}
