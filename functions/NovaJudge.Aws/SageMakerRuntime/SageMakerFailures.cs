using System.Text.RegularExpressions;
using Amazon.Runtime;
using NovaJudge.Aws.Models;
using NovaJudge.Aws.Protocol;
using NovaJudge.Pipeline.Generation;

namespace NovaJudge.Aws.SageMakerRuntime;

/// <summary>What a failed call of an endpoint means: the service says one half of it, the container the other.</summary>
internal static partial class SageMakerFailures
{
    /// <summary>Whether the container does not know the chat schema.</summary>
    public static bool WantsInputs(ServiceException error) =>
        error.ErrorCode == "ModelError"
        && OriginalStatus(error) is 400 or 415 or 422 or 424
        && !ContextLimit.IsMeant(Original(error))
        && InputsMissing.IsMatch(Original(error));

    public static ModelException Describe(Exception exception, string endpoint, string? component) => exception switch
    {
        ServiceException { ErrorCode: "ModelError" } error => OfContainer(error),
        AmazonServiceException { ErrorCode: "ValidationError" or "ValidationException" } invalid => OfService(invalid, endpoint, component),
        AmazonServiceException { ErrorCode: "ModelNotReadyException" } notReady => ModelFailures.Of(ModelFailureKind.Warming, "notReady", notReady.Message, notReady),
        AmazonServiceException { StatusCode: System.Net.HttpStatusCode.RequestEntityTooLarge } large =>
            ModelFailures.Of(ModelFailureKind.Item, "contextTooLong", large.Message, large),
        _ => ModelFailures.Describe(exception, $"The caller needs sagemaker:InvokeEndpoint on endpoint/{endpoint.ToLowerInvariant()}"
            + (component is null ? "" : $" and inference-component/{component.ToLowerInvariant()}")),
    };

    private static ModelException OfContainer(ServiceException error)
    {
        var status = OriginalStatus(error);
        var message = Original(error);
        var (kind, code) = (ContextLimit.IsMeant(message), TimedOut.IsMatch(message), status) switch
        {
            (true, _, _) => (ModelFailureKind.Item, "contextTooLong"),
            (_, true, _) => (ModelFailureKind.Transient, "timeout"),
            (_, _, 429 or 503) => (ModelFailureKind.Throttled, "modelBusy"),
            (_, _, 404 or 405) => (ModelFailureKind.Permanent, "wrongContainer"),
            (_, _, >= 400 and < 500 and not 424) => (ModelFailureKind.Item, $"http{status}"),
            _ => (ModelFailureKind.Transient, "modelError"),
        };
        return ModelFailures.Of(kind, code, $"The container answered {status}: {message}", error);
    }

    private static ModelException OfService(AmazonServiceException invalid, string endpoint, string? component)
    {
        var message = invalid.Message;
        return message.Contains("no capacity", StringComparison.OrdinalIgnoreCase) ? ModelFailures.Of(ModelFailureKind.Warming, "noCapacity", message, invalid)
            : message.Contains("Inference Component Name header is required", StringComparison.OrdinalIgnoreCase)
                ? Permanent("needsComponent", $"{message} Name the component: sagemaker:{endpoint}/<component>", invalid)
            : NotFound.IsMatch(message)
                ? Permanent("unknownModel", $"{message} Check endpoint \"{endpoint}\"{(component is null ? "" : $" and component \"{component}\"")} and the region: aws sagemaker list-endpoints", invalid)
            : ContextLimit.IsMeant(message) ? ModelFailures.Of(ModelFailureKind.Item, "contextTooLong", message, invalid)
            : ModelFailures.Describe(invalid, "");
    }

    private static ModelException Permanent(string code, string message, Exception cause) => ModelFailures.Of(ModelFailureKind.Permanent, code, message, cause);

    private static int OriginalStatus(ServiceException error) => int.TryParse(error.Fields.GetValueOrDefault("OriginalStatusCode"), out var status) ? status : 0;

    private static string Original(ServiceException error) => error.Fields.GetValueOrDefault("OriginalMessage") is { Length: > 0 } original ? original : error.Message;

    [GeneratedRegex("(missing|required|expected).{0,60}inputs|inputs.{0,60}(missing|required|not found)", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex InputsMissing { get; }

    [GeneratedRegex("timed? ?out", RegexOptions.IgnoreCase)]
    private static partial Regex TimedOut { get; }

    [GeneratedRegex("not found|could not find|does not exist", RegexOptions.IgnoreCase)]
    private static partial Regex NotFound { get; }
}
