using NovaJudge.StatesLanguage.Intrinsics;
using NovaJudge.StatesLanguage.Json;
using NovaJudge.StatesLanguage.Paths;

namespace NovaJudge.StatesLanguage.Templates;

/// <summary>What may stand where a value is computed: a literal, a path, an intrinsic function.</summary>
internal abstract class Expression(string text)
{
    public string Text { get; } = text;

    public abstract JsonValue Evaluate(Scope scope);

    /// <summary>Parses a path or a call.</summary>
    /// <exception cref="PathSyntaxException">The text is neither, or a faulty path.</exception>
    /// <exception cref="IntrinsicSyntaxException">The text is a faulty call.</exception>
    public static Expression Parse(string text) =>
        IntrinsicParser.LooksLikeCall(text) ? new IntrinsicParser(text).Parse() : new PathExpression(JsonPath.Parse(text));
}

internal sealed class LiteralExpression(string text, JsonValue value) : Expression(text)
{
    public JsonValue Value { get; } = value;

    public override JsonValue Evaluate(Scope scope) => Value;
}

internal sealed class PathExpression(JsonPath path) : Expression(path.Text)
{
    public JsonPath Path { get; } = path;

    public override JsonValue Evaluate(Scope scope) => scope.Select(Path);
}
