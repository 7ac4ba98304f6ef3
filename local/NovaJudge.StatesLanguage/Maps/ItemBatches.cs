using NovaJudge.StatesLanguage.Definition;
using NovaJudge.StatesLanguage.Json;
using NovaJudge.StatesLanguage.Running;

namespace NovaJudge.StatesLanguage.Maps;

/// <summary>An item of a distributed Map, with where it comes from.</summary>
internal readonly record struct SourcedItem(JsonValue Value, string Source, string? Key = null);

/// <summary>From items to the inputs of child executions: ItemSelector, then ItemBatcher.</summary>
internal static class ItemBatches
{
    /// <summary>The inputs; and what each child sees as its item, which a batch does not have.</summary>
    public static (JsonValue[] Inputs, MapItemContext[]? Contexts) Make(StateVisit visit, MapState state, JsonValue input, IReadOnlyList<SourcedItem> items)
    {
        var contexts = new MapItemContext[items.Count];
        var selected = new JsonValue[items.Count];
        for (var i = 0; i < selected.Length; i++)
        {
            var item = items[i];
            contexts[i] = new MapItemContext(i, item.Value, item.Source, item.Key);
            if (state.ItemSelector is null)
            {
                selected[i] = item.Value;
                continue;
            }

            visit.MapItem = contexts[i];
            selected[i] = visit.Fill(state.ItemSelector, input);
        }

        visit.MapItem = visit.Branch.MapItem;
        return state.ItemBatcher is null ? (selected, contexts) : (Batch(visit, state.ItemBatcher, input, selected), null);
    }

    private static JsonValue[] Batch(StateVisit visit, ItemBatcher batcher, JsonValue input, JsonValue[] items)
    {
        var mostItems = NumberReader.Integer(visit, batcher.MaxItemsPerBatch, input) ?? long.MaxValue;
        var mostBytes = NumberReader.Integer(visit, batcher.MaxInputBytesPerBatch, input) ?? visit.Execution.Options.Limits.PayloadBytes;
        if (mostItems == 0 || mostBytes == 0)
        {
            throw new StateException(ErrorNames.Runtime, "MaxItemsPerBatch and MaxInputBytesPerBatch must be positive");
        }

        var shared = batcher.BatchInput is null ? null : visit.Fill(batcher.BatchInput, input);
        var overhead = Wrap([], shared).Size;
        var batches = new List<JsonValue>();
        var batch = new List<JsonValue>();
        var size = overhead;
        foreach (var item in items)
        {
            if (batch.Count > 0 && (batch.Count >= mostItems || size + 1 + item.Size > mostBytes))
            {
                batches.Add(Wrap([.. batch], shared));
                batch.Clear();
                size = overhead;
            }

            if (overhead + item.Size > mostBytes)
            {
                throw new StateException(ErrorNames.ItemReaderFailed, $"An item of {item.Size} bytes does not fit into a batch of {mostBytes} bytes");
            }

            size += item.Size + (batch.Count > 0 ? 1 : 0);
            batch.Add(item);
        }

        if (batch.Count > 0)
        {
            batches.Add(Wrap([.. batch], shared));
        }

        return [.. batches];
    }

    private static JsonObject Wrap(JsonValue[] items, JsonValue? shared)
    {
        var result = new JsonObjectBuilder(2);
        if (shared is not null)
        {
            result.Set("BatchInput", shared);
        }

        return result.Set("Items", new JsonArray(items)).Build();
    }
}
