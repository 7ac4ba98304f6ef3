namespace NovaJudge.StatesLanguage.Tasks;

/// <summary>Carries out the work of Task states.</summary>
public interface ITaskIntegration
{
    /// <summary>
    /// Does the work once. A failure of the work is an outcome, not an exception; an exception becomes a failure named after its type.
    /// The token is cancelled when the execution stops, the state times out or a sibling branch fails.
    /// </summary>
    ValueTask<TaskOutcome> InvokeAsync(TaskRequest request, CancellationToken cancellationToken);
}
