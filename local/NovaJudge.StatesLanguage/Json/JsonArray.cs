namespace NovaJudge.StatesLanguage.Json;

internal sealed class JsonArray(JsonValue[] items) : JsonValue(JsonKind.Array, SizeOf(items))
{
    public static readonly JsonArray Empty = new([]);

    private readonly JsonValue[] _items = items;

    public int Count => _items.Length;

    public ReadOnlySpan<JsonValue> Items => _items;

    public JsonValue this[int index] => _items[index];

    private static long SizeOf(JsonValue[] items)
    {
        long size = 2 + Math.Max(0, items.Length - 1);
        foreach (var item in items)
        {
            size += item.Size;
        }

        return size;
    }
}
