using System.Text.Json;
using NovaJudge.StatesLanguage.Definition;
using NovaJudge.StatesLanguage.Json;
using NovaJudge.StatesLanguage.Running;
using JsonReader = NovaJudge.StatesLanguage.Json.JsonReader;

namespace NovaJudge.StatesLanguage.Maps;

/// <summary>Where a distributed Map's items come from: the state's input, an object, or a listing of objects.</summary>
internal static class ItemSource
{
    public static async ValueTask<IReadOnlyList<SourcedItem>> ReadAsync(StateVisit visit, MapState state, JsonValue input)
    {
        if (state.ItemReader is not { } reader)
        {
            return FromInput(visit, state, input);
        }

        var storage = visit.Execution.Options.Storage
            ?? throw new StateException(ErrorNames.ItemReaderFailed, $"The state '{state.Name}' reads items with {reader.Resource}, but no storage is plugged in");
        var parameters = visit.Fill(reader.Parameters, input);
        var most = NumberReader.Integer(visit, reader.MaxItems, input) is { } items and > 0 ? items : long.MaxValue;
        var cancellationToken = visit.Branch.CancellationToken;
        var clock = visit.Execution.Loop.Clock;
        using var hold = clock?.Hold();
        try
        {
            return reader.Resource == MapResources.ListObjects
                ? await ListAsync(storage, parameters, most, cancellationToken)
                : await ReadObjectAsync(storage, reader, parameters, most, cancellationToken);
        }
        catch (Exception failure) when (failure is not (StateException or OperationCanceledException))
        {
            throw new StateException(ErrorNames.ItemReaderFailed, failure.Message);
        }
    }

    private static List<SourcedItem> FromInput(StateVisit visit, MapState state, JsonValue input)
    {
        var value = state.ItemsPath is null ? input : visit.Value(state.ItemsPath, input);
        if (value is JsonObject map)
        {
            // A distributed Map also takes an object: its properties are the items.
            return [.. map.Properties.ToArray().Select(static p => new SourcedItem(
                new JsonObjectBuilder(2).Set("Key", p.Key).Set("Value", p.Value).Build(), MapItemContext.StateData, p.Key))];
        }

        return [.. MapRunner.Items(visit, state, input).Items.ToArray().Select(static item => new SourcedItem(item, MapItemContext.StateData))];
    }

    private static async Task<List<SourcedItem>> ListAsync(IMapStorage storage, JsonValue parameters, long most, CancellationToken cancellationToken)
    {
        var bucket = Text(parameters, "Bucket");
        var prefix = ((parameters as JsonObject)?["Prefix"] as JsonString)?.Text ?? "";
        var items = new List<SourcedItem>();
        await foreach (var stored in storage.ListAsync(bucket, prefix, cancellationToken))
        {
            if (items.Count >= most)
            {
                break;
            }

            items.Add(new SourcedItem(
                new JsonObjectBuilder(5)
                    .Set("Etag", stored.ETag)
                    .Set("Key", stored.Key)
                    .Set("LastModified", stored.LastModified.ToUnixTimeSeconds())
                    .Set("Size", stored.Size)
                    .Set("StorageClass", stored.StorageClass)
                    .Build(),
                $"s3://{bucket}"));
        }

        return items;
    }

    private static async Task<List<SourcedItem>> ReadObjectAsync(IMapStorage storage, ItemReader reader, JsonValue parameters, long most, CancellationToken cancellationToken)
    {
        var (bucket, key) = (Text(parameters, "Bucket"), Text(parameters, "Key"));
        var source = $"s3://{bucket}/{key}";
        await using var content = await storage.OpenReadAsync(bucket, key, cancellationToken)
            ?? throw new StateException(ErrorNames.ItemReaderFailed, $"The specified key does not exist: {source}");
        var items = new List<SourcedItem>();
        await foreach (var (value, itemKey) in Values(reader, content, cancellationToken))
        {
            if (items.Count >= most)
            {
                break;
            }

            items.Add(new SourcedItem(value, source, itemKey));
        }

        return items;
    }

    private static IAsyncEnumerable<(JsonValue Value, string? Key)> Values(ItemReader reader, Stream content, CancellationToken cancellationToken) => reader.InputType switch
    {
        "JSONL" => JsonLines(content, cancellationToken),
        "CSV" => CsvItems.ReadAsync(reader, content, cancellationToken),
        _ => JsonItemsAsync(content, reader.ItemsPointer, cancellationToken),
    };

    private static async IAsyncEnumerable<(JsonValue Value, string? Key)> JsonItemsAsync(
        Stream content, string? pointer, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var buffer = new MemoryStream();
        await content.CopyToAsync(buffer, cancellationToken);
        var json = WithoutMark(buffer.GetBuffer().AsMemory(0, (int)buffer.Length));
        JsonValue value;
        try
        {
            value = Follow(JsonReader.Parse(json.Span), pointer);
        }
        catch (JsonException wrong)
        {
            throw new StateException(ErrorNames.ItemReaderFailed, $"The object is not JSON: {wrong.Message}");
        }

        switch (value)
        {
            case JsonArray array:
                for (var i = 0; i < array.Count; i++)
                {
                    yield return (array[i], null);
                }

                break;
            case JsonObject map:
                for (var i = 0; i < map.Count; i++)
                {
                    var (name, item) = map.Properties[i];
                    yield return (new JsonObjectBuilder(2).Set("Key", name).Set("Value", item).Build(), name);
                }

                break;
            default:
                throw new StateException(ErrorNames.ItemReaderFailed, "Attempting to map over non-iterable node.");
        }
    }

    private static JsonValue Follow(JsonValue value, string? pointer)
    {
        foreach (var step in (pointer ?? "").Split('/').Skip(1))
        {
            var name = step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            value = value switch
            {
                JsonObject map when map.TryGet(name, out var child) => child,
                JsonArray array when int.TryParse(name, out var index) && index >= 0 && index < array.Count => array[index],
                _ => throw new StateException(ErrorNames.ItemReaderFailed, $"The ItemsPointer '{pointer}' leads nowhere"),
            };
        }

        return value;
    }

    private static async IAsyncEnumerable<(JsonValue Value, string? Key)> JsonLines(
        Stream content, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var number = 0;
        await foreach (var line in Lines.ReadAsync(content, cancellationToken))
        {
            number++;
            var text = number == 1 ? WithoutMark(line) : line;
            if (text.Span.IndexOfAnyExcept(" \t\r"u8) < 0)
            {
                continue;
            }

            if (!JsonReader.TryParse(text.Span, out var value))
            {
                throw new StateException(ErrorNames.ItemReaderFailed, $"Line {number} is not JSON");
            }

            yield return (value, null);
        }
    }

    private static ReadOnlyMemory<byte> WithoutMark(ReadOnlyMemory<byte> text) => text.Span.StartsWith("\uFEFF"u8) ? text[3..] : text;

    private static string Text(JsonValue parameters, string name) =>
        ((parameters as JsonObject)?[name] as JsonString)?.Text
        ?? throw new StateException(ErrorNames.ItemReaderFailed, $"The ItemReader's parameter '{name}' is missing or not a string");
}
