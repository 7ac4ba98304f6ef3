using System.Text.Json;
using NovaJudge.Pipeline.Steps;

namespace NovaJudge.Local.Drills;

/// <summary>What a step did, in a few words, from its output; <c>null</c> where it is not worth a line.</summary>
internal static class StepNotes
{
    public static string? Of(string step, ReadOnlyMemory<byte> output)
    {
        using var document = JsonDocument.Parse(output);
        var result = document.RootElement;
        return step switch
        {
            StepNames.PlanRun when result.GetProperty("alreadyStarted").GetBoolean() => "PlanRun: another execution has this run, so this one ends",
            StepNames.PlanRun => "PlanRun: the request is checked, the run is claimed",
            StepNames.SamplePrompts => $"SamplePrompts: {Number("prompts")} prompts in {Number("batches")} batches",
            StepNames.WriteJudgeDataset => $"WriteJudgeDataset: {Number("rows")} pairs, {Number("generationFailed")} prompts failed",
            StepNames.StartJudge => $"StartJudge: a task token waits for job {result.GetProperty("jobName").GetString()}",
            StepNames.CompleteJudge => $"CompleteJudge: {Tokens(Number("answered"))} answered",
            StepNames.SweepJudges => Sweep(Number("waiting"), Number("answered"), Number("forgotten")),
            StepNames.CleanUpRun => $"CleanUpRun: {Many(Number("stopped"), "job")} of the judge stopped, {Tokens(Number("forgotten"))} forgotten",
            StepNames.ComputeMetrics => $"ComputeMetrics: {result.GetProperty("verdict").GetString()}",
            StepNames.PublishSummary => "PublishSummary: the result is told",
            StepNames.RecordFailure => $"RecordFailure: {result.GetProperty("error").GetString()}: {result.GetProperty("cause").GetString()}",
            _ => null,
        };

        int Number(string name) => result.GetProperty(name).GetInt32();
    }

    /// <summary>A step that failed, by the name that the machine retries and catches.</summary>
    public static string OfFailure(string step, ReadOnlyMemory<byte> payload, string error)
    {
        using var document = JsonDocument.Parse(payload);
        var who = document.RootElement.TryGetProperty("slot", out var slot) ? $"{step} of model {slot.GetString()!.ToUpperInvariant()}" : step;
        return $"{who} ends in {error}";
    }

    private static string? Sweep(int waiting, int answered, int forgotten)
    {
        string?[] parts =
        [
            waiting > 0 ? $"{Tokens(waiting)} waiting, heartbeat sent" : null,
            answered > 0 ? $"{Tokens(answered)} answered, the job has ended" : null,
            forgotten > 0 ? $"{Tokens(forgotten)} forgotten, nobody waits" : null,
        ];
        return parts.All(part => part is null) ? null : $"SweepJudges: {string.Join("; ", parts.OfType<string>())}";
    }

    private static string Tokens(int count) => Many(count, "token");

    private static string Many(int count, string what) => count == 1 ? $"1 {what}" : $"{count} {what}s";
}
