namespace NovaJudge.StatesLanguage;

/// <summary>What a definition may use beyond Lambda functions.</summary>
public sealed record DefinitionOptions
{
    public static readonly DefinitionOptions Default = new();

    /// <summary>
    /// Whether a plugged-in integration serves a task's <c>Resource</c>. Lambda functions (by ARN, <c>lambda:invoke</c> and its
    /// <c>.waitForTaskToken</c> form) always are; by default everything else is refused by name.
    /// </summary>
    public Func<string, bool> SupportsResource { get; init; } = static _ => false;
}
