using System.Text;
using NovaJudge.Aws.S3;
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
