using NovaJudge.StatesLanguage.Paths;
using NovaJudge.StatesLanguage.Templates;

namespace NovaJudge.StatesLanguage.Definition;

/// <summary>InputPath or OutputPath: a path, the whole document when absent, an empty object when null.</summary>
internal sealed record PathField(Expression? Expression, bool IsNull)
{
    public static readonly PathField Whole = new(null, false);
    public static readonly PathField Nothing = new(null, true);
}

/// <summary>ResultPath: a place in the input, the whole output when absent (`$`), nothing kept when null.</summary>
internal sealed record ResultPathField(ReferencePath? Path, bool Discard)
{
    public static readonly ResultPathField Whole = new(null, false);
    public static readonly ResultPathField None = new(null, true);
}

/// <summary>A number of a state that may also come from a path.</summary>
internal sealed record NumberField(string Name, long? Value, Expression? Path);
