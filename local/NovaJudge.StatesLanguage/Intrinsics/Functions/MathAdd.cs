using NovaJudge.StatesLanguage.Json;

namespace NovaJudge.StatesLanguage.Intrinsics.Functions;

/// <summary>States.MathAdd(a, b): the sum of two numbers, each rounded to an integer first.</summary>
internal static class MathAdd
{
    public static JsonValue Apply(JsonValue[] arguments)
    {
        const string wrongType = "Invalid arguments: both arguments must be numbers";
        var a = Argument.Rounded(arguments, 0, wrongType);
        var b = Argument.Rounded(arguments, 1, wrongType);
        try
        {
            return JsonValue.From(checked(a + b));
        }
        catch (OverflowException)
        {
            throw new IntrinsicException("Invalid arguments: the sum is too large");
        }
    }
}
