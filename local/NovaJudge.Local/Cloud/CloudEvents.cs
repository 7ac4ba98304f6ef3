using System.Text.Json;
using System.Text.Json.Nodes;
using NovaJudge.Pipeline.Judging;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Local.Cloud;

/// <summary>Events in the shapes that AWS sends, for what happens on a laptop.</summary>
internal static class CloudEvents
{
    /// <summary>"SageMaker Training Job State Change" for a job that has ended.</summary>
    public static JsonElement JobEnded(JudgeJob job, DateTimeOffset time) => Envelope(
        "aws.sagemaker", "SageMaker Training Job State Change", CloudNames.JobArn(job.JobName), time, new JsonObject
        {
            ["TrainingJobName"] = job.JobName,
            ["TrainingJobArn"] = CloudNames.JobArn(job.JobName),
            ["TrainingJobStatus"] = job.State == JudgeJobState.TimedOut ? "Stopped" : job.State.ToString(),
            ["SecondaryStatus"] = job.State == JudgeJobState.TimedOut ? "MaxRuntimeExceeded" : job.State.ToString(),
            ["FailureReason"] = job.Reason,
        });

    /// <summary>"Step Functions Execution Status Change" for an execution that has ended.</summary>
    public static JsonElement ExecutionEnded(string executionArn, string name, string status, DateTimeOffset time) => Envelope(
        "aws.states", "Step Functions Execution Status Change", executionArn, time, new JsonObject
        {
            ["executionArn"] = executionArn,
            ["stateMachineArn"] = CloudNames.StateMachineArn,
            ["name"] = name,
            ["status"] = status,
        });

    private static JsonElement Envelope(string source, string type, string resource, DateTimeOffset time, JsonObject detail) =>
        new JsonObject
        {
            ["version"] = "0",
            ["id"] = Guid.Parse(Slug.Hash(32, type, resource, time.ToString("O"))).ToString(),
            ["detail-type"] = type,
            ["source"] = source,
            ["account"] = CloudNames.Account,
            ["time"] = time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'"),
            ["region"] = CloudNames.Region,
            ["resources"] = new JsonArray(resource),
            ["detail"] = detail,
        }.ToElement();
}
