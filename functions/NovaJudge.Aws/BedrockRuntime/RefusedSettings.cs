using System.Text.RegularExpressions;
using Amazon.Runtime;

namespace NovaJudge.Aws.BedrockRuntime;

/// <summary>Sampling settings that a model does not take: newer models refuse them, some take one but not both.</summary>
internal sealed partial record RefusedSettings(bool Temperature, bool TopP)
{
    public static RefusedSettings None { get; } = new(false, false);

    /// <summary>The request without what is refused.</summary>
    public ConverseRequest Without(ConverseRequest request) => request.InferenceConfig is not { } inference || this == None
        ? request
        : request with
        {
            InferenceConfig = inference with
            {
                Temperature = Temperature ? null : inference.Temperature,
                TopP = TopP ? null : inference.TopP,
            },
        };

    /// <summary>These and what the error refuses, if that was sent at all.</summary>
    public RefusedSettings? And(AmazonServiceException exception, ConverseRequest request)
    {
        if (exception.ErrorCode != "ValidationException" || !Refusal.IsMatch(exception.Message))
        {
            return null;
        }

        var sent = Without(request).InferenceConfig;
        var temperature = sent?.Temperature is not null && exception.Message.Contains("temperature", StringComparison.OrdinalIgnoreCase);
        var topP = sent?.TopP is not null && NameOfTopP.IsMatch(exception.Message);

        // "`temperature` and `top_p` cannot both be specified": the temperature stays.
        return Both.IsMatch(exception.Message) && temperature && topP
            ? this with { TopP = true }
            : new RefusedSettings(Temperature || temperature, TopP || topP);
    }

    [GeneratedRegex("deprecated|not support|unsupported|isn't supported|not allowed|not permitted|both|only one of", RegexOptions.IgnoreCase)]
    private static partial Regex Refusal { get; }

    [GeneratedRegex("both|only one of", RegexOptions.IgnoreCase)]
    private static partial Regex Both { get; }

    [GeneratedRegex("top_?p", RegexOptions.IgnoreCase)]
    private static partial Regex NameOfTopP { get; }
}
