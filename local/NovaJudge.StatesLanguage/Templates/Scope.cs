using System.Collections.Immutable;
using NovaJudge.StatesLanguage.Intrinsics;
using NovaJudge.StatesLanguage.Json;
using NovaJudge.StatesLanguage.Paths;

namespace NovaJudge.StatesLanguage.Templates;

/// <summary>What an expression can see: `$`, `$$` and the variables as they were when the state was entered.</summary>
internal sealed class Scope(JsonValue input, IScopeSource source, ImmutableDictionary<string, JsonValue> variables)
{
    public JsonValue Input { get; } = input;

    /// <summary>The input as error causes quote it.</summary>
    public string InputText => source.Quote(Input);

    /// <summary>The error of a payload template whose path leads nowhere.</summary>
    public string MissingPathError => source.MissingPathError;

    public IRandomSource Random => source.Random;

    public Scope WithInput(JsonValue other) => ReferenceEquals(other, Input) ? this : new Scope(other, source, variables);

    /// <summary>The value a path starts from.</summary>
    /// <exception cref="StateException">The variable is not assigned, or there is no input to start from.</exception>
    public JsonValue Root(JsonPath path) => path.Root switch
    {
        PathRoot.Input => Input.Kind == JsonKind.Null
            ? throw new StateException(ErrorNames.Runtime, "Unable to apply Path transformation to null or empty input.")
            : Input,
        PathRoot.Context => source.Context(),
        _ => variables.TryGetValue(path.Variable!, out var value)
            ? value
            : throw new StateException(ErrorNames.Runtime, $"The variable '{path.Variable}' is not assigned: {path.Text}"),
    };

    /// <exception cref="PathException">A definite path selects nothing.</exception>
    public JsonValue Select(JsonPath path) => path.Evaluate(Root(path));
}

/// <summary>What a scope draws on: the visit of a state.</summary>
internal interface IScopeSource
{
    IRandomSource Random { get; }

    string MissingPathError { get; }

    JsonValue Context();

    string Quote(JsonValue input);
}
