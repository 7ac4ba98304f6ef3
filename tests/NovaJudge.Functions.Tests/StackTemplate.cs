using System.Text.Json.Nodes;

namespace NovaJudge.Functions.Tests;

/// <summary>What the approved template says of the functions and of the machine that calls them.</summary>
internal static class StackTemplate
{
    private static readonly JsonObject Resources = Read();

    /// <summary>The functions' handlers and environments.</summary>
    public static IEnumerable<(string Handler, JsonObject Variables)> Functions =>
        from properties in OfType("AWS::Lambda::Function")
        select (properties["Handler"]!.GetValue<string>(), properties["Environment"]!["Variables"]!.AsObject());

    /// <summary>Every Retry and Catch of the machine, states inside branches and Maps included: the names it matches.</summary>
    public static IReadOnlyList<(string Kind, string[] Errors)> ErrorHandlers
    {
        get
        {
            var handlers = new List<(string, string[])>();
            Collect(JsonNode.Parse(Definition())!, handlers);
            return handlers;
        }
    }

    private static void Collect(JsonNode node, List<(string Kind, string[] Errors)> handlers)
    {
        switch (node)
        {
            case JsonArray items:
                foreach (var item in items.OfType<JsonNode>())
                {
                    Collect(item, handlers);
                }

                break;
            case JsonObject fields:
                foreach (var (name, value) in fields.Where(field => field.Value is not null))
                {
                    if (name is "Retry" or "Catch")
                    {
                        handlers.AddRange(value!.AsArray().Select(handler => (name, handler!["ErrorEquals"]!.AsArray().Select(error => error!.GetValue<string>()).ToArray())));
                    }
                    else
                    {
                        Collect(value!, handlers);
                    }
                }

                break;
            default:
                break;
        }
    }

    // References resolve to whatever: only the names of errors matter here.
    private static string Definition() => string.Concat(OfType("AWS::StepFunctions::StateMachine").Single()["DefinitionString"]!["Fn::Join"]![1]!.AsArray()
        .Select(part => part is JsonValue text ? text.GetValue<string>() : "reference"));

    private static IEnumerable<JsonObject> OfType(string type) =>
        Resources.Select(resource => resource.Value!).Where(resource => resource["Type"]!.GetValue<string>() == type).Select(resource => resource["Properties"]!.AsObject());

    private static JsonObject Read()
    {
        using var template = typeof(StackTemplate).Assembly.GetManifestResourceStream("PipelineStack.template.json")!;
        return JsonNode.Parse(template)!["Resources"]!.AsObject();
    }
}
