using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace NovaJudge.Local.Cloud;

/// <summary>The parts of the synthesized template that take part in a run.</summary>
public sealed record PipelineTemplate
{
    /// <summary>The state machine's definition in the States Language, references resolved.</summary>
    public required string Definition { get; init; }

    /// <summary>The step behind each function, by the function's ARN.</summary>
    public required IReadOnlyDictionary<string, string> Functions { get; init; }

    public required IReadOnlyList<EventRule> Rules { get; init; }

    public required IReadOnlyList<TimerSchedule> Schedules { get; init; }

    /// <summary>The approved template, which every build carries.</summary>
    public static PipelineTemplate Embedded()
    {
        using var template = typeof(PipelineTemplate).Assembly.GetManifestResourceStream("PipelineStack.template.json")
            ?? throw new InvalidOperationException("The template is missing from this build.");
        return TemplateReader.Read(template);
    }
}

/// <summary>An EventBridge rule.</summary>
/// <param name="Name">Its logical id.</param>
/// <param name="Pattern">The event pattern.</param>
/// <param name="Targets">Where matching events go.</param>
public sealed record EventRule(string Name, JsonElement Pattern, IReadOnlyList<RuleTarget> Targets);

/// <param name="Arn">A function or the state machine.</param>
/// <param name="Input">What is sent instead of the event, when set.</param>
public sealed record RuleTarget(string Arn, JsonElement? Input);

/// <summary>An EventBridge Scheduler schedule that is switched on.</summary>
public sealed record TimerSchedule(string Name, string Expression, string TargetArn, string Input);

/// <summary>
/// Reads what <c>cdk synth</c> wrote. A function maps to its step by its handler, never by its logical id;
/// a reference that a run would need and nobody can resolve is refused by name.
/// </summary>
public static class TemplateReader
{
    /// <exception cref="InvalidDataException">The template is not one of this pipeline.</exception>
    public static PipelineTemplate Read(Stream template)
    {
        var resources = JsonNode.Parse(template)?["Resources"]?.AsObject()
            ?? throw new InvalidDataException("The template has no Resources.");
        var resolver = new ReferenceResolver(resources);
        var machine = OfType(resources, "AWS::StepFunctions::StateMachine").Select(resource => resource.Properties).ToArray() is [var only]
            ? only
            : throw new InvalidDataException("The template does not hold exactly one state machine.");
        return new PipelineTemplate
        {
            Definition = resolver.Text(machine["DefinitionString"] ?? throw new InvalidDataException("The state machine has no DefinitionString.")),
            Functions = OfType(resources, "AWS::Lambda::Function").ToDictionary(
                function => CloudNames.FunctionArn(function.LogicalId),
                function => function.Properties["Handler"]?.GetValue<string>() ?? ""),
            Rules = [.. OfType(resources, "AWS::Events::Rule").Where(IsEnabled).Select(rule => ReadRule(rule.LogicalId, rule.Properties, resolver))],
            Schedules = [.. OfType(resources, "AWS::Scheduler::Schedule").Where(IsEnabled).Select(schedule => ReadSchedule(schedule.LogicalId, schedule.Properties, resolver))],
        };
    }

    private static EventRule ReadRule(string name, JsonObject properties, ReferenceResolver resolver)
    {
        var pattern = resolver.Element(properties["EventPattern"] ?? throw new InvalidDataException($"Rule {name} has no EventPattern."));
        var targets = properties["Targets"]?.AsArray().Select(target => new RuleTarget(
            resolver.Text(target!["Arn"]!),
            target["InputTransformer"] is null && target["InputPath"] is null
                ? target["Input"] is { } input ? JsonDocument.Parse(resolver.Text(input)).RootElement : null
                : throw new InvalidDataException($"Rule {name} transforms its input, which is not supported here; the steps read events as they come.")));
        return new EventRule(name, pattern, [.. targets ?? []]);
    }

    private static TimerSchedule ReadSchedule(string name, JsonObject properties, ReferenceResolver resolver) => new(
        name,
        properties["ScheduleExpression"]!.GetValue<string>(),
        resolver.Text(properties["Target"]!["Arn"]!),
        properties["Target"]!["Input"] is { } input ? resolver.Text(input) : "{}");

    private static bool IsEnabled((string LogicalId, JsonObject Properties) resource) =>
        resource.Properties["State"]?.GetValue<string>() is null or "ENABLED";

    private static IEnumerable<(string LogicalId, JsonObject Properties)> OfType(JsonObject resources, string type) =>
        from resource in resources
        where resource.Value?["Type"]?.GetValue<string>() == type
        select (resource.Key, resource.Value!["Properties"]?.AsObject() ?? []);

    /// <summary>Resolves the references that CloudFormation would.</summary>
    private sealed class ReferenceResolver(JsonObject resources)
    {
        public string Text(JsonNode node) => node switch
        {
            JsonValue value => value.ToString(),
            JsonObject { Count: 1 } reference when reference["Ref"] is { } name => Ref(name.GetValue<string>()),
            JsonObject { Count: 1 } reference when reference["Fn::GetAtt"] is JsonArray path => GetAtt(path[0]!.GetValue<string>(), path[1]!.GetValue<string>()),
            JsonObject { Count: 1 } reference when reference["Fn::Join"] is JsonArray join => string.Join(Text(join[0]!), join[1]!.AsArray().Select(part => Text(part!))),
            _ => throw new InvalidDataException($"The template uses {node.ToJsonString()[..Math.Min(80, node.ToJsonString().Length)]}, which is not supported here."),
        };

        public JsonElement Element(JsonNode node)
        {
            using var buffer = new MemoryStream();
            using (var writer = new Utf8JsonWriter(buffer))
            {
                Write(node, writer);
            }

            return JsonDocument.Parse(Encoding.UTF8.GetString(buffer.ToArray())).RootElement;
        }

        private void Write(JsonNode? node, Utf8JsonWriter writer)
        {
            switch (node)
            {
                case JsonObject reference when reference.Count == 1 && (reference.ContainsKey("Ref") || reference.First().Key.StartsWith("Fn::", StringComparison.Ordinal)):
                    writer.WriteStringValue(Text(reference));
                    break;
                case JsonObject fields:
                    writer.WriteStartObject();
                    foreach (var (name, value) in fields)
                    {
                        writer.WritePropertyName(name);
                        Write(value, writer);
                    }

                    writer.WriteEndObject();
                    break;
                case JsonArray items:
                    writer.WriteStartArray();
                    foreach (var item in items)
                    {
                        Write(item, writer);
                    }

                    writer.WriteEndArray();
                    break;
                case null:
                    writer.WriteNullValue();
                    break;
                default:
                    node.WriteTo(writer);
                    break;
            }
        }

        private string Ref(string name) => name switch
        {
            "AWS::Partition" => "aws",
            "AWS::Region" => CloudNames.Region,
            "AWS::AccountId" => CloudNames.Account,
            "AWS::URLSuffix" => "amazonaws.com",
            _ => TypeOf(name) switch
            {
                "AWS::S3::Bucket" => CloudNames.Bucket,
                "AWS::StepFunctions::StateMachine" => CloudNames.StateMachineArn,
                "AWS::Lambda::Function" => name,
                _ => name,
            },
        };

        private string GetAtt(string name, string attribute) => (TypeOf(name), attribute) switch
        {
            ("AWS::Lambda::Function", "Arn") => CloudNames.FunctionArn(name),
            ("AWS::StepFunctions::StateMachine", "Arn") => CloudNames.StateMachineArn,
            ("AWS::StepFunctions::StateMachine", "Name") => CloudNames.StateMachine,
            ("AWS::S3::Bucket", "Arn") => $"arn:aws:s3:::{CloudNames.Bucket}",
            (var type, _) => $"arn:aws:{type?.Split("::")[1].ToLower() ?? "unknown"}:{CloudNames.Region}:{CloudNames.Account}:{name}",
        };

        private string? TypeOf(string logicalId) => resources[logicalId]?["Type"]?.GetValue<string>();
    }
}
