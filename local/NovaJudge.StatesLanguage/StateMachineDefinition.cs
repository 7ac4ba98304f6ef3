using NovaJudge.StatesLanguage.Definition;

namespace NovaJudge.StatesLanguage;

/// <summary>A checked state machine: immutable, parsed once, run any number of times.</summary>
public sealed class StateMachineDefinition
{
    internal StateMachineDefinition(StateGraph graph, string? comment, TimeSpan? timeout) => (Graph, Comment, Timeout) = (graph, comment, timeout);

    public string? Comment { get; }

    /// <summary>The machine's <c>TimeoutSeconds</c>; null when it may run as long as it wants.</summary>
    public TimeSpan? Timeout { get; }

    internal StateGraph Graph { get; }

    /// <summary>The names of the top-level states, in the order of the definition.</summary>
    public IReadOnlyList<string> StateNames => Graph.Names;

    /// <summary>Parses and checks a definition in the Amazon States Language.</summary>
    /// <exception cref="InvalidDefinitionException">With every problem found.</exception>
    public static StateMachineDefinition Parse(ReadOnlyMemory<byte> utf8Json, DefinitionOptions? options = null) =>
        new DefinitionParser(options ?? DefinitionOptions.Default).Parse(utf8Json.Span);

    /// <summary>Parses and checks a definition in the Amazon States Language.</summary>
    /// <exception cref="InvalidDefinitionException">With every problem found.</exception>
    public static StateMachineDefinition Parse(string json, DefinitionOptions? options = null) =>
        Parse(System.Text.Encoding.UTF8.GetBytes(json), options);
}
