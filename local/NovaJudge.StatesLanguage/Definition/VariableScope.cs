namespace NovaJudge.StatesLanguage.Definition;

/// <summary>The variables assigned on one level. Inner levels may read those of outer ones, but not assign a name of theirs.</summary>
internal sealed class VariableScope(VariableScope? outer)
{
    private readonly Dictionary<string, string> _assigned = new(StringComparer.Ordinal);
    private readonly List<VariableScope> _inner = [];

    public VariableScope Enter(bool isolated)
    {
        var inner = new VariableScope(isolated ? null : this);
        _inner.Add(inner);
        return inner;
    }

    public void Note(string name, string location) => _assigned.TryAdd(name, location);

    /// <summary>Reports the names that are assigned on an outer level too.</summary>
    public void Check(List<DefinitionProblem> problems)
    {
        foreach (var (name, location) in _assigned)
        {
            if (outer?.Knows(name) == true)
            {
                problems.Add(new(ProblemCodes.SchemaValidationFailed, $"The variable '{name}' is already assigned in an outer scope", location));
            }
        }

        _inner.ForEach(inner => inner.Check(problems));
    }

    private bool Knows(string name) => _assigned.ContainsKey(name) || outer?.Knows(name) == true;
}
