using System.Text.Json.Nodes;

namespace NovaJudge.Infra.Tests;

/// <summary>Walks through a definition.</summary>
public static class StateMachineDefinition
{
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
