namespace NovaJudge.StatesLanguage;

/// <summary>One thing wrong with a definition.</summary>
/// <param name="Code">AWS's code, such as <c>SCHEMA_VALIDATION_FAILED</c>.</param>
/// <param name="Message">What is wrong and what would be right.</param>
/// <param name="Location">Where, as a path of field names: <c>/States/Sample/Next</c>. <c>/</c> is the definition; empty when the problem has no place.</param>
public sealed record DefinitionProblem(string Code, string Message, string Location)
{
    /// <summary>As AWS words it: <c>SCHEMA_VALIDATION_FAILED: … at /States/Sample/Next</c>.</summary>
    public override string ToString() => $"{Code}: {Message} at {(Location.Length == 0 ? "null" : Location)}";
}

/// <summary>The codes of <see cref="DefinitionProblem"/>.</summary>
public static class ProblemCodes
{
    public const string InvalidJson = "INVALID_JSON_DESCRIPTION";
    public const string SchemaValidationFailed = "SCHEMA_VALIDATION_FAILED";
    public const string MissingTransitionTarget = "MISSING_TRANSITION_TARGET";
    public const string MissingEndState = "MISSING_END_STATE";
    public const string DuplicateStateName = "DUPLICATE_STATE_NAME";
    public const string InvalidStateName = "INVALID_STATE_NAME";
    public const string DuplicateLabelName = "DUPLICATE_LABEL_NAME";
    public const string InvalidLabelName = "INVALID_LABEL_NAME";

    /// <summary>A feature of AWS that this interpreter refuses rather than ignores.</summary>
    public const string NotSupported = "NOT_SUPPORTED";
}
