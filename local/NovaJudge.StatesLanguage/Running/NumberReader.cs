using NovaJudge.StatesLanguage.Definition;
using NovaJudge.StatesLanguage.Json;

namespace NovaJudge.StatesLanguage.Running;

/// <summary>Numbers of a state that may come from a path, with the errors AWS reports at run time.</summary>
internal static class NumberReader
{
    public static long? Integer(StateVisit visit, NumberField? field, JsonValue input, bool mayBeNegative = false)
    {
        if (field?.Path is not { } path)
        {
            return field?.Value;
        }

        var value = visit.Value(path, input);
        return value is JsonNumber { IsInteger: true } number && number.TryGetInt64(out var integer)
            ? integer >= 0 || mayBeNegative ? integer : throw new StateException(ErrorNames.Runtime, $"{field.Name} cannot be negative.")
            : throw new StateException(ErrorNames.Runtime, $"The {field.Name}Path field refers to value \"{Show(value)}\" which is not a valid integer: {path.Text}");
    }

    public static double? Tolerance(StateVisit visit, ToleranceField? field, JsonValue input, bool isInteger)
    {
        if (field?.Path is not { } path)
        {
            return field?.Value;
        }

        var value = visit.Value(path, input);
        if (value is not JsonNumber number || (isInteger && !number.IsInteger))
        {
            throw new StateException(
                ErrorNames.Runtime,
                $"The {field.Name}Path field refers to value \"{Show(value)}\" which is not a valid {(isInteger ? "integer" : "float")}: {path.Text}");
        }

        var result = number.ToDouble();
        return isInteger && result < 0 ? throw new StateException(ErrorNames.Runtime, $"{field.Name} cannot be negative.")
            : !isInteger && result is < 0 or > 100 ? throw new StateException(ErrorNames.Runtime, $"{field.Name} must be between 0 and 100.")
            : result;
    }

    public static string Show(JsonValue value) => value is JsonString text ? text.Text : value.ToString();
}
