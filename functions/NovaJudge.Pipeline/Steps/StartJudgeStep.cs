using NovaJudge.Pipeline.Costs;
using NovaJudge.Pipeline.Judging;
using NovaJudge.Pipeline.Judging.Nova;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Pipeline.Steps;

/// <param name="RunId">The run to judge.</param>
/// <param name="TaskToken">The key to the task that waits.</param>
/// <param name="Execution">The ARN of the execution that waits.</param>
public sealed record StartJudgeInput(RunId RunId, string TaskToken, string Execution);

/// <param name="JobName">The job that judges.</param>
public sealed record StartJudgeOutput(string JobName);

/// <summary>Starts a job of the judge, or joins the one that runs already; answers the task at once when that one is done.</summary>
public sealed class StartJudgeStep(IObjectStore store, IJudgeJobs jobs, ITaskCallbacks tasks, TimeProvider time)
{
    private const int MostJobs = 50;

    public async Task<StartJudgeOutput> RunAsync(StartJudgeInput input, CancellationToken cancellationToken)
    {
        var keys = new RunKeys(input.RunId);
        var request = await store.ReadDocumentAsync(keys.Request, PipelineJson.Documents.EvaluationRequest, cancellationToken);
        var (jobName, job) = await FindJobAsync(input.RunId, cancellationToken);
        var callbacks = new JudgeCallbacks(store, tasks);
        await callbacks.RememberAsync(new WaitingJudge(input.RunId, jobName, input.TaskToken, time.GetUtcNow()), cancellationToken);
        if (job is null)
        {
            var judge = await WithinCeilingAsync(request, cancellationToken);
            if (NovaJudgeCatalog.Find(request.Judge.Kind) is { } nova)
            {
                await store.WriteTextAsync(keys.JudgeRecipe, NovaRecipe.Render(nova), cancellationToken);
            }

            await store.WriteDocumentAsync(keys.JudgeJob, new StartJudgeOutput(jobName), PipelineJson.Documents.StartJudgeOutput, cancellationToken);
            await jobs.StartAsync(new JudgeJobRequest(jobName, input.RunId, judge, input.Execution), cancellationToken);
        }

        // The job may have ended between the look above and the token being written down; its event is gone then.
        job = await jobs.FindAsync(jobName, cancellationToken);
        if (job is not null && JudgeFailure.HasEnded(job.State))
        {
            await callbacks.AnswerAllAsync(job, cancellationToken);
        }

        return new StartJudgeOutput(jobName);
    }

    /// <summary>The judge with no more time than what is left of the ceiling pays for.</summary>
    private async Task<JudgeSettings> WithinCeilingAsync(EvaluationRequest request, CancellationToken cancellationToken)
    {
        if (request.Cost?.MaxUsd is not { } most || jobs.InstanceOf(request.Judge) is not { } instance
            || PriceBook.Of(request).FindInstance(instance.InstanceType, InstancePrice.Training, instance.Region) is not { PerHour: > 0 and var perHour })
        {
            return request.Judge;
        }

        var spent = await StoreSpending.SumAsync(store, request.RunId, cancellationToken);
        var least = CostEstimator.ShortestJob.TotalHours * perHour;
        return spent.Usd + least > most
            ? throw new PipelineException(ErrorNames.CostCeiling, Ceiling.JobTooDear(request, spent, least))
            : request.Judge with { MaxRuntimeMinutes = (int)Math.Min(request.Judge.MaxRuntimeMinutes, Math.Floor((most - spent.Usd) / perHour * 60)) };
    }

    /// <summary>The first job of the run that does not exist yet, or exists and did not fail.</summary>
    private async Task<(string JobName, JudgeJob? Job)> FindJobAsync(RunId runId, CancellationToken cancellationToken)
    {
        for (var n = 1; n <= MostJobs; n++)
        {
            var jobName = $"nova-{runId}-{n}";
            var job = await jobs.FindAsync(jobName, cancellationToken);
            if (job is null or { State: JudgeJobState.InProgress or JudgeJobState.Completed })
            {
                return (jobName, job);
            }
        }

        throw new PipelineException(ErrorNames.JudgeFailed, $"{MostJobs} judge jobs of run {runId} have failed or were stopped; look into them before trying again.");
    }
}
