namespace NovaJudge.StatesLanguage.Tasks;

/// <summary>How a task ended: with JSON, or with an error's name and cause.</summary>
public sealed class TaskOutcome
{
    private TaskOutcome(ReadOnlyMemory<byte> output, string? error, string? cause, bool succeeded) =>
        (Output, Error, Cause, IsSuccess) = (output, error, cause, succeeded);

    public bool IsSuccess { get; }

    /// <summary>The result, UTF-8 JSON; empty after a failure.</summary>
    public ReadOnlyMemory<byte> Output { get; }

    public string? Error { get; }

    public string? Cause { get; }

    /// <summary>An outcome with a result.</summary>
    public static TaskOutcome Succeeded(ReadOnlyMemory<byte> outputJson) => new(outputJson, null, null, true);

    /// <summary>An outcome with an error, which Retry and Catch match by name.</summary>
    public static TaskOutcome Failed(string? error, string? cause) => new(default, error, cause, false);
}
