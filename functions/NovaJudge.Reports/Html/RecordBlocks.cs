using NovaJudge.Reports.Records;

namespace NovaJudge.Reports.Html;

/// <summary>
/// Writes records into a page as data blocks: JSON, deflated, in base64, in blocks that the page opens one by one.
/// A browser runs no such block, and no text can end it early.
/// </summary>
/// <remarks>Records are in <c>block-0</c>, <c>block-1</c> …; <c>index</c>, the last block, holds what lists and filters need.</remarks>
internal sealed class RecordBlocks(Stream output) : IDisposable
{
    /// <summary>Beyond so many bytes no further record goes into the page: browsers take longer than people wait. All records are in verdicts.csv.</summary>
    public const long LargestPage = 96L * 1024 * 1024;

    private const int MostRecords = 250;
    private const int MostBytes = 2 * 1024 * 1024;
    private readonly List<int> _sizes = [];
    private readonly Dictionary<string, int> _categories = new(StringComparer.Ordinal);
    private DeflatedJson? _index;
    private DeflatedJson? _block;
    private int _inBlock;
    private long _written;
    private int _total;

    public async ValueTask AddAsync(RunRecord record, CancellationToken cancellationToken)
    {
        _total++;
        if (_written > LargestPage)
        {
            return;
        }

        var index = Index();
        RecordJson.WriteEntry(index.Json, record, record.Prompt.Category is { Length: > 0 } category ? NumberOf(category) : -1);
        index.Drain();
        if (_block is null)
        {
            _block = new DeflatedJson();
            _block.Json.WriteStartArray();
        }

        RecordJson.WriteRecord(_block.Json, record);
        _block.Drain();
        if (++_inBlock == MostRecords || _block.Length > MostBytes)
        {
            await EndBlockAsync(cancellationToken);
        }
    }

    /// <summary>Writes what is left, and the index.</summary>
    public async ValueTask FinishAsync(CancellationToken cancellationToken)
    {
        await EndBlockAsync(cancellationToken);
        var index = Index();
        index.Json.WriteEndArray();
        index.Json.WriteNumber("total", _total);
        index.Json.WriteStartArray("blocks");
        _sizes.ForEach(index.Json.WriteNumberValue);
        index.Json.WriteEndArray();
        index.Json.WriteStartArray("categories");
        foreach (var category in _categories.OrderBy(category => category.Value))
        {
            index.Json.WriteStringValue(category.Key);
        }

        index.Json.WriteEndArray();
        index.Json.WriteEndObject();
        await WriteAsync("index", index, cancellationToken);
    }

    public void Dispose()
    {
        _index?.Dispose();
        _block?.Dispose();
    }

    private DeflatedJson Index()
    {
        if (_index is null)
        {
            _index = new DeflatedJson();
            _index.Json.WriteStartObject();
            _index.Json.WriteStartArray("records");
        }

        return _index;
    }

    private int NumberOf(string category)
    {
        if (!_categories.TryGetValue(category, out var number))
        {
            _categories[category] = number = _categories.Count;
        }

        return number;
    }

    private async ValueTask EndBlockAsync(CancellationToken cancellationToken)
    {
        if (_block is null)
        {
            return;
        }

        _block.Json.WriteEndArray();
        await WriteAsync($"block-{_sizes.Count}", _block, cancellationToken);
        _sizes.Add(_inBlock);
        _block.Dispose();
        (_block, _inBlock) = (null, 0);
    }

    private async ValueTask WriteAsync(string id, DeflatedJson json, CancellationToken cancellationToken)
    {
        await output.WriteAsync(System.Text.Encoding.ASCII.GetBytes($"<script type=\"application/octet-stream\" id=\"{id}\">"), cancellationToken);
        _written += await json.WriteBase64Async(output, cancellationToken);
        await output.WriteAsync(System.Text.Encoding.ASCII.GetBytes("</script>\n"), cancellationToken);
    }
}
