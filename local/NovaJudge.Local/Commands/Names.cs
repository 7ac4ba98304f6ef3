using NovaJudge.Pipeline;
using NovaJudge.Pipeline.Metrics;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Local.Commands;

/// <summary>Runs and suites as people name them on the command line.</summary>
internal static class Names
{
    /// <summary>A suite's name has the form of a run id.</summary>
    /// <exception cref="PipelineException"><see cref="ErrorNames.BadInput"/></exception>
    public static string Suite(string text) => RunId.TryParse(text, out _)
        ? text
        : throw PipelineException.BadInput($"Suite \"{text}\": 1 to 40 of a-z, 0-9 and '-', not starting with '-'.");

    /// <summary>A finished run.</summary>
    /// <exception cref="PipelineException"><see cref="ErrorNames.BadInput"/>: there is none of that name.</exception>
    public static async Task<FinishedRun> FinishedAsync(IObjectStore store, string run, CancellationToken cancellationToken)
    {
        var keys = new RunKeys(RunId.Parse(run));
        return await store.FindRequestAsync(keys, cancellationToken) is not { } request
            ? throw PipelineException.BadInput($"There is no run {run} in this store. See the runs: {ProgramName.Value} list")
            : await store.FindMetricsAsync(keys, cancellationToken) is not { } metrics
                ? throw PipelineException.BadInput($"Run {run} has not finished. Repeat its command and it goes on.")
                : new FinishedRun(keys, request, metrics);
    }
}

/// <summary>A run with a result.</summary>
internal sealed record FinishedRun(RunKeys Keys, EvaluationRequest Request, RunMetrics Metrics)
{
    public RunId Id => Request.RunId;
}
