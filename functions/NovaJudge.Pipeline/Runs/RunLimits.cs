using System.Text.Json;
using System.Text.Json.Nodes;

namespace NovaJudge.Pipeline.Runs;

/// <summary>
/// The fields of a request that limit a run and change none of its calls: what it may cost, how much may be in flight and for how long,
/// how much may fail. A run that goes on may be given others; everything else makes it another run.
/// </summary>
public static class RunLimits
{
    /// <summary>The fields, as paths into the request.</summary>
    public static IReadOnlyList<string> Paths { get; } =
    [
        "cost", "gate", "generation.concurrency", "generation.timeoutSeconds", "generation.toleratedFailurePercentage",
        "judge.concurrency", "judge.maxRuntimeMinutes", "judge.timeoutSeconds",
    ];

    /// <summary>A run's request with the limits of another.</summary>
    public static EvaluationRequest Apply(EvaluationRequest started, EvaluationRequest limits) => started with
    {
        Cost = limits.Cost,
        Gate = limits.Gate,
        Generation = started.Generation with
        {
            Concurrency = limits.Generation.Concurrency,
            TimeoutSeconds = limits.Generation.TimeoutSeconds,
            ToleratedFailurePercentage = limits.Generation.ToleratedFailurePercentage,
        },
        Judge = started.Judge with
        {
            Concurrency = limits.Judge.Concurrency,
            MaxRuntimeMinutes = limits.Judge.MaxRuntimeMinutes,
            TimeoutSeconds = limits.Judge.TimeoutSeconds,
        },
    };

    /// <summary>A request as somebody wrote it, without its limits; a part that held nothing else is gone with them.</summary>
    public static JsonObject Without(JsonObject body)
    {
        var rest = (JsonObject)body.DeepClone();
        foreach (var path in Paths)
        {
            var dot = path.IndexOf('.', StringComparison.Ordinal);
            if (dot < 0)
            {
                rest.Remove(path);
            }
            else if (rest[path[..dot]] is JsonObject part && part.Remove(path[(dot + 1)..]) && part.Count == 0)
            {
                rest.Remove(path[..dot]);
            }
        }

        return rest;
    }

    /// <summary>Whether two requests make the same calls, whenever they were asked for.</summary>
    public static bool AreOnlyDifference(EvaluationRequest a, EvaluationRequest b) =>
        Text(Apply(a, b) with { CreatedAt = b.CreatedAt }) == Text(b);

    private static string Text(EvaluationRequest request) => JsonSerializer.Serialize(request, PipelineJson.Documents.EvaluationRequest);
}
