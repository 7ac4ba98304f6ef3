using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace NovaJudge.Pipeline.Steps;

/// <summary>
/// From a step's name and its input as JSON to its output as JSON: what a Lambda function is, and what the local
/// runner calls in the place of one.
/// </summary>
public sealed class StepRouter(IStepPorts ports)
{
    private static StepJsonContext Json => StepJsonContext.Default;

    /// <summary>Runs one step.</summary>
    /// <param name="step">One of <see cref="StepNames"/>.</param>
    /// <param name="payload">Its input, UTF-8 JSON.</param>
    /// <param name="cancellationToken">Fires before the time of the step is up.</param>
    /// <returns>Its output, UTF-8 JSON.</returns>
    /// <exception cref="PipelineException">The step cannot go on; its error name is what the machine catches.</exception>
    public async Task<byte[]> InvokeAsync(string step, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        var token = cancellationToken;
        return step switch
        {
            StepNames.PlanRun => Write(await new PlanRunStep(ports.Store, ports.Datasets, ports.Models, ports.Judges, ports.Defaults, ports.Journal)
                .RunAsync(Read(payload, Json.PlanRunInput), token), Json.PlanRunOutput),
            StepNames.SamplePrompts => Write(await new SamplePromptsStep(ports.Store, ports.Datasets)
                .RunAsync(Read(payload, Json.RunReference), token), Json.SamplePromptsOutput),
            StepNames.GenerateResponses => Write(await new GenerateResponsesStep(ports.Store, ports.Journal, ports.Models, ports.Time, ports.Calls, ports.Spending)
                .RunAsync(Read(payload, Json.GenerateResponsesInput), token), Json.GenerateResponsesOutput),
            StepNames.WriteJudgeDataset => Write(await new WriteJudgeDatasetStep(ports.Store)
                .RunAsync(Read(payload, Json.RunReference), token), Json.WriteJudgeDatasetOutput),
            StepNames.StartJudge => Write(await new StartJudgeStep(ports.Store, ports.Judges, ports.Callbacks, ports.Time)
                .RunAsync(Read(payload, Json.StartJudgeInput), token), Json.StartJudgeOutput),
            StepNames.CompleteJudge => Write(await new CompleteJudgeStep(ports.Store, ports.Judges, ports.Callbacks)
                .RunAsync(Read(payload, Json.JsonElement), token), Json.CompleteJudgeOutput),
            StepNames.SweepJudges => Write(await new SweepJudgesStep(ports.Store, ports.Judges, ports.Callbacks, ports.Time)
                .RunAsync(token), Json.SweepJudgesOutput),
            StepNames.JudgeResponses => Write(await new JudgeResponsesStep(ports.Store, ports.Journal, ports.Models, ports.Time, ports.Calls, ports.Spending)
                .RunAsync(Read(payload, Json.JudgeResponsesInput), token), Json.JudgeResponsesOutput),
            StepNames.CollectVerdicts => Write(await new CollectVerdictsStep(ports.Store)
                .RunAsync(Read(payload, Json.RunReference), token), Json.CollectVerdictsOutput),
            StepNames.ComputeMetrics => Write(await new ComputeMetricsStep(ports.Store, ports.Judges)
                .RunAsync(Read(payload, Json.RunReference), token), Json.ComputeMetricsOutput),
            StepNames.RenderReport => Write(await new RenderReportStep(ports.Store, ports.Reports)
                .RunAsync(Read(payload, Json.RunReference), token), Json.RenderReportOutput),
            StepNames.PublishSummary => Write(await new PublishSummaryStep(ports.Store, ports.Announcer, ports.Time)
                .RunAsync(Read(payload, Json.RunReference), token), Json.RunSummary),
            StepNames.RecordFailure => Write(await new RecordFailureStep(ports.Store)
                .RunAsync(Read(payload, Json.RecordFailureInput), token), Json.RecordFailureOutput),
            StepNames.CleanUpRun => Write(await new CleanUpRunStep(ports.Store, ports.Judges, ports.Callbacks)
                .RunAsync(Read(payload, Json.JsonElement), token), Json.CleanUpRunOutput),
            _ => throw new ArgumentException($"There is no step \"{step}\"; known are {string.Join(", ", StepNames.All)}.", nameof(step)),
        };
    }

    private static T Read<T>(ReadOnlyMemory<byte> payload, JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(payload.Span, type) ?? throw PipelineException.BadInput("$: an object is expected, not null.");
        }
        catch (JsonException e)
        {
            throw PipelineException.BadInput($"{e.Path ?? "$"}: {e.Message}");
        }
    }

    private static byte[] Write<T>(T value, JsonTypeInfo<T> type) => JsonSerializer.SerializeToUtf8Bytes(value, type);
}

/// <summary>Inputs and outputs of steps, as they travel between states.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(PlanRunInput))]
[JsonSerializable(typeof(PlanRunOutput))]
[JsonSerializable(typeof(RunReference))]
[JsonSerializable(typeof(SamplePromptsOutput))]
[JsonSerializable(typeof(GenerateResponsesInput))]
[JsonSerializable(typeof(GenerateResponsesOutput))]
[JsonSerializable(typeof(WriteJudgeDatasetOutput))]
[JsonSerializable(typeof(StartJudgeInput))]
[JsonSerializable(typeof(StartJudgeOutput))]
[JsonSerializable(typeof(CompleteJudgeOutput))]
[JsonSerializable(typeof(SweepJudgesOutput))]
[JsonSerializable(typeof(JudgeResponsesInput))]
[JsonSerializable(typeof(JudgeResponsesOutput))]
[JsonSerializable(typeof(CollectVerdictsOutput))]
[JsonSerializable(typeof(ComputeMetricsOutput))]
[JsonSerializable(typeof(RenderReportOutput))]
[JsonSerializable(typeof(Metrics.RunSummary))]
[JsonSerializable(typeof(RecordFailureInput))]
[JsonSerializable(typeof(RecordFailureOutput))]
[JsonSerializable(typeof(CleanUpRunOutput))]
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class StepJsonContext : JsonSerializerContext;
