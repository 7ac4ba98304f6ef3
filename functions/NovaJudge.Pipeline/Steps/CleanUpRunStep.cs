using System.Text.Json;
using NovaJudge.Pipeline.Judging;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Pipeline.Steps;

/// <param name="Stopped">Jobs that were stopped.</param>
/// <param name="Forgotten">Tasks that no longer wait.</param>
public sealed record CleanUpRunOutput(int Stopped, int Forgotten);

/// <summary>Stops what an execution left running when it ended in failure, time-out or abortion.</summary>
public sealed class CleanUpRunStep(IObjectStore store, IJudgeJobs jobs, ITaskCallbacks tasks)
{
    /// <param name="input">An event "Step Functions Execution Status Change".</param>
    /// <param name="cancellationToken">Ends the step.</param>
    public async Task<CleanUpRunOutput> RunAsync(JsonElement input, CancellationToken cancellationToken)
    {
        if (!input.TryGetProperty("detail", out var detail)
            || !detail.TryGetProperty("executionArn", out var arn) || arn.GetString() is not { } execution)
        {
            throw PipelineException.BadInput("$.detail.executionArn: an event about an execution is expected.");
        }

        var callbacks = new JudgeCallbacks(store, tasks);
        var stopped = new HashSet<string>(StringComparer.Ordinal);
        var forgotten = 0;
        await foreach (var (key, waiting) in callbacks.ListAsync(null, cancellationToken))
        {
            var claim = await store.FindDocumentAsync(new RunKeys(waiting.RunId).Claim, PipelineJson.Documents.RunClaim, cancellationToken);
            if (claim?.Execution != execution)
            {
                continue;
            }

            if (stopped.Add(waiting.JobName))
            {
                await jobs.StopAsync(waiting.JobName, cancellationToken);
            }

            await callbacks.ForgetAsync(key, cancellationToken);
            forgotten++;
        }

        return new CleanUpRunOutput(stopped.Count, forgotten);
    }
}
