using NovaJudge.StatesLanguage.Choices;
using NovaJudge.StatesLanguage.Definition;
using NovaJudge.StatesLanguage.Json;

namespace NovaJudge.StatesLanguage.Running;

internal static class WaitRunner
{
    public static async ValueTask<StateExit> RunAsync(StateVisit visit, WaitState state)
    {
        try
        {
            var input = visit.Select(state.InputPath, visit.RawInput);
            var delay = Length(visit, state, input);
            if (delay > visit.Execution.Options.Limits.LongestWait)
            {
                throw new StateException(ErrorNames.Runtime, "The wait exceeds the longest duration of an execution, one year");
            }

            if (delay > TimeSpan.Zero)
            {
                await Delay.ForAsync(visit.Execution.Options.Time, delay, visit.Branch.CancellationToken);
            }

            visit.Assign(state.Assign, input);
            return visit.Exit(state.Next, visit.Select(state.OutputPath, input));
        }
        catch (StateException failure)
        {
            return StateExit.Failed(visit.Describe(failure));
        }
    }

    private static TimeSpan Length(StateVisit visit, WaitState state, JsonValue input)
    {
        if (state.SecondsPath is not null)
        {
            return visit.Value(state.SecondsPath, input) is JsonNumber { IsInteger: true } number && number.TryGetInt64(out var seconds) && seconds >= 0
                ? Seconds(seconds)
                : throw new StateException(ErrorNames.Runtime, $"The SecondsPath parameter does not reference a valid non-negative integer: {state.SecondsPath.Text}");
        }

        if (state.Seconds is { } fixedSeconds)
        {
            return Seconds(fixedSeconds);
        }

        var until = state.Timestamp
            ?? Timestamp.Read(visit.Value(state.TimestampPath!, input))
            ?? throw new StateException(ErrorNames.Runtime, $"The TimestampPath parameter does not reference a valid ISO-8601 extended offset date-time format string: {state.TimestampPath!.Text}");
        return until - visit.Execution.Options.Time.GetUtcNow();
    }

    private static TimeSpan Seconds(long seconds) => TimeSpan.FromSeconds(Math.Min(seconds, 100_000_000_000));
}
