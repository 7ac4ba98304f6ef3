using System.Collections.Immutable;
using NovaJudge.StatesLanguage.Json;
using NovaJudge.StatesLanguage.Templates;

namespace NovaJudge.StatesLanguage.Intrinsics;

/// <summary>A parsed call; its arguments are literals, paths or further calls.</summary>
internal sealed class IntrinsicCall(string text, IntrinsicFunction function, ImmutableArray<Expression> arguments) : Expression(text)
{
    public IntrinsicFunction Function { get; } = function;

    public ImmutableArray<Expression> Arguments { get; } = arguments;

    public override JsonValue Evaluate(Scope scope)
    {
        var values = new JsonValue[Arguments.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = Arguments[i].Evaluate(scope);
        }

        try
        {
            return Function.Apply(values, scope.Random);
        }
        catch (IntrinsicException failure)
        {
            throw new StateException(ErrorNames.IntrinsicFailure, $"The function '{Text}' had the following error: {failure.Message}");
        }
    }
}
