using System.Text.Json.Nodes;

namespace NovaJudge.Infra.Tests;

/// <summary>A template whose references are replaced by readable text.</summary>
public class ResolvedTemplate
{
    private readonly ILookup<string, (string LogicalId, JsonObject Properties)> _resources;

    /// <param name="json">The template as CDK writes it.</param>
    public ResolvedTemplate(string json)
    {
        Json = JsonNode.Parse(json)!.AsObject();
        _resources = Json["Resources"]!.AsObject().ToLookup(
            resource => (string)resource.Value!["Type"]!,
            resource => (resource.Key, Resolve(resource.Value!["Properties"] ?? new JsonObject()).AsObject()));
    }

    /// <summary>The template as it is.</summary>
    public JsonObject Json { get; }

    /// <summary>The properties of the resources of a type, references resolved to readable text.</summary>
    public IReadOnlyList<(string LogicalId, JsonObject Properties)> Resources(string type) => [.. _resources[type]];

    /// <summary>The one resource of a type whose logical id begins so.</summary>
    public JsonObject Resource(string type, string logicalId = "") =>
        Resources(type).Single(resource => resource.LogicalId.StartsWith(logicalId, StringComparison.Ordinal)).Properties;

    /// <summary>The state machine as the States Language has it.</summary>
    public JsonObject Definition => JsonNode.Parse((string)Resource("AWS::StepFunctions::StateMachine")["DefinitionString"]!)!.AsObject();

    /// <summary>What CloudFormation would put in, as text: <c>{LogicalId}</c>, <c>{LogicalId.Arn}</c>, and an account and region of examples.</summary>
    private static JsonNode Resolve(JsonNode node) => node switch
    {
        JsonObject { Count: 1 } reference when (string?)reference.First().Key is "Ref" => Ref((string)reference["Ref"]!),
        JsonObject { Count: 1 } reference when reference["Fn::GetAtt"] is JsonArray path => $"{{{path[0]}.{path[1]}}}",
        JsonObject { Count: 1 } reference when reference["Fn::Join"] is JsonArray join => string.Join((string)join[0]!, join[1]!.AsArray().Select(part => (string)Resolve(part!)!)),
        JsonObject fields => new JsonObject(fields.Select(field => KeyValuePair.Create(field.Key, field.Value is null ? null : (JsonNode?)Resolve(field.Value)))),
        JsonArray items => new JsonArray([.. items.Select(item => item is null ? null : Resolve(item))]),
        _ => node.DeepClone(),
    };

    private static string Ref(string name) => name switch
    {
        "AWS::Partition" => "aws",
        "AWS::Region" => "us-east-1",
        "AWS::AccountId" => "123456789012",
        "AWS::URLSuffix" => "amazonaws.com",
        _ => $"{{{name}}}",
    };
}
