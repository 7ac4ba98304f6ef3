using NovaJudge.StatesLanguage.Intrinsics;
using NovaJudge.StatesLanguage.Json;
using NovaJudge.StatesLanguage.Paths;
using NovaJudge.StatesLanguage.Templates;

namespace NovaJudge.StatesLanguage.Definition;

/// <summary>The fields that hold paths, calls and templates.</summary>
internal sealed partial class Fields
{
    private const string NotReference = "Value is not a Reference Path";
    private const string NotRooted = NotReference + ": Reference path didn't start with '$'";

    /// <summary>A path, or where it is allowed a call.</summary>
    public Expression? Path(string name, bool calls = false)
    {
        var text = Text(name);
        return text is null ? null : ParseExpression(name, text, calls);
    }

    /// <summary>A path into the input or a variable that names one place.</summary>
    public Expression? Reference(string name)
    {
        var expression = Variable(name);
        if (expression is PathExpression { Path: var path } && (!path.IsReference || path.Root == PathRoot.Context))
        {
            ProblemAt(name, NotReference);
            return null;
        }

        return expression;
    }

    /// <summary>A path that AWS calls a reference path when it does not start as one, and else checks as any path.</summary>
    public Expression? Variable(string name)
    {
        if (Json[name] is JsonString { Text: var text } && !text.StartsWith('$'))
        {
            Any(name);
            ProblemAt(name, NotRooted);
            return null;
        }

        return Path(name);
    }

    /// <summary>InputPath and OutputPath: null has a meaning of its own.</summary>
    public PathField PathOrNull(string name)
    {
        if (Any(name) is { Kind: JsonKind.Null })
        {
            return PathField.Nothing;
        }

        return Path(name) is { } path ? new PathField(path, false) : PathField.Whole;
    }

    public ResultPathField ResultPath(string name)
    {
        if (Any(name) is { Kind: JsonKind.Null })
        {
            return ResultPathField.None;
        }

        var text = Text(name);
        if (text is null)
        {
            return ResultPathField.Whole;
        }

        try
        {
            var path = JsonPath.Parse(text);
            if (path.Root == PathRoot.Input && path.IsReference)
            {
                return path.IsRoot ? ResultPathField.Whole : new ResultPathField(new ReferencePath(path), false);
            }
        }
        catch (PathSyntaxException)
        {
        }

        ProblemAt(name, text.StartsWith('$') ? NotReference : NotRooted);
        return ResultPathField.Whole;
    }

    public PayloadTemplate? Template(string name)
    {
        var value = Any(name);
        return value is null ? null : TemplateCompiler.Compile(value, Location.Field(name), problems);
    }

    public NumberField? NumberOrPath(string name, long least, long most = 99_999_999)
    {
        var path = name + "Path";
        OnlyOne(name, path);
        _read.Add(path);

        if (Integer(name, least, most) is { } value)
        {
            return new NumberField(name, value, null);
        }

        return Reference(path) is { } expression ? new NumberField(name, null, expression) : null;
    }

    public ToleranceField? Tolerance(string name, double most)
    {
        var path = name + "Path";
        OnlyOne(name, path);
        _read.Add(path);

        if (Number(name, 0, most) is { } value)
        {
            return new ToleranceField(name, value, null);
        }

        return Reference(path) is { } expression ? new ToleranceField(name, null, expression) : null;
    }

    private Expression? ParseExpression(string name, string text, bool calls)
    {
        try
        {
            if (calls || !IntrinsicParser.LooksLikeCall(text))
            {
                return Expression.Parse(text);
            }
        }
        catch (Exception wrong) when (wrong is PathSyntaxException or IntrinsicSyntaxException)
        {
        }

        ProblemAt(name, calls ? "Value must be a valid JSONPath or a valid intrinsic function call." : "Value must be a valid JSONPath.");
        return null;
    }
}
