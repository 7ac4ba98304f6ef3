namespace NovaJudge.Pipeline;

/// <summary>A step cannot go on. <see cref="ErrorName"/> is one of <see cref="ErrorNames"/>; the message says what, which item and what to do.</summary>
public sealed class PipelineException : Exception
{
    public PipelineException(string errorName, string message, Exception? innerException = null)
        : base(message, innerException) => ErrorName = errorName;

    /// <summary>The stable name that the state machine retries and catches by.</summary>
    public string ErrorName { get; }

    /// <summary>Input that cannot work, with one line for each problem.</summary>
    public static PipelineException BadInput(IEnumerable<string> problems) =>
        new(ErrorNames.BadInput, string.Join('\n', problems));

    /// <summary>Input that cannot work for one reason.</summary>
    public static PipelineException BadInput(string problem) => new(ErrorNames.BadInput, problem);
}
