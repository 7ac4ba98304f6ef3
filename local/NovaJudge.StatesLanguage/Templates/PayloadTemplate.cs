using NovaJudge.StatesLanguage.Json;
using NovaJudge.StatesLanguage.Paths;

namespace NovaJudge.StatesLanguage.Templates;

/// <summary>A JSON value in which fields named `….$` are computed. Parts without such fields are shared, not rebuilt.</summary>
internal abstract class PayloadTemplate
{
    public abstract JsonValue Evaluate(Scope scope);

    public virtual JsonValue? Constant => null;
}

internal sealed class ConstantTemplate(JsonValue value) : PayloadTemplate
{
    public override JsonValue Constant => value;

    public override JsonValue Evaluate(Scope scope) => value;
}

internal sealed class ComputedTemplate(string field, Expression expression) : PayloadTemplate
{
    public Expression Expression { get; } = expression;

    public override JsonValue Evaluate(Scope scope)
    {
        try
        {
            return Expression.Evaluate(scope);
        }
        catch (PathException)
        {
            if (Expression is PathExpression { Path: { IsDefinite: true } path } && path.EndsPastArray(scope.Root(path)))
            {
                return JsonValue.Null;
            }

            throw new StateException(
                scope.MissingPathError,
                $"The JSONPath '{Expression.Text}' specified for the field '{field}' could not be found in the input '{scope.InputText}'");
        }
    }
}

internal sealed class ObjectTemplate(KeyValuePair<string, PayloadTemplate>[] fields) : PayloadTemplate
{
    public override JsonValue Evaluate(Scope scope)
    {
        var values = new KeyValuePair<string, JsonValue>[fields.Length];
        for (var i = 0; i < fields.Length; i++)
        {
            values[i] = new(fields[i].Key, fields[i].Value.Evaluate(scope));
        }

        return new JsonObject(values);
    }
}

internal sealed class ArrayTemplate(PayloadTemplate[] items) : PayloadTemplate
{
    public override JsonValue Evaluate(Scope scope)
    {
        var values = new JsonValue[items.Length];
        for (var i = 0; i < items.Length; i++)
        {
            values[i] = items[i].Evaluate(scope);
        }

        return new JsonArray(values);
    }
}
