using System.Text.RegularExpressions;

namespace NovaJudge.Aws.Models;

/// <summary>Tells by the words of an error that a prompt is longer than the model reads.</summary>
internal static partial class ContextLimit
{
    // Bedrock: "Input is too long for requested model.", "prompt is too long: 210031 tokens > 200000 maximum",
    // "input length and `max_tokens` exceed context limit". vLLM: "This model's maximum context length is 4096 tokens".
    // TGI: "`inputs` tokens + `max_new_tokens` must be <= 4096", "`inputs` must have less than 3072 tokens".
    public static bool IsMeant(string message) => Words.IsMatch(message);

    [GeneratedRegex(
        @"(input|prompt)s?`? (is|are|was|were) too long|too many input tokens|context (length|limit|window|size)|max_model_len|`?inputs`? (tokens \+|must have less than)|exceeds? the (model's )?maximum (input|number of input) tokens",
        RegexOptions.IgnoreCase)]
    private static partial Regex Words { get; }
}
