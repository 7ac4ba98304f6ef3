using System.Text.RegularExpressions;

namespace NovaJudge.Aws.BedrockRuntime;

/// <summary>Models of Bedrock that will not answer any more, so that a run is refused before it costs anything. Dates: AWS, "Model lifecycle".</summary>
internal static partial class RetiredModels
{
    /// <summary>A model to name instead.</summary>
    public const string Current = "global.anthropic.claude-sonnet-4-6";

    private static readonly (string Part, string EndOfLife)[] Models =
    [
        ("anthropic.claude-3-7-sonnet-20250219", "2026-04-28"),
        ("anthropic.claude-sonnet-4-20250514", "2026-10-14"),
    ];

    /// <summary>Why the model cannot be used, with what to do, or <c>null</c>.</summary>
    public static string? Problem(string modelId)
    {
        var (part, endOfLife) = Models.FirstOrDefault(model => modelId.Contains(model.Part, StringComparison.Ordinal));
        return part is not null ? $"{modelId} reached the end of its life on {endOfLife}; name a current model, for example {Current}"
            : OnlyByProfile.IsMatch(modelId) ? $"{modelId} is only served through an inference profile; use global.{modelId} (or us., eu. …)"
            : null;
    }

    // Claude 4 and later; the older ones were also served on demand.
    [GeneratedRegex(@"^anthropic\.claude-(haiku|opus|sonnet)-")]
    private static partial Regex OnlyByProfile { get; }
}
