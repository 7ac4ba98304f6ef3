using NovaJudge.StatesLanguage.Json;

namespace NovaJudge.StatesLanguage.Paths;

/// <summary>A path that names one place: where ResultPath puts a result.</summary>
internal sealed class ReferencePath(JsonPath path)
{
    public JsonPath Path { get; } = path;

    /// <summary>The root with the value put in place; objects on the way are created. Null when the place cannot exist in this root.</summary>
    public JsonValue? Put(JsonValue root, JsonValue value)
    {
        var segments = Path.Segments;
        var containers = new JsonValue?[segments.Length];
        JsonValue? current = root;
        for (var i = 0; i < segments.Length; i++)
        {
            containers[i] = current;
            switch (segments[i])
            {
                case PropertySegment property:
                    if (current is not (null or JsonObject))
                    {
                        return null;
                    }

                    current = (current as JsonObject)?[property.Names[0]];
                    break;
                case IndexSegment index:
                    if (current is not JsonArray array || index.Indices[0] >= array.Count)
                    {
                        return null;
                    }

                    current = array[index.Indices[0]];
                    break;
                default:
                    return null;
            }
        }

        var result = value;
        for (var i = segments.Length - 1; i >= 0; i--)
        {
            result = Replace(containers[i], segments[i], result);
        }

        return result;
    }

    private static JsonValue Replace(JsonValue? container, PathSegment segment, JsonValue value)
    {
        if (segment is PropertySegment property)
        {
            return ((container as JsonObject) ?? JsonObject.Empty).With(property.Names[0], value);
        }

        var items = ((JsonArray)container!).Items.ToArray();
        items[((IndexSegment)segment).Indices[0]] = value;
        return new JsonArray(items);
    }
}
