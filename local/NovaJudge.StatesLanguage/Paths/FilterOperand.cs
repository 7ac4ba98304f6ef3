using NovaJudge.StatesLanguage.Json;

namespace NovaJudge.StatesLanguage.Paths;

/// <summary>One side of a comparison: a literal, a path from the candidate (`@`) or a path from the root (`$`).</summary>
internal sealed class FilterOperand
{
    private readonly JsonValue? _literal;
    private readonly JsonPath? _path;
    private readonly bool _fromRoot;

    private FilterOperand(JsonValue? literal, JsonPath? path, bool fromRoot) => (_literal, _path, _fromRoot) = (literal, path, fromRoot);

    public bool IsPath => _path is not null;

    public static FilterOperand Literal(JsonValue? value) => new(value, null, false);

    public static FilterOperand Path(JsonPath path, bool fromRoot) => new(null, path, fromRoot);

    /// <summary>The value, or null where the path leads nowhere.</summary>
    public JsonValue? Value(JsonValue item, FilterScope scope) => _path is null ? _literal : _path.Find(_fromRoot ? scope.Root : item, scope.Budget);

    public bool Exists(JsonValue item, FilterScope scope) =>
        _path is null ? _literal is not null : Value(item, scope) is { } found && (_path.IsDefinite || found is not JsonArray { Count: 0 });
}
