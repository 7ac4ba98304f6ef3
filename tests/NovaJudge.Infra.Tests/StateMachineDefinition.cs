using System.Text.Json.Nodes;

namespace NovaJudge.Infra.Tests;

/// <summary>Takes the definition out of a template.</summary>
public static class StateMachineDefinition
{
    /// <summary>The definition; what CloudFormation would put in stands there as its logical id, <c>{PlanRun.Arn}</c>.</summary>
    public static JsonObject Read(JsonObject template)
    {
        var machine = template["Resources"]!.AsObject().Single(resource => (string?)resource.Value!["Type"] == "AWS::StepFunctions::StateMachine").Value!;
        var pieces = machine["Properties"]!["DefinitionString"]!["Fn::Join"]![1]!.AsArray();
        return JsonNode.Parse(string.Concat(pieces.Select(piece => piece switch
        {
            JsonValue text => text.GetValue<string>(),
            _ when piece!["Ref"] is { } reference => $"{{{reference}}}",
            _ => $"{{{string.Join('.', piece!["Fn::GetAtt"]!.AsArray().Select(part => part!.GetValue<string>()))}}}",
        })))!.AsObject();
    }

    /// <summary>Every state by its name, those inside of Maps and Parallels too.</summary>
    public static IEnumerable<(string Name, JsonObject State)> AllStates(JsonObject machine) =>
        machine["States"]!.AsObject().SelectMany(state => Inner(state.Value!.AsObject()).SelectMany(AllStates).Prepend((state.Key, state.Value!.AsObject())));

    /// <summary>The machines inside a Map or a Parallel.</summary>
    public static IEnumerable<JsonObject> Inner(JsonObject state) => (string?)state["Type"] switch
    {
        "Map" => [state["ItemProcessor"]!.AsObject()],
        "Parallel" => state["Branches"]!.AsArray().Select(branch => branch!.AsObject()),
        _ => [],
    };
}
