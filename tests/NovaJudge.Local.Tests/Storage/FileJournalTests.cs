using System.Text;
using NovaJudge.Local.Storage;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Local.Tests.Storage;

public sealed class FileJournalTests : IDisposable
{
    private static readonly ObjectKey Key = ObjectKey.Parse("runs/x/responses/a/00000.part.jsonl");
    private readonly string _folder = Directory.CreateTempSubdirectory("nova-journal-").FullName;
    private readonly FileObjectStore _store;

    public FileJournalTests() => _store = new FileObjectStore(_folder);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task What_was_appended_is_on_disk_at_once()
    {
        using var journal = new FileJournal(_store);

        await journal.AppendAsync(Key, "{\"id\":\"1\"}"u8.ToArray(), Token);

        (await ReadAsync()).ShouldBe("{\"id\":\"1\"}\n");
    }

    [Fact]
    public async Task A_line_cut_short_is_no_line_and_the_next_one_starts_clean()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_store.PathOf(Key))!);
        await File.WriteAllTextAsync(_store.PathOf(Key), "{\"id\":\"1\"}\n{\"id\":\"2\",\"te", Token);
        using var journal = new FileJournal(_store);

        var lines = await journal.ReadAsync(Key, Token);
        await journal.AppendAsync(Key, "{\"id\":\"3\"}"u8.ToArray(), Token);

        lines.Select(line => Encoding.UTF8.GetString(line.Span)).ShouldBe(["{\"id\":\"1\"}"]);
        (await ReadAsync()).ShouldBe("{\"id\":\"1\"}\n{\"id\":\"3\"}\n");
    }

    [Fact]
    public async Task Lines_appended_at_once_never_run_into_each_other()
    {
        using var journal = new FileJournal(_store);

        await Parallel.ForAsync(0, 500, Token, async (i, token) => await journal.AppendAsync(Key, Encoding.UTF8.GetBytes($"{{\"id\":\"{i}\"}}"), token));

        var lines = await journal.ReadAsync(Key, Token);
        lines.Select(line => Encoding.UTF8.GetString(line.Span)).Order().ShouldBe(Enumerable.Range(0, 500).Select(i => $"{{\"id\":\"{i}\"}}").Order());
    }

    [Fact]
    public async Task A_journal_that_was_deleted_is_empty()
    {
        using var journal = new FileJournal(_store);
        await journal.AppendAsync(Key, "{}"u8.ToArray(), Token);

        await journal.DeleteAsync(Key, Token);

        (await journal.ReadAsync(Key, Token)).ShouldBeEmpty();
        File.Exists(_store.PathOf(Key)).ShouldBeFalse();
    }

    private async Task<string> ReadAsync()
    {
        await using var file = new FileStream(_store.PathOf(Key), FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(file);
        return await reader.ReadToEndAsync(Token);
    }
}
