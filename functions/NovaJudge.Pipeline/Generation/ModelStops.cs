using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Pipeline.Generation;

/// <summary>What stops a batch of calls, by the names that the state machine knows.</summary>
internal static class ModelStops
{
    /// <summary>
    /// A failed Map reports its own error, not its item's. What stops the run for good is therefore written down
    /// here, where it is known.
    /// </summary>
    public static async Task<PipelineException> DescribeAsync(
        ModelException failure, ModelSettings settings, string step, RunKeys keys, IObjectStore store, CancellationToken cancellationToken)
    {
        var error = failure.Kind switch
        {
            ModelFailureKind.Warming => ErrorNames.ModelWarming,
            ModelFailureKind.Permanent => ErrorNames.ModelUnusable,
            _ => ErrorNames.ModelThrottled,
        };
        var message = $"{settings.Name} ({settings.Model}): {failure.Message}";
        if (error == ErrorNames.ModelUnusable)
        {
            await store.WriteDocumentAsync(keys.Failure, new RunFailure(error, message, step),
                PipelineJson.Documents.RunFailure, cancellationToken, PutCondition.IfAbsent);
        }

        return new PipelineException(error, message, failure);
    }

    /// <summary>The step's own time is up.</summary>
    public static PipelineException OutOfTime(string what) => new(ErrorNames.ModelDeadline, $"{what} ran out of time; what is finished was saved.");
}
