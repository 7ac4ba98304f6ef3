using NovaJudge.StatesLanguage.Choices;
using NovaJudge.StatesLanguage.Json;

namespace NovaJudge.StatesLanguage.History;

/// <summary>Events in the shape of GetExecutionHistory.</summary>
internal static class HistoryJson
{
    private static readonly JsonObject NotTruncated = new([new("truncated", JsonValue.False)]);

    public static JsonObject Of(HistoryEvent e)
    {
        var json = new JsonObjectBuilder()
            .Set("id", e.Id)
            .Set("previousEventId", e.PreviousEventId)
            .Set("timestamp", Timestamp.Write(e.Timestamp))
            .Set("type", e.Type.ToString());
        var details = Details(e);
        if (details.Count > 0 || HasEmptyDetails(e.Type))
        {
            json.Set(DetailsName(e.Type), details);
        }

        return json.Build();
    }

    private static bool HasEmptyDetails(HistoryEventType type) => type is HistoryEventType.ExecutionFailed or HistoryEventType.ExecutionTimedOut or HistoryEventType.ExecutionAborted;

    private static string DetailsName(HistoryEventType type)
    {
        var name = type.ToString();

        // All states share two kinds of details.
        if (name.EndsWith("StateEntered", StringComparison.Ordinal))
        {
            return "stateEnteredEventDetails";
        }

        return name.EndsWith("StateExited", StringComparison.Ordinal)
            ? "stateExitedEventDetails"
            : char.ToLowerInvariant(name[0]) + name[1..] + "EventDetails";
    }

    private static JsonObject Details(HistoryEvent e)
    {
        var details = new JsonObjectBuilder();
        void Text(string name, string? value)
        {
            if (value is not null)
            {
                details.Set(name, value);
            }
        }

        void Number(string name, long? value)
        {
            if (value is { } number)
            {
                details.Set(name, number);
            }
        }

        Text("name", e.Name);
        Text("resourceType", e.ResourceType);
        Text("resource", e.Resource);
        Text("region", e.Type == HistoryEventType.TaskScheduled ? "us-east-1" : null);
        Number("index", e.Index);
        Number("length", e.Length);
        Text("mapRunArn", e.MapRunArn);
        if (e.InputValue is not null)
        {
            details.Set(e.Type == HistoryEventType.TaskScheduled ? "parameters" : "input", e.InputValue.ToString());
            if (e.Type != HistoryEventType.TaskScheduled)
            {
                details.Set("inputDetails", NotTruncated);
            }
        }

        if (e.OutputValue is not null)
        {
            details.Set("output", e.OutputValue.ToString()).Set("outputDetails", NotTruncated);
        }

        if (e.AssignedValues is { Count: > 0 })
        {
            var assigned = new JsonObjectBuilder();
            foreach (var (name, value) in e.AssignedValues.Properties)
            {
                assigned.Set(name, value.ToString());
            }

            details.Set("assignedVariables", assigned.Build()).Set("assignedVariablesDetails", NotTruncated);
        }

        Text("roleArn", e.RoleArn);
        Number("redriveCount", e.RedriveCount);
        Text("error", e.Error);
        Text("cause", e.Cause);
        Number("timeoutInSeconds", e.TimeoutInSeconds);
        Number("heartbeatInSeconds", e.HeartbeatInSeconds);
        return details.Build();
    }
}
