using System.Text;
using NovaJudge.Local.Storage;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Local.Tests.Storage;

public sealed class FileJournalTests : IDisposable
{
    private static readonly ObjectKey Key = ObjectKey.Parse("runs/x/responses/a/00000.part.jsonl");
    private static readonly ObjectKey Other = ObjectKey.Parse("runs/x/responses/b/00000.part.jsonl");
    private readonly string _folder = Directory.CreateTempSubdirectory("nova-journal-").FullName;
    private readonly FileObjectStore _store;

    public FileJournalTests() => _store = new FileObjectStore(_folder);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task What_was_appended_is_there_for_the_next_process_although_this_one_never_closed_it()
    {
        var journal = new FileJournal(_store);
        await journal.AppendAsync(Key, "{\"id\":\"1\"}"u8.ToArray(), Token);
        await journal.AppendAsync(Other, "{\"id\":\"7\"}"u8.ToArray(), Token);

        using var next = new FileJournal(_store);

        (await ReadAsync(next, Key)).ShouldBe(["{\"id\":\"1\"}"]);
        (await ReadAsync(next, Other)).ShouldBe(["{\"id\":\"7\"}"]);
        journal.Dispose();
    }

    [Fact]
    public async Task A_line_cut_short_is_no_line_and_the_next_one_starts_clean()
    {
        using (var journal = new FileJournal(_store))
        {
            await journal.AppendAsync(Key, "{\"id\":\"1\"}"u8.ToArray(), Token);
            await journal.AppendAsync(Key, "{\"id\":\"2\"}"u8.ToArray(), Token);
        }

        var path = Logs().ShouldHaveSingleItem();
        await File.WriteAllBytesAsync(path, (await File.ReadAllBytesAsync(path, Token))[..^5], Token);
        using var next = new FileJournal(_store);
        await next.AppendAsync(Key, "{\"id\":\"3\"}"u8.ToArray(), Token);

        (await ReadAsync(next, Key)).ShouldBe(["{\"id\":\"1\"}", "{\"id\":\"3\"}"]);
    }

    [Fact]
    public async Task A_deleted_journal_stays_deleted_while_others_go_on()
    {
        using (var journal = new FileJournal(_store))
        {
            await journal.AppendAsync(Key, "{}"u8.ToArray(), Token);
            await journal.AppendAsync(Other, "{}"u8.ToArray(), Token);
            await journal.DeleteAsync(Key, Token);
        }

        using var next = new FileJournal(_store);

        (await ReadAsync(next, Key)).ShouldBeEmpty();
        (await ReadAsync(next, Other)).ShouldBe(["{}"]);
    }

    [Fact]
    public async Task Old_parts_of_the_log_go_away_and_bring_nothing_back()
    {
        var long_ = Encoding.UTF8.GetBytes($"\"{new string('x', 1_000_000)}\"");
        using var journal = new FileJournal(_store);
        await journal.AppendAsync(Other, "{}"u8.ToArray(), Token);
        for (var batch = 0; batch < 30; batch++)
        {
            var key = ObjectKey.Parse($"runs/x/responses/a/{batch:D5}.part.jsonl");
            await journal.AppendAsync(key, long_, Token);
            await journal.DeleteAsync(key, Token);
        }

        Logs().Length.ShouldBeGreaterThan(5);
        await journal.AppendAsync(Key, "1"u8.ToArray(), Token);
        await journal.DeleteAsync(Other, Token);

        Logs().Length.ShouldBe(1);
        using var next = new FileJournal(_store);
        (await ReadAsync(next, Key)).ShouldBe(["1"]);
        (await ReadAsync(next, ObjectKey.Parse("runs/x/responses/a/00003.part.jsonl"))).ShouldBeEmpty();
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
        Directory.Exists(Path.Combine(_folder, "runs/x/journal")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_log_of_any_size_is_read_through_a_small_window_and_only_the_lines_asked_for_are_held()
    {
        const int Size = 24_000_000;
        Directory.CreateDirectory(Path.Combine(_folder, "runs/x/journal"));
        await using (var log = File.CreateText(Path.Combine(_folder, "runs/x/journal/000001.log")))
        {
            await log.WriteAsync("responses/a/00000.part.jsonl\t\"early\"\n");
            for (var i = 0; i < Size / 4000; i++)
            {
                await log.WriteAsync($"responses/a/00001.part.jsonl\t\"{new string('x', 4000)}\"\n");
            }

            await log.WriteAsync("responses/a/00001.part.jsonl\nresponses/a/00000.part.jsonl\t\"late\"\n");
        }

        using var journal = new FileJournal(_store);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var lines = await journal.ReadAsync(Key, Token);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        lines.Select(line => Encoding.UTF8.GetString(line.Span)).ShouldBe(["\"early\"", "\"late\""]);
        allocated.ShouldBeLessThan(Size / 20);
    }

    [Fact]
    public async Task A_journal_that_was_done_with_and_begun_again_holds_its_new_lines_only()
    {
        using (var journal = new FileJournal(_store))
        {
            await journal.AppendAsync(Other, "0"u8.ToArray(), Token);
            await journal.AppendAsync(Key, "1"u8.ToArray(), Token);
            await journal.DeleteAsync(Key, Token);
            await journal.AppendAsync(Other, "2"u8.ToArray(), Token);
            await journal.AppendAsync(Key, "3"u8.ToArray(), Token);
        }

        using var next = new FileJournal(_store);

        (await ReadAsync(next, Key)).ShouldBe(["3"]);
        (await ReadAsync(next, Other)).ShouldBe(["0", "2"]);
    }

    private string[] Logs() => Directory.GetFiles(Path.Combine(_folder, "runs/x/journal"));

    private static async Task<IEnumerable<string>> ReadAsync(FileJournal journal, ObjectKey key) =>
        (await journal.ReadAsync(key, Token)).Select(line => Encoding.UTF8.GetString(line.Span));
}
