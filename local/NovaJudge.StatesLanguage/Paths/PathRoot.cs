namespace NovaJudge.StatesLanguage.Paths;

/// <summary>Where a path starts: `$` the input, `$$` the context object, `$name` a variable.</summary>
internal enum PathRoot
{
    Input,
    Context,
    Variable,
}
