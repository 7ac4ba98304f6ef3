using System.Text.Json.Nodes;
using NovaJudge.Local.Cloud;

namespace NovaJudge.Local.Processes;

/// <summary>What the template says of one function.</summary>
/// <param name="Step">Its handler.</param>
/// <param name="Timeout">How long a call may take.</param>
/// <param name="MemoryMegabytes">How much memory it has.</param>
/// <param name="Variables">The names of the variables it is given.</param>
internal sealed record FunctionTemplate(string Step, TimeSpan Timeout, int MemoryMegabytes, IReadOnlyList<string> Variables)
{
    private const int DefaultTimeoutSeconds = 3;
    private const int DefaultMemory = 128;

    /// <summary>The functions of the approved template, by step.</summary>
    public static IReadOnlyDictionary<string, FunctionTemplate> Embedded()
    {
        using var stream = typeof(PipelineTemplate).Assembly.GetManifestResourceStream("PipelineStack.template.json")
            ?? throw new InvalidOperationException("The template is missing from this build.");
        var resources = JsonNode.Parse(stream)!["Resources"]!.AsObject();
        return (from resource in resources
                where resource.Value?["Type"]?.GetValue<string>() == "AWS::Lambda::Function"
                select Read(resource.Value!["Properties"]!)).ToDictionary(function => function.Step, StringComparer.Ordinal);
    }

    private static FunctionTemplate Read(JsonNode properties) => new(
        properties["Handler"]!.GetValue<string>(),
        TimeSpan.FromSeconds(properties[nameof(Timeout)]?.GetValue<int>() ?? DefaultTimeoutSeconds),
        properties["MemorySize"]?.GetValue<int>() ?? DefaultMemory,
        [.. properties["Environment"]?[nameof(Variables)]?.AsObject().Select(variable => variable.Key) ?? []]);
}
