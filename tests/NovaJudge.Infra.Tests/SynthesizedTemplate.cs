using System.Text.Json.Nodes;
using Amazon.CDK.Assertions;

namespace NovaJudge.Infra.Tests;

/// <summary>The stack, synthesized once for all tests: jsii starts a process and takes a second.</summary>
public sealed class SynthesizedTemplate
{
    public SynthesizedTemplate()
    {
        Template = Template.FromStack(Synthesis.ForApproval());
        Rendered = ApprovedTemplate.Render(Template);
        Json = JsonNode.Parse(Rendered)!.AsObject();
        Definition = StateMachineDefinition.Read(Json);
    }

    public Template Template { get; }

    /// <summary>The text that is compared with the approved file.</summary>
    public string Rendered { get; }

    public JsonObject Json { get; }

    /// <summary>The state machine as the States Language has it, references as text.</summary>
    public JsonObject Definition { get; }

    public IEnumerable<(string LogicalId, JsonObject Properties)> Resources(string type) =>
        from resource in Json["Resources"]!.AsObject()
        where resource.Value!["Type"]!.GetValue<string>() == type
        select (resource.Key, resource.Value!["Properties"]?.AsObject() ?? []);
}

/// <summary>jsii is one process for all: its tests run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class SynthesisGroup : ICollectionFixture<SynthesizedTemplate>
{
    public const string Name = "Synthesis";
}
