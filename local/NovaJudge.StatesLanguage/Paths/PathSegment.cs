using NovaJudge.StatesLanguage.Json;

namespace NovaJudge.StatesLanguage.Paths;

/// <summary>One step of a path, from the values selected so far to those selected next.</summary>
internal abstract class PathSegment
{
    /// <summary>Whether the segment selects at most one value.</summary>
    public abstract bool IsDefinite { get; }

    /// <summary>The segment in the bracket notation of Jayway's messages.</summary>
    public abstract string Canonical { get; }

    /// <summary>Selects from one value. A step that leads nowhere adds nothing; where the path is definite so far, most such steps throw.</summary>
    public abstract void Select(JsonValue value, PathWalk walk, List<JsonValue> selected);
}

/// <summary>What a segment may need to know about the walk it is part of.</summary>
internal readonly ref struct PathWalk(JsonPath path, int position, bool upstreamDefinite, JsonValue root, PathBudget? budget)
{
    private readonly JsonPath _path = path;
    private readonly int _position = position;

    public bool UpstreamDefinite { get; } = upstreamDefinite;

    public JsonValue Root { get; } = root;

    /// <summary>Null on a definite path, which looks at few values.</summary>
    public PathBudget? Budget { get; } = budget;

    public bool IsLeaf => _position == _path.Segments.Length - 1;

    /// <summary>The canonical text up to, but not including, this segment.</summary>
    public string TextBefore => "$" + _path.Canonical(0, _position);

    public string TextThrough => "$" + _path.Canonical(0, _position + 1);

    /// <summary>The canonical text from this segment on.</summary>
    public string TextFrom => _path.Canonical(_position, _path.Segments.Length);
}
