using System.Text.Json;
using System.Text.Json.Serialization;

namespace NovaJudge.Aws.BedrockRuntime;

/// <summary>A conversation to continue.</summary>
public sealed record ConverseRequest
{
    /// <summary>A model, an inference profile or the ARN of one. Always needed; part of the path, not of the body.</summary>
    [JsonIgnore]
    public string ModelId { get; init; } = "";

    public required IReadOnlyList<Message> Messages { get; init; }

    public IReadOnlyList<SystemContentBlock>? System { get; init; }

    public InferenceConfiguration? InferenceConfig { get; init; }

    /// <summary>Settings that only this model knows.</summary>
    public JsonElement? AdditionalModelRequestFields { get; init; }
}

/// <param name="Role"><c>user</c> or <c>assistant</c>.</param>
/// <param name="Content">Its parts, in order.</param>
public sealed record Message(string Role, IReadOnlyList<ContentBlock> Content);

/// <summary>One part of a message; parts of other kinds than text have no text.</summary>
public sealed record ContentBlock
{
    public string? Text { get; init; }

    /// <summary>What the model thought before it spoke.</summary>
    public JsonElement? ReasoningContent { get; init; }
}

public sealed record SystemContentBlock(string Text);

public sealed record InferenceConfiguration
{
    public int? MaxTokens { get; init; }

    public float? Temperature { get; init; }

    public float? TopP { get; init; }

    public IReadOnlyList<string>? StopSequences { get; init; }
}

public sealed record ConverseResponse
{
    public ConverseOutput? Output { get; init; }

    /// <summary>One of <see cref="BedrockRuntime.StopReason"/>, or a newer one.</summary>
    public string? StopReason { get; init; }

    public TokenUsage? Usage { get; init; }

    public ConverseMetrics? Metrics { get; init; }
}

public sealed record ConverseOutput(Message? Message);

public sealed record TokenUsage
{
    public long? InputTokens { get; init; }

    public long? OutputTokens { get; init; }

    public long? TotalTokens { get; init; }

    public long? CacheReadInputTokens { get; init; }

    public long? CacheWriteInputTokens { get; init; }
}

public sealed record ConverseMetrics(long? LatencyMs);

/// <summary>Why a model stopped.</summary>
public static class StopReason
{
    public const string EndTurn = "end_turn";
    public const string ToolUse = "tool_use";
    public const string MaxTokens = "max_tokens";
    public const string StopSequence = "stop_sequence";
    public const string GuardrailIntervened = "guardrail_intervened";
    public const string ContentFiltered = "content_filtered";
    public const string MalformedModelOutput = "malformed_model_output";
    public const string MalformedToolUse = "malformed_tool_use";
    public const string ModelContextWindowExceeded = "model_context_window_exceeded";
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ConverseRequest))]
[JsonSerializable(typeof(ConverseResponse))]
internal sealed partial class BedrockRuntimeJsonContext : JsonSerializerContext;
