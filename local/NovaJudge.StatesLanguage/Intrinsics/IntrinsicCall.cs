using System.Collections.Immutable;
using NovaJudge.StatesLanguage.Json;
using NovaJudge.StatesLanguage.Paths;
using NovaJudge.StatesLanguage.Templates;

namespace NovaJudge.StatesLanguage.Intrinsics;

/// <summary>A parsed call; its arguments are literals, paths or further calls.</summary>
internal sealed class IntrinsicCall(string text, IntrinsicFunction function, ImmutableArray<Expression> arguments) : Expression(text)
{
    // Values share their parts, so that few characters can stand for gigabytes of text.
    private const long LargestArguments = 100_000_000;

    public IntrinsicFunction Function { get; } = function;

    public ImmutableArray<Expression> Arguments { get; } = arguments;

    public override JsonValue Evaluate(Scope scope)
    {
        var values = new JsonValue[Arguments.Length];
        long size = 0;
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = Evaluate(Arguments[i], scope);
            size += values[i].Size;
        }

        if (size > LargestArguments)
        {
            throw Failure($"The arguments have {size} bytes; at most {LargestArguments} are allowed");
        }

        try
        {
            return Function.Apply(values, scope.Random);
        }
        catch (IntrinsicException failure)
        {
            throw Failure(failure.Message);
        }
    }

    private JsonValue Evaluate(Expression argument, Scope scope)
    {
        try
        {
            return argument.Evaluate(scope);
        }
        catch (PathException)
        {
            throw Failure($"The JsonPath argument for the field '{argument.Text}' could not be found in the input '{scope.InputText}'");
        }
    }

    private StateException Failure(string message) => new(ErrorNames.IntrinsicFailure, $"The function '{Text}' had the following error: {message}");
}
