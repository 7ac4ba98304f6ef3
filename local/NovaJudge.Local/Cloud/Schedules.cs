using System.Globalization;
using System.Text.Json;
using NovaJudge.StatesLanguage.Time;

namespace NovaJudge.Local.Cloud;

/// <summary>Fires the template's schedules while a run is under way. Only rates are known here: what looks after a run is a rate.</summary>
internal sealed class Schedules(PipelineTemplate template, StepTasks tasks, TimeProvider time)
{
    /// <summary>Starts the timers; disposing stops them and waits for the last call to end.</summary>
    public IAsyncDisposable Start() => new Running(
        [.. from schedule in template.Schedules
            where template.Functions.ContainsKey(schedule.TargetArn) && Rate(schedule.Expression) is not null
            select (schedule, Rate(schedule.Expression)!.Value)], tasks, time);

    /// <summary>The period of <c>rate(5 minutes)</c>; <c>null</c> for a cron expression.</summary>
    private static TimeSpan? Rate(string expression)
    {
        if (!expression.StartsWith("rate(", StringComparison.Ordinal) || expression[5..^1].Split(' ') is not [var number, var unit])
        {
            return null;
        }

        var value = double.Parse(number, CultureInfo.InvariantCulture);
        return unit.TrimEnd('s') switch
        {
            "minute" => TimeSpan.FromMinutes(value),
            "hour" => TimeSpan.FromHours(value),
            "day" => TimeSpan.FromDays(value),
            _ => throw new InvalidDataException($"The schedule expression {expression} has no known unit."),
        };
    }

    private sealed class Running : IAsyncDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private readonly Task[] _loops;

        public Running((TimerSchedule Schedule, TimeSpan Period)[] schedules, StepTasks tasks, TimeProvider time) =>
            _loops = [.. schedules.Select(entry => LoopAsync(entry.Schedule, entry.Period, tasks, time))];

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            await Task.WhenAll(_loops).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _stop.Dispose();
        }

        private async Task LoopAsync(TimerSchedule schedule, TimeSpan period, StepTasks tasks, TimeProvider time)
        {
            using var input = JsonDocument.Parse(schedule.Input);
            await foreach (var _ in Ticks(period, time))
            {
                await tasks.InvokeFunctionAsync(schedule.TargetArn, input.RootElement, _stop.Token);
            }
        }

        /// <summary>One item at the end of each period. A virtual clock stands still until whoever gets it asks for the next.</summary>
        private async IAsyncEnumerable<bool> Ticks(TimeSpan period, TimeProvider time)
        {
            if (time is VirtualTime clock)
            {
                using var held = clock.Hold();
                while (true)
                {
                    await clock.DelayAsync(period, _stop.Token);
                    yield return true;
                }
            }

            using var timer = new PeriodicTimer(period, time);
            while (await timer.WaitForNextTickAsync(_stop.Token))
            {
                yield return true;
            }
        }
    }
}
