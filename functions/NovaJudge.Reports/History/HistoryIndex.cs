using NovaJudge.Pipeline;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Reports.History;

/// <summary>The <see cref="HistoryPage"/> of a whole store.</summary>
public static class HistoryIndex
{
    private static readonly ObjectKey Key = ObjectKey.Parse(HistoryPage.FileName);

    /// <summary>The page as the history says at this moment; an entry that cannot be read is named on it.</summary>
    public static async Task<string> RenderAsync(IObjectStore store, CancellationToken cancellationToken) =>
        await RenderAsync(store, await RunHistory.ListAsync(store, cancellationToken), cancellationToken);

    /// <summary>
    /// Writes the page to the root of the store. Of several runs that end at one time, the last to write has seen all of them:
    /// each looks again after writing, and writes again if there is more.
    /// </summary>
    public static async Task WriteAsync(IObjectStore store, CancellationToken cancellationToken)
    {
        var keys = await RunHistory.ListAsync(store, cancellationToken);
        while (true)
        {
            await store.WriteTextAsync(Key, await RenderAsync(store, keys, cancellationToken), cancellationToken);
            var now = await RunHistory.ListAsync(store, cancellationToken);
            if (now.SequenceEqual(keys))
            {
                return;
            }

            keys = now;
        }
    }

    private static async Task<string> RenderAsync(IObjectStore store, IReadOnlyList<ObjectKey> keys, CancellationToken cancellationToken)
    {
        var (runs, unreadable) = await RunHistory.ReadAsync(store, keys, cancellationToken);
        return HistoryPage.Render(runs, unreadable);
    }
}
