namespace NovaJudge.StatesLanguage.Definition;

/// <summary>A place in the definition, grown field by field; the text is made only when a problem names it.</summary>
internal sealed class Location(Location? parent, string step)
{
    public static readonly Location Root = new(null, "");

    public Location Field(string name) => new(this, "/" + name);

    public Location Item(int index) => new(this, $"[{index}]");

    /// <summary>`/States/Name/Field`; the definition itself is `/`.</summary>
    public override string ToString()
    {
        if (Parent is null)
        {
            return "/";
        }

        var steps = new Stack<string>();
        for (var at = this; at is not null; at = at.Parent)
        {
            steps.Push(at.Step);
        }

        return string.Concat(steps);
    }

    private Location? Parent { get; } = parent;

    private string Step { get; } = step;
}
