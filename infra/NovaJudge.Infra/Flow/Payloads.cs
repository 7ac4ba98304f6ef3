using Amazon.CDK.AWS.StepFunctions;

namespace NovaJudge.Infra.Flow;

/// <summary>
/// What each kind of step is called with, in the States Language's own spelling (a field that ends in <c>.$</c> is a path).
/// Only keys, counts and small settings travel: a state's payload holds 256 KiB.
/// </summary>
public static class Payloads
{
    /// <summary>The run and nothing else: everything about it is in the store.</summary>
    public static TaskInput Run => TaskInput.FromObject(new Dictionary<string, object> { ["runId.$"] = "$.runId" });

    /// <summary>Whatever started the execution, unchanged, and which execution it is.</summary>
    public static TaskInput Trigger => TaskInput.FromObject(new Dictionary<string, object>
    {
        ["execution"] = Execution,
        ["input.$"] = "$$.Execution.Input",
    });

    /// <summary>The item of a Map, as its selector has made it: no payload of its own, the state's input is passed on.</summary>
    public static TaskInput? MapItem => null;

    /// <summary>The run, and the token that whoever ends the job answers.</summary>
    public static TaskInput RunAndToken => TaskInput.FromObject(new Dictionary<string, object>
    {
        ["runId.$"] = "$.runId",
        ["taskToken"] = JsonPath.TaskToken,
        ["execution.$"] = "$$.Execution.Id",
    });

    /// <summary>The error, and all that is known of the run: the failed state may be the very one that names it.</summary>
    public static TaskInput Failure => TaskInput.FromObject(new Dictionary<string, object>
    {
        ["execution"] = Execution,
        ["state.$"] = "$",
        ["error.$"] = "$.error",
    });

    /// <summary>What a child execution is given for one line of a batches file.</summary>
    public static Dictionary<string, object> BatchOfRun => new() { ["runId.$"] = "$.runId", ["batch.$"] = "$$.Map.Item.Value" };

    private static Dictionary<string, object> Execution => new()
    {
        ["id.$"] = "$$.Execution.Id",
        ["name.$"] = "$$.Execution.Name",
        ["startTime.$"] = "$$.Execution.StartTime",
    };
}
