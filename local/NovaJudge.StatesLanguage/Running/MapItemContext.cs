using NovaJudge.StatesLanguage.Json;

namespace NovaJudge.StatesLanguage.Running;

/// <summary>`$$.Map`: made only when something asks for it.</summary>
internal sealed class MapItemContext(int index, JsonValue item, string source = MapItemContext.StateData, string? key = null)
{
    /// <summary>The source of items that come from the state's input.</summary>
    public const string StateData = "STATE_DATA";

    public JsonObject Value => field ??= Build();

    private JsonObject Build()
    {
        var value = new JsonObjectBuilder(4).Set("Index", index).Set("Value", item);
        if (key is not null)
        {
            value.Set("Key", key);
        }

        return new JsonObjectBuilder(1).Set("Item", value.Set("Source", source).Build()).Build();
    }
}
