using System.Buffers;
using System.Text;
using NovaJudge.Local.Storage;
using NovaJudge.Reports.History;

namespace NovaJudge.Local.Serving;

/// <summary>
/// What of a store may be seen: the page over all runs, and the files of runs, histories and baselines. Task tokens
/// (<c>callbacks/</c>), cached answers, locks, half-written files and whatever a link leads to are not among them.
/// </summary>
internal sealed class ServedContent(FileObjectStore store)
{
    private static readonly string[] Folders = ["runs", "history", "baselines"];

    private static readonly SearchValues<char> Special = SearchValues.Create("\\:%*?\"<>|");

    /// <summary>What is at this path of a URL, percent signs decoded; nothing when it does not exist or is nobody's business.</summary>
    public async Task<Served?> FindAsync(string path, CancellationToken cancellationToken)
    {
        if (path is "/" or $"/{HistoryPage.FileName}")
        {
            // Made anew, so that a page that is open while runs end needs no more than a reload.
            var page = Encoding.UTF8.GetBytes(await HistoryIndex.RenderAsync(store, cancellationToken));
            return new Served(new MemoryStream(page, writable: false), MediaTypes.Html, PagePolicy.Of(page.AsSpan(0, Math.Min(page.Length, PagePolicy.Beginning))));
        }

        return Locate(path) is { } file && Open(file) is { } content
            ? await DescribeAsync(content, MediaTypes.Of(file), cancellationToken)
            : null;
    }

    private static async Task<Served> DescribeAsync(Stream content, string mediaType, CancellationToken cancellationToken)
    {
        if (mediaType != MediaTypes.Html)
        {
            return new Served(content, mediaType, PagePolicy.Nothing);
        }

        var beginning = new byte[PagePolicy.Beginning];
        var length = await content.ReadAtLeastAsync(beginning, beginning.Length, throwOnEndOfStream: false, cancellationToken);
        content.Position = 0;
        return new Served(content, mediaType, PagePolicy.Of(beginning.AsSpan(0, length)));
    }

    /// <summary>The file of a path; every part of it is looked at, so that nothing leads out of the store.</summary>
    private string? Locate(string path)
    {
        var parts = path.Split('/')[1..];
        if (parts.Length < 2 || !Folders.Contains(parts[0], StringComparer.Ordinal) || !parts.All(IsPlain))
        {
            return null;
        }

        var file = store.Root;
        foreach (var part in parts)
        {
            file = Path.Combine(file, part);
            if (new FileInfo(file).LinkTarget is not null)
            {
                return null;
            }
        }

        return file;
    }

    /// <summary>No hidden file, no drive, stream or separator of any system, no percent sign that was not decoded.</summary>
    private static bool IsPlain(string part) =>
        part.Length > 0 && part[0] != '.' && part[^1] is not ('.' or ' ') && !part.AsSpan().ContainsAny(Special) && !part.Any(char.IsControl);

    /// <summary>
    /// Opens without a lock: a run that writes at this moment must not notice. What is empty is not opened at all, as pipes and
    /// devices are (they have no length either), and opening those can wait for ever.
    /// </summary>
    private static Stream? Open(string path)
    {
        try
        {
            var file = new FileInfo(path);
            return !file.Exists ? null : file.Length == 0 ? Stream.Null : new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1, useAsync: true);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }
}

/// <param name="Content">The bytes, from the beginning.</param>
/// <param name="MediaType">Its Content-Type.</param>
/// <param name="Policy">Its Content-Security-Policy.</param>
internal sealed record Served(Stream Content, string MediaType, string Policy) : IAsyncDisposable
{
    public ValueTask DisposeAsync() => Content.DisposeAsync();
}
