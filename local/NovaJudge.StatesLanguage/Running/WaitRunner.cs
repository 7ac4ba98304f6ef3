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
                throw new StateException(ErrorNames.Runtime, $"The wait exceeds the maximum of {(long)visit.Execution.Options.Limits.LongestWait.TotalSeconds} seconds");
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
            return visit.Fail(failure);
        }
    }

    private static TimeSpan Length(StateVisit visit, WaitState state, JsonValue input)
    {
        if (state.SecondsPath is { } path)
        {
            return Seconds(SecondsAt(path.Text, visit.Value(path, input)));
        }

        if (state.Seconds is { } fixedSeconds)
        {
            return Seconds(fixedSeconds);
        }

        var until = state.Timestamp ?? TimestampAt(state.TimestampPath!.Text, visit.Value(state.TimestampPath, input));
        return until - visit.Execution.Options.Time.GetUtcNow();
    }

    private static long SecondsAt(string path, JsonValue value)
    {
        if (value is not JsonNumber { IsInteger: true } number || !number.TryGetInt64(out var seconds))
        {
            throw new StateException(ErrorNames.Runtime, $"The SecondsPath parameter cannot be parsed as a long value: {path} == {value}");
        }

        return seconds >= 0
            ? seconds
            : throw new StateException(ErrorNames.Runtime, $"The SecondsPath parameter references a negative value: {path} == {value}");
    }

    private static DateTimeOffset TimestampAt(string path, JsonValue value) => Timestamp.Read(value) ?? throw new StateException(
        ErrorNames.Runtime,
        $"The TimestampPath parameter does not reference a valid ISO-8601 extended offset date-time format string: {path} == {NumberReader.Show(value)}");

    private static TimeSpan Seconds(long seconds) => TimeSpan.FromSeconds(Math.Min(seconds, 100_000_000_000));
}
