using NovaJudge.StatesLanguage.Definition;
using NovaJudge.StatesLanguage.History;

namespace NovaJudge.StatesLanguage.Running;

/// <summary>The events of a task: functions and activities have their own, everything else shares one set.</summary>
internal sealed record TaskEvents(
    HistoryEventType Scheduled,
    HistoryEventType Started,
    HistoryEventType Succeeded,
    HistoryEventType Failed,
    HistoryEventType TimedOut)
{
    private static readonly TaskEvents Function = new(
        HistoryEventType.LambdaFunctionScheduled,
        HistoryEventType.LambdaFunctionStarted,
        HistoryEventType.LambdaFunctionSucceeded,
        HistoryEventType.LambdaFunctionFailed,
        HistoryEventType.LambdaFunctionTimedOut);

    private static readonly TaskEvents Activity = new(
        HistoryEventType.ActivityScheduled,
        HistoryEventType.ActivityStarted,
        HistoryEventType.ActivitySucceeded,
        HistoryEventType.ActivityFailed,
        HistoryEventType.ActivityTimedOut);

    private static readonly TaskEvents Service = new(
        HistoryEventType.TaskScheduled,
        HistoryEventType.TaskStarted,
        HistoryEventType.TaskSucceeded,
        HistoryEventType.TaskFailed,
        HistoryEventType.TaskTimedOut);

    public static TaskEvents Of(TaskState state) => state.Resource.Kind switch
    {
        TaskResourceKind.Function => Function,
        TaskResourceKind.Activity => Activity,
        _ => Service,
    };

    /// <summary>The resource as events after the first name it: of functions and activities not at all.</summary>
    public static TaskResource? Named(TaskState state) => Of(state) == Service ? state.Resource : null;
}
