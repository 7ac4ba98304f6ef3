using System.Text.Json;
using System.Text.Json.Nodes;
using NovaJudge.Local.Progress;
using NovaJudge.LocalAws.Lambda;
using NovaJudge.Pipeline;
using NovaJudge.Pipeline.Runs;
using NovaJudge.Pipeline.Steps;
using NovaJudge.StatesLanguage.Tasks;

namespace NovaJudge.Local.Cloud;

/// <summary>Runs a step from its input to its output, wherever that is.</summary>
internal delegate Task<byte[]> StepInvoker(string step, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken);

/// <summary>The functions of the template: a function's ARN leads to its handler, the handler is a step.</summary>
internal sealed class StepTasks(IStepPorts ports, PipelineTemplate template, RunProgress progress) : ITaskIntegration
{
    private const long WorthGivingBack = 16 * 1024 * 1024;

    /// <summary>Where steps run: in this process, unless they are given to others.</summary>
    public StepInvoker Steps { get; set; } = new StepRouter(ports).InvokeAsync;

    public async ValueTask<TaskOutcome> InvokeAsync(TaskRequest request, CancellationToken cancellationToken)
    {
        var arn = request.FunctionName ?? request.Resource;
        if (!template.Functions.TryGetValue(arn, out var step))
        {
            return TaskOutcome.Failed("Lambda.ResourceNotFoundException", $"Function not found: {arn}");
        }

        try
        {
            var output = await Steps(step, request.Input, cancellationToken);
            Note(step, request.Input, output);
            GiveBack(step);
            return TaskOutcome.Succeeded(output);
        }
        catch (PipelineException e)
        {
            return Failed(e.ErrorName, e.Message);
        }
        catch (FunctionErrorException e)
        {
            return TaskOutcome.Failed(e.ErrorType, e.Body);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return Failed(e.GetType().Name, $"{StepIn(step)} {e.Message}");
        }
    }

    /// <summary>Calls a function as a rule or a schedule does: nobody waits for what it returns.</summary>
    public async Task InvokeFunctionAsync(string arn, JsonElement payload, CancellationToken cancellationToken)
    {
        if (!template.Functions.TryGetValue(arn, out var step))
        {
            throw new InvalidDataException($"A rule or schedule of the template names {arn}, which is no function of it.");
        }

        try
        {
            await Steps(step, System.Text.Encoding.UTF8.GetBytes(payload.GetRawText()), cancellationToken);
        }
        catch (FunctionErrorException e)
        {
            throw new PipelineException(e.ErrorType, $"{StepIn(step)} {e.Body}", e);
        }
    }

    /// <summary>
    /// On AWS the memory of a function ends with it. Here what a large run's metrics were computed from would still lie there
    /// while the report is rendered, and both together would be the peak of the run.
    /// </summary>
    private static void GiveBack(string step)
    {
        if (step == StepNames.ComputeMetrics && GC.GetTotalMemory(forceFullCollection: false) > WorthGivingBack)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        }
    }

    /// <summary>A function's error in the shape that Step Functions gets from Lambda.</summary>
    private static TaskOutcome Failed(string errorType, string message) => TaskOutcome.Failed(errorType, new JsonObject
    {
        ["errorMessage"] = message,
        ["errorType"] = errorType,
    }.ToJsonString());

    private static string StepIn(string step) => $"The step {step} broke:";

    private void Note(string step, ReadOnlyMemory<byte> input, byte[] output)
    {
        switch (step)
        {
            case StepNames.SamplePrompts:
                progress.Sampled(Number(output, "prompts"));
                break;
            case StepNames.WriteJudgeDataset:
                progress.ToBeJudged(Number(output, "rows") + Number(output, "anchors"));
                break;
            case StepNames.GenerateResponses:
                using (var document = JsonDocument.Parse(input))
                {
                    var slot = document.RootElement.GetProperty("slot").ValueEquals("a") ? ModelSlot.A : ModelSlot.B;
                    progress.Of(slot).Completed(Number(output, "batch"), Number(output, "count"));
                }

                break;
            case StepNames.JudgeResponses:
                progress.JudgedMore(Number(output, "count"));
                break;
            default:
                break;
        }
    }

    private static int Number(byte[] json, string name)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.GetProperty(name).GetInt32();
    }
}
