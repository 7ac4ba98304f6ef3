using System.Security.Cryptography;
using System.Text;
using NovaJudge.Pipeline;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Tests.Shared;

/// <summary>What every object store owes the steps. A store is tested by a class that inherits from this one.</summary>
public abstract class ObjectStoreContract
{
    private const int Large = (20 * 1024 * 1024) + 12345;
    private readonly string _prefix = $"contract/{Guid.NewGuid():N}/";

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>The store under test; other tests may use it at the same time.</summary>
    protected abstract IObjectStore Store { get; }

    [Fact]
    public async Task What_was_written_is_read_back()
    {
        byte[] content = [0, 1, 2, 255, 13, 10, 26];

        var written = await Store.WriteBytesAsync(Key("a.bin"), content, PutCondition.Always, Token);

        written.ShouldBeTrue();
        (await Store.ReadBytesAsync(Key("a.bin"), Token)).ShouldBe(content);
        (await Store.FindAsync(Key("a.bin"), Token)).ShouldBe(new ObjectInfo(Key("a.bin"), 7));
    }

    [Fact]
    public async Task What_is_not_there_is_null()
    {
        (await Store.OpenReadAsync(Key("none"), Token)).ShouldBeNull();
        (await Store.OpenReadAsync(Key("none"), 0, 10, Token)).ShouldBeNull();
        (await Store.OpenReadAsync(Key("none"), 0, 0, Token)).ShouldBeNull();
        (await Store.FindAsync(Key("none"), Token)).ShouldBeNull();
        await Store.DeleteAsync(Key("none"), Token);
    }

    [Fact]
    public async Task An_empty_object_is_there()
    {
        await Store.WriteBytesAsync(Key("empty"), Array.Empty<byte>(), PutCondition.Always, Token);

        (await Store.FindAsync(Key("empty"), Token)).ShouldBe(new ObjectInfo(Key("empty"), 0));
        (await Store.ReadBytesAsync(Key("empty"), Token)).ShouldBe([]);
        (await ReadAsync(Key("empty"), 0, 10)).ShouldBe("");
    }

    [Fact]
    public async Task A_later_write_replaces_the_whole_object()
    {
        await WriteAsync(Key("a"), "a long first version");

        await WriteAsync(Key("a"), "short");

        (await ReadAsync(Key("a"))).ShouldBe("short");
    }

    [Fact]
    public async Task Only_the_first_writer_of_an_absent_object_writes_it()
    {
        var first = await WriteAsync(Key("claim"), "first", PutCondition.IfAbsent);
        var second = await WriteAsync(Key("claim"), "second", PutCondition.IfAbsent);

        (first, second).ShouldBe((true, false));
        (await ReadAsync(Key("claim"))).ShouldBe("first");
    }

    [Fact]
    public async Task Of_many_writers_at_once_exactly_one_wins()
    {
        var wins = await Task.WhenAll(Enumerable.Range(0, 24).Select(i => WriteAsync(Key("race"), $"writer {i}", PutCondition.IfAbsent)));

        wins.Count(won => won).ShouldBe(1);
        (await ReadAsync(Key("race"))).ShouldBe($"writer {Array.IndexOf(wins, true)}");
    }

    [Fact]
    public async Task A_deleted_object_is_absent_again()
    {
        await WriteAsync(Key("a"), "first", PutCondition.IfAbsent);

        await Store.DeleteAsync(Key("a"), Token);

        (await Store.FindAsync(Key("a"), Token)).ShouldBeNull();
        (await WriteAsync(Key("a"), "second", PutCondition.IfAbsent)).ShouldBeTrue();
        (await ReadAsync(Key("a"))).ShouldBe("second");
    }

    [Fact]
    public async Task A_write_that_fails_changes_nothing()
    {
        await WriteAsync(Key("old"), "old");

        await FailAsync(Key("old"), PutCondition.Always, 1000);
        await FailAsync(Key("new"), PutCondition.IfAbsent, 1000);

        (await ReadAsync(Key("old"))).ShouldBe("old");
        (await Store.FindAsync(Key("new"), Token)).ShouldBeNull();
        (await KeysAsync(_prefix)).ShouldBe([Key("old").Value]);
    }

    [Fact]
    public async Task A_large_write_that_fails_changes_nothing()
    {
        await WriteAsync(Key("old"), "old");

        await FailAsync(Key("old"), PutCondition.Always, Large);
        await FailAsync(Key("new"), PutCondition.IfAbsent, Large);

        (await ReadAsync(Key("old"))).ShouldBe("old");
        (await KeysAsync(_prefix)).ShouldBe([Key("old").Value]);
    }

    [Fact]
    public async Task A_large_object_is_written_and_read_piece_by_piece()
    {
        var content = new byte[Large];
        new Random(7).NextBytes(content);

        var written = await Store.WriteAsync(Key("large"), async (stream, token) =>
        {
            for (var offset = 0; offset < content.Length; offset += 99_991)
            {
                await stream.WriteAsync(content.AsMemory(offset, Math.Min(99_991, content.Length - offset)), token);
            }
        }, PutCondition.Always, Token);

        written.ShouldBeTrue();
        (await Store.FindAsync(Key("large"), Token)).ShouldNotBeNull().Size.ShouldBe(Large);
        await using var stream = (await Store.OpenReadAsync(Key("large"), Token)).ShouldNotBeNull();
        (await SHA256.HashDataAsync(stream, Token)).ShouldBe(SHA256.HashData(content));
        (await ReadBytesAsync(Key("large"), 16_777_210, 20)).ShouldBe(content[16_777_210..16_777_230]);
    }

    [Fact]
    public async Task A_large_object_too_is_written_by_the_first_only()
    {
        var content = new byte[Large];

        var first = await Store.WriteBytesAsync(Key("large"), content, PutCondition.IfAbsent, Token);
        content[0] = 1;
        var second = await Store.WriteBytesAsync(Key("large"), content, PutCondition.IfAbsent, Token);

        (first, second).ShouldBe((true, false));
        (await ReadBytesAsync(Key("large"), 0, 1)).ShouldBe([0]);
    }

    [Fact]
    public async Task A_writer_that_knows_no_asynchrony_writes_too()
    {
        await Store.WriteAsync(Key("sync"), (stream, _) =>
        {
            stream.Write("one "u8);
            stream.Write(Encoding.UTF8.GetBytes("two"), 0, 3);
            stream.Flush();
            return Task.CompletedTask;
        }, PutCondition.Always, Token);

        (await ReadAsync(Key("sync"))).ShouldBe("one two");
    }

    [Theory]
    [InlineData(0, 5, "01234")]
    [InlineData(3, 4, "3456")]
    [InlineData(8, 2, "89")]
    [InlineData(8, 100, "89")]
    [InlineData(8, long.MaxValue, "89")]
    [InlineData(10, 5, "")]
    [InlineData(1000, 5, "")]
    [InlineData(4, 0, "")]
    public async Task A_range_is_read_as_far_as_the_object_goes(long offset, long length, string expected)
    {
        await WriteAsync(Key("range"), "0123456789");

        (await ReadAsync(Key("range"), offset, length)).ShouldBe(expected);
    }

    [Theory]
    [InlineData("with space.json")]
    [InlineData("a+b=c&d;e,f.json")]
    [InlineData("100%/25%20/x#y?z.json")]
    [InlineData("Äpfel/日本語/😀.jsonl")]
    [InlineData("'quoted' \"twice\" (once) [twice] {thrice}!*~.json")]
    [InlineData("dots.../..a/b..")]
    [InlineData("UPPER/lower")]
    public async Task A_key_of_any_characters_is_kept(string name)
    {
        await WriteAsync(Key(name), name);

        (await ReadAsync(Key(name))).ShouldBe(name);
        (await KeysAsync(_prefix)).ShouldBe([Key(name).Value]);
        await Store.DeleteAsync(Key(name), Token);
        (await KeysAsync(_prefix)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Objects_are_listed_by_prefix_in_ordinal_order()
    {
        string[] names = ["b", "a/2", "a/10", "a/1", "a-", "aa", "A", "a/12/x"];
        foreach (var name in names)
        {
            await WriteAsync(Key(name), name);
        }

        (await KeysAsync(_prefix)).ShouldBe([.. names.Select(name => _prefix + name).Order(StringComparer.Ordinal)]);
        (await KeysAsync(_prefix + "a/")).ShouldBe([_prefix + "a/1", _prefix + "a/10", _prefix + "a/12/x", _prefix + "a/2"]);
        (await KeysAsync(_prefix + "a/1")).ShouldBe([_prefix + "a/1", _prefix + "a/10", _prefix + "a/12/x"]);
        (await KeysAsync(_prefix + "nothing")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_listing_goes_on_past_a_thousand_objects()
    {
        await Parallel.ForAsync(0, 1050, Token, async (i, _) => await WriteAsync(Key($"many/{i:D5}"), "x"));

        var listed = await Store.ListAsync(_prefix, Token).ToListAsync(Token);

        listed.Select(info => info.Key).ShouldBe(Enumerable.Range(0, 1050).Select(i => Key($"many/{i:D5}")));
        listed.ShouldAllBe(info => info.Size == 1);
    }

    [Fact]
    public async Task A_reader_sees_one_version_or_the_other_and_never_both()
    {
        var versions = new[] { new string('a', 5000), new string('b', 90_000) };
        await WriteAsync(Key("a"), versions[0]);
        using var done = new CancellationTokenSource();
        var writing = Task.Run(async () =>
        {
            for (var i = 0; i < 40; i++)
            {
                await WriteAsync(Key("a"), versions[i % 2]);
            }

            await done.CancelAsync();
        }, Token);

        var seen = new List<string>();
        while (!done.IsCancellationRequested)
        {
            seen.Add(await ReadAsync(Key("a")));
        }

        await writing;
        seen.ShouldNotBeEmpty();
        seen.ShouldAllBe(text => text == versions[0] || text == versions[1]);
    }

    [Fact]
    public async Task A_cancelled_write_writes_nothing()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => Store.WriteBytesAsync(Key("a"), new byte[10], PutCondition.Always, cancelled.Token));

        (await Store.FindAsync(Key("a"), Token)).ShouldBeNull();
    }

    private ObjectKey Key(string name) => ObjectKey.Parse(_prefix + name);

    private Task<bool> WriteAsync(ObjectKey key, string text, PutCondition condition = PutCondition.Always) =>
        Store.WriteBytesAsync(key, Encoding.UTF8.GetBytes(text), condition, Token);

    private async Task FailAsync(ObjectKey key, PutCondition condition, int after) =>
        await Should.ThrowAsync<InvalidTimeZoneException>(() => Store.WriteAsync(key, async (stream, token) =>
        {
            await stream.WriteAsync(new byte[after], token);
            await stream.FlushAsync(token);
            throw new InvalidTimeZoneException("an exception of nobody's");
        }, condition, Token));

    private async Task<string> ReadAsync(ObjectKey key) =>
        Encoding.UTF8.GetString((await Store.ReadBytesAsync(key, Token)).ShouldNotBeNull());

    private async Task<string> ReadAsync(ObjectKey key, long offset, long length) => Encoding.UTF8.GetString(await ReadBytesAsync(key, offset, length));

    private async Task<byte[]> ReadBytesAsync(ObjectKey key, long offset, long length)
    {
        await using var stream = (await Store.OpenReadAsync(key, offset, length, Token)).ShouldNotBeNull();
        using var buffer = new MemoryStream();
        await stream.CopyToAsync(buffer, Token);
        return buffer.ToArray();
    }

    private async Task<string[]> KeysAsync(string prefix) => await Store.ListAsync(prefix, Token).Select(info => info.Key.Value).ToArrayAsync(Token);
}
