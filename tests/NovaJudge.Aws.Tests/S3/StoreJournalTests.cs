using System.Text;
using NovaJudge.Aws.S3;
using NovaJudge.Pipeline;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Aws.Tests.S3;

public sealed class StoreJournalTests
{
    private static readonly ObjectKey Key = ObjectKey.Parse("runs/a/responses/a/00000.part.jsonl");
    private readonly MemoryStore _store = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Saved_lines_are_found_by_the_next_attempt_in_another_process()
    {
        var first = new StoreJournal(_store);
        await first.ReadAsync(Key, Token);
        await AppendAsync(first, "one", "two");
        await first.SaveAsync(Key, Token);

        var found = await ReadAsync(new StoreJournal(_store));

        found.ShouldBe(["one", "two"]);
    }

    [Fact]
    public async Task A_second_attempt_keeps_what_the_first_one_saved()
    {
        var journal = new StoreJournal(_store);
        await AppendAsync(journal, "one");
        await journal.SaveAsync(Key, Token);
        await ReadAsync(journal);
        await AppendAsync(journal, "two");
        await journal.SaveAsync(Key, Token);

        (await ReadAsync(journal)).ShouldBe(["one", "two"]);
    }

    [Fact]
    public async Task Nothing_is_written_until_time_runs_out()
    {
        var journal = new StoreJournal(_store);

        await AppendAsync(journal, "one");
        var early = await _store.FindAsync(Key, Token);
        await journal.DeleteAsync(Key, Token);
        await journal.SaveAsync(Key, Token);

        early.ShouldBeNull();
        (await _store.FindAsync(Key, Token)).ShouldBeNull();
    }

    [Fact]
    public async Task A_completed_batch_leaves_no_journal()
    {
        var journal = new StoreJournal(_store);
        await AppendAsync(journal, "one");
        await journal.SaveAsync(Key, Token);

        await journal.DeleteAsync(Key, Token);

        (await _store.FindAsync(Key, Token)).ShouldBeNull();
        (await ReadAsync(journal)).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_was_not_saved_is_not_read_back()
    {
        var journal = new StoreJournal(_store);
        await AppendAsync(journal, "unsaved");

        (await ReadAsync(journal)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_store_that_fails_a_little_while_saving_loses_nothing(int failures)
    {
        var flaky = new RefusingStore(_store, failures);
        var journal = new StoreJournal(flaky);
        await AppendAsync(journal, "one");

        await journal.SaveAsync(Key, Token);

        (await ReadAsync(new StoreJournal(_store))).ShouldBe(["one"]);
    }

    [Fact]
    public async Task What_the_store_never_took_is_found_by_the_next_attempt_here_and_saved_with_what_that_one_adds()
    {
        var journal = new StoreJournal(new RefusingStore(_store, 3));
        await AppendAsync(journal, "paid for");
        await Should.ThrowAsync<IOException>(() => journal.SaveAsync(Key, Token));
        await _store.WriteTextAsync(Key, "from elsewhere\n", Token);

        (await ReadAsync(journal)).ShouldBe(["paid for", "from elsewhere"]);
        (await ReadAsync(journal)).ShouldBe(["paid for", "from elsewhere"]);
        await AppendAsync(journal, "new");
        await journal.SaveAsync(Key, Token);

        (await ReadAsync(new StoreJournal(_store))).ShouldBe(["paid for", "from elsewhere", "new"]);
    }

    [Fact]
    public async Task A_line_that_was_cut_short_is_no_line()
    {
        await _store.WriteTextAsync(Key, "one\ntw", Token);

        (await ReadAsync(new StoreJournal(_store))).ShouldBe(["one"]);
    }

    [Fact]
    public async Task Answers_that_come_at_once_are_all_kept_and_whole()
    {
        var journal = new StoreJournal(_store);

        await Parallel.ForAsync(0, 500, Token, async (i, token) => await journal.AppendAsync(Key, Encoding.UTF8.GetBytes($"line {i}"), token));
        await journal.SaveAsync(Key, Token);

        (await ReadAsync(journal)).Order().ShouldBe(Enumerable.Range(0, 500).Select(i => $"line {i}").Order());
    }

    [Fact]
    public async Task A_buffer_that_is_used_again_changes_no_line()
    {
        var journal = new StoreJournal(_store);
        var buffer = "first"u8.ToArray();

        await journal.AppendAsync(Key, buffer, Token);
        "other"u8.CopyTo(buffer);
        await journal.SaveAsync(Key, Token);

        (await ReadAsync(journal)).ShouldBe(["first"]);
    }

    /// <summary>A store that refuses its first writes.</summary>
    private sealed class RefusingStore(IObjectStore inner, int failures) : IObjectStore
    {
        private int _left = failures;

        public Task<bool> WriteAsync(ObjectKey key, Func<Stream, CancellationToken, Task> write, PutCondition condition, CancellationToken cancellationToken) =>
            _left-- > 0 ? throw new IOException("503 Slow Down") : inner.WriteAsync(key, write, condition, cancellationToken);

        public Task<Stream?> OpenReadAsync(ObjectKey key, CancellationToken cancellationToken) => inner.OpenReadAsync(key, cancellationToken);

        public Task<Stream?> OpenReadAsync(ObjectKey key, long offset, long length, CancellationToken cancellationToken) => inner.OpenReadAsync(key, offset, length, cancellationToken);

        public Task<ObjectInfo?> FindAsync(ObjectKey key, CancellationToken cancellationToken) => inner.FindAsync(key, cancellationToken);

        public IAsyncEnumerable<ObjectInfo> ListAsync(string prefix, CancellationToken cancellationToken) => inner.ListAsync(prefix, cancellationToken);

        public Task DeleteAsync(ObjectKey key, CancellationToken cancellationToken) => inner.DeleteAsync(key, cancellationToken);
    }

    private static async Task AppendAsync(StoreJournal journal, params IReadOnlyList<string> lines)
    {
        foreach (var line in lines)
        {
            await journal.AppendAsync(Key, Encoding.UTF8.GetBytes(line), Token);
        }
    }

    private static async Task<string[]> ReadAsync(StoreJournal journal) =>
        [.. (await journal.ReadAsync(Key, Token)).Select(line => Encoding.UTF8.GetString(line.Span))];
}
