using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using NovaJudge.Pipeline;

namespace NovaJudge.Functions.Runtime;

/// <summary>What a failed call says: <see cref="ErrorType"/> is the name that the state machine retries and catches by.</summary>
internal sealed record InvocationError(string ErrorMessage, string ErrorType, IReadOnlyList<string> StackTrace)
{
    /// <summary>
    /// A step that was stopped by its deadline. The machine would read this name if Lambda had killed the process, and retries it.
    /// </summary>
    public const string OutOfTime = "Sandbox.Timedout";

    /// <summary>Name of an answer beyond Lambda's limit, as Lambda itself spells it.</summary>
    public const string ResponseTooLarge = "Function.ResponseSizeTooLarge";

    /// <summary>Name of an environment that the function cannot work with.</summary>
    public const string BadSettings = "Runtime.BadSettings";

    /// <summary>
    /// Longest body in bytes. Lambda takes 256 KB, but Step Functions' causes end at 32,768 characters, and half a JSON document
    /// is no cause.
    /// </summary>
    public const int LongestBody = 32_000;

    /// <summary>People read the text inside other JSON: it is escaped no more than it has to be.</summary>
    private static readonly InvocationErrorJsonContext Readable =
        new(new JsonSerializerOptions(InvocationErrorJsonContext.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    private const string Cut = " … (cut)";
    private const int MostFrames = 20;

    /// <summary>The error that an exception becomes. Foreseen ones say all in their message; others show where they came from.</summary>
    public static InvocationError Of(Exception exception, bool outOfTime) => exception switch
    {
        PipelineException foreseen => new InvocationError(foreseen.Message, foreseen.ErrorName, []),
        FunctionSettingsException settings => new InvocationError(settings.Message, BadSettings, []),
        OperationCanceledException when outOfTime => new InvocationError("The step ran out of the function's time.", OutOfTime, []),
        _ => new InvocationError($"The step broke: {exception.Message}", exception.GetType().Name, Frames(exception)),
    };

    /// <summary>For the platform's own statistics: <c>Function.ModelThrottled</c> for <c>Model.Throttled</c>.</summary>
    [JsonIgnore]
    public string PlatformType => ErrorType.StartsWith("Function.", StringComparison.Ordinal) || ErrorType.StartsWith("Runtime.", StringComparison.Ordinal)
        ? ErrorType
        : "Function." + string.Concat(ErrorType.Where(char.IsAsciiLetter));

    /// <summary>The body, within the limit: frames go first, then the end of the message.</summary>
    public byte[] ToBody()
    {
        var body = Write(this);
        var error = this with { StackTrace = [] };
        for (var length = ErrorMessage.Length; body.Length > LongestBody; length /= 2)
        {
            body = Write(length == ErrorMessage.Length ? error : error with { ErrorMessage = ErrorMessage[..length] + Cut });
        }

        return body;
    }

    private static byte[] Write(InvocationError error) => JsonSerializer.SerializeToUtf8Bytes(error, Readable.InvocationError);

    private static string[] Frames(Exception exception) =>
        [.. (exception.StackTrace ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Take(MostFrames)];
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(InvocationError))]
internal sealed partial class InvocationErrorJsonContext : JsonSerializerContext;
