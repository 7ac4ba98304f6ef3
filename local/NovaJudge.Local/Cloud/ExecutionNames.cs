using System.Text.Json;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Local.Cloud;

/// <summary>Names for executions that an event starts: EventBridge names them itself, here the event does.</summary>
internal static class ExecutionNames
{
    public static string Of(JsonElement @event) => $"event-{Slug.Hash(16, @event.GetRawText())}";
}
