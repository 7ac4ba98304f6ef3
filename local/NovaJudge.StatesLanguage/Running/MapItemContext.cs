using NovaJudge.StatesLanguage.Json;

namespace NovaJudge.StatesLanguage.Running;

/// <summary>`$$.Map`: made only when something asks for it.</summary>
internal sealed class MapItemContext(int index, JsonValue item, string? source = null, string? key = null)
{
    public JsonObject Value => field ??= Build();

    private JsonObject Build()
    {
        var value = new JsonObjectBuilder(4).Set("Index", index).Set("Value", item);
        if (key is not null)
        {
            value.Set("Key", key);
        }

        if (source is not null)
        {
            value.Set("Source", source);
        }

        return new JsonObjectBuilder(1).Set("Item", value.Build()).Build();
    }
}
