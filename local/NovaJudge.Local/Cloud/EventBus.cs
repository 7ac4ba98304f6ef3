using System.Text.Json;

namespace NovaJudge.Local.Cloud;

/// <summary>EventBridge's default bus: sends each event to the targets of every rule of the template that matches it.</summary>
public sealed class EventBus(PipelineTemplate template)
{
    /// <summary>Where events for the state machine go.</summary>
    public required Func<JsonElement, CancellationToken, Task> StartExecution { get; init; }

    /// <summary>Where events for a function go, by its ARN.</summary>
    public required Func<string, JsonElement, CancellationToken, Task> InvokeFunction { get; init; }

    /// <summary>Delivers an event; returns the names of the rules that matched.</summary>
    public async Task<IReadOnlyList<string>> PutAsync(JsonElement @event, CancellationToken cancellationToken)
    {
        var matching = template.Rules.Where(rule => EventPattern.Matches(rule.Pattern, @event)).ToArray();
        foreach (var target in matching.SelectMany(rule => rule.Targets))
        {
            var input = target.Input ?? @event;
            await (target.Arn == CloudNames.StateMachineArn
                ? StartExecution(input, cancellationToken)
                : InvokeFunction(target.Arn, input, cancellationToken));
        }

        return [.. matching.Select(rule => rule.Name)];
    }
}
