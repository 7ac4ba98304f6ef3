namespace NovaJudge.StatesLanguage;

/// <summary>A definition that AWS, or this interpreter, would not accept; it names every problem, not only the first.</summary>
public sealed class InvalidDefinitionException(IReadOnlyList<DefinitionProblem> problems)
    : Exception($"Invalid State Machine Definition: '{string.Join(", ", problems)}'")
{
    public IReadOnlyList<DefinitionProblem> Problems { get; } = problems;
}
