using System.Text.RegularExpressions;
using Amazon.Runtime;
using NovaJudge.Aws.Models;
using NovaJudge.Pipeline.Generation;

namespace NovaJudge.Aws.BedrockRuntime;

/// <summary>What a failed call of Bedrock means, in the words in which Bedrock says it.</summary>
internal static partial class BedrockFailures
{
    public static ModelException Describe(Exception exception, string modelId) => exception switch
    {
        AmazonServiceException { ErrorCode: "ResourceNotFoundException" } gone when Retired.IsMatch(gone.Message) =>
            Permanent("retired", $"{gone.Message} Name a current model, for example {RetiredModels.Current}", gone),
        AmazonServiceException { ErrorCode: "ResourceNotFoundException" } unknown =>
            Permanent("unknownModel", $"{unknown.Message} Check the model's id and the region", unknown),
        AmazonServiceException { ErrorCode: "ValidationException" } invalid => Describe(invalid, modelId),
        AmazonServiceException { ErrorCode: "ModelNotReadyException" } notReady => ModelFailures.Of(ModelFailureKind.Warming, "notReady", notReady.Message, notReady),
        AmazonServiceException { ErrorCode: "ModelTimeoutException" } late => ModelFailures.Of(ModelFailureKind.Transient, "timeout", late.Message, late),
        AmazonServiceException { ErrorCode: "ModelErrorException" } broken => ModelFailures.Of(ModelFailureKind.Transient, "modelError", broken.Message, broken),
        _ => ModelFailures.Describe(exception,
            $"The caller needs bedrock:InvokeModel on {modelId} and on the foundation models behind it; Anthropic's models also want the account's use-case form once"),
    };

    private static ModelException Describe(AmazonServiceException invalid, string modelId)
    {
        var message = invalid.Message;
        return Retired.IsMatch(message) ? Permanent("retired", $"{message} Name a current model, for example {RetiredModels.Current}", invalid)
            : UnknownModel.IsMatch(message) ? Permanent("unknownModel", $"{message} Check the model's id and that its prefix (us., eu., global.) fits the region", invalid)
            : message.Contains("on-demand throughput", StringComparison.OrdinalIgnoreCase)
                ? Permanent("needsProfile", $"{message} Use its inference profile, for example global.{modelId}", invalid)
            : ContextLimit.IsMeant(message) ? ModelFailures.Of(ModelFailureKind.Item, "contextTooLong", message, invalid)
            : TooManyTokensAsked.IsMatch(message) ? Permanent("maxTokens", $"{message} Lower maxTokens of this model", invalid)
            : message.Contains("filter", StringComparison.OrdinalIgnoreCase) ? ModelFailures.Of(ModelFailureKind.Item, "contentFiltered", message, invalid)
            : ModelFailures.Describe(invalid, "");
    }

    private static ModelException Permanent(string code, string message, Exception cause) => ModelFailures.Of(ModelFailureKind.Permanent, code, message, cause);

    [GeneratedRegex("end of its life|end-of-life|marked by provider as Legacy", RegexOptions.IgnoreCase)]
    private static partial Regex Retired { get; }

    [GeneratedRegex("model identifier is invalid|Could not resolve the foundation model|model is not supported|isn't available", RegexOptions.IgnoreCase)]
    private static partial Regex UnknownModel { get; }

    [GeneratedRegex(@"maximum tokens you requested|max_tokens.{0,60}(maximum|exceed|greater|allowed)", RegexOptions.IgnoreCase)]
    private static partial Regex TooManyTokensAsked { get; }
}
