using System.Collections.Immutable;
using NovaJudge.StatesLanguage.Intrinsics;
using NovaJudge.StatesLanguage.Json;
using NovaJudge.StatesLanguage.Paths;

namespace NovaJudge.StatesLanguage.Templates;

/// <summary>What an expression can see: `$`, `$$` and the variables as they were when the state was entered.</summary>
internal sealed class Scope(JsonValue input, Func<JsonValue> context, ImmutableDictionary<string, JsonValue> variables, IRandomSource random)
{
    public JsonValue Input { get; } = input;

    public IRandomSource Random { get; } = random;

    public Scope WithInput(JsonValue other) => ReferenceEquals(other, Input) ? this : new Scope(other, context, variables, Random);

    /// <summary>The value a path starts from.</summary>
    /// <exception cref="StateException">The variable is not assigned.</exception>
    public JsonValue Root(JsonPath path) => path.Root switch
    {
        PathRoot.Input => Input,
        PathRoot.Context => context(),
        _ => variables.TryGetValue(path.Variable!, out var value)
            ? value
            : throw new StateException(ErrorNames.Runtime, $"The variable '{path.Variable}' is not assigned: {path.Text}"),
    };

    /// <exception cref="PathException">A definite path selects nothing.</exception>
    public JsonValue Select(JsonPath path) => path.Evaluate(Root(path));
}
