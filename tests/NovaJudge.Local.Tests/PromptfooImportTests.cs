using System.Text;
using NovaJudge.Local.Commands.Importing;
using NovaJudge.Pipeline;
using NovaJudge.Tests.Shared;

namespace NovaJudge.Local.Tests;

/// <summary>Files of promptfoo of any size and shape become pairs, through a small buffer.</summary>
[Collection(Alone.Name)]
public sealed class PromptfooImportTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("nova-import-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("{\"evalId\":\"e\",\"config\":{\"results\":[1,{\"results\":[2]}]},\"results\":{\"version\":3,\"prompts\":[{\"results\":[]}],\"results\":[", "],\"stats\":{}},\"more\":{\"results\":[{}]}}")]
    [InlineData("{\"table\":[[{}]],\"results\":[", "]}")]
    [InlineData("", "")]
    public async Task A_file_beyond_any_buffer_is_read_result_by_result(string before, string after)
    {
        const int Tests = 3000;
        var path = Write(before, after, Tests);

        new FileInfo(path).Length.ShouldBeGreaterThan(2_000_000);
        var imported = await PromptfooResults.ReadAsync(path, null, null, Token);
        var pairs = await imported.Pairs.ToListAsync(Token);

        pairs.Count.ShouldBe(Tests);
        pairs[^1].Id.ShouldBe($"test-{Tests}");
        pairs[7].A.ShouldStartWith("first 7 ");
        pairs[7].B.ShouldStartWith("second 7 ");
        imported.LeftOut().ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_held_does_not_grow_with_the_file()
    {
        var (small, large) = (await HeldAsync(3000), await HeldAsync(30_000));

        (large - small).ShouldBeLessThan(1_000_000);
    }

    [Fact]
    public async Task Results_in_any_order_find_their_twins()
    {
        var path = Path.Combine(_folder, "order.jsonl");
        await File.WriteAllTextAsync(path, string.Concat(
            Row("a", 2, "a2"), Row("a", 1, "a1"), Row("b", 1, "b1"), Row("a", 1, "again a1"), Row("b", 2, "b2"), Row("b", 1, "again b1"), Row("c", 1, "c1"), Row("b", 3, "alone")), Token);

        var imported = await PromptfooResults.ReadAsync(path, "a", "b", Token);

        (await imported.Pairs.Select(pair => $"{pair.Id} {pair.A} {pair.B}").ToListAsync(Token)).ShouldBe(["test-2 a1 b1", "test-1 a2 b2", "test-3 again a1 again b1"]);
        imported.LeftOut().ShouldBe(["1 with a test and prompt that the other was not asked"]);
    }

    [Theory]
    [InlineData("{\"results\":{\"results\":[", "")]
    [InlineData("{\"results\":[", "]")]
    [InlineData("", "}")]
    public async Task A_file_that_is_cut_off_is_refused(string before, string after)
    {
        var path = Write(before, after, 3000);

        (await Should.ThrowAsync<PipelineException>(() => PromptfooResults.ReadAsync(path, null, null, Token))).Message.ShouldContain("it is not JSON");
    }

    /// <summary>The most that is reachable while pairs come out, sampled now and then.</summary>
    private async Task<long> HeldAsync(int tests)
    {
        var imported = await PromptfooResults.ReadAsync(Write("{\"results\":{\"results\":[", "]}}", tests), null, null, Token);
        var (most, count) = (0L, 0);
        await foreach (var pair in imported.Pairs)
        {
            most = ++count % 1000 == 0 ? Math.Max(most, GC.GetTotalMemory(forceFullCollection: true)) : most;
        }

        count.ShouldBe(tests);
        return most;
    }

    private string Write(string before, string after, int tests)
    {
        var path = Path.Combine(_folder, $"{Guid.NewGuid():N}.json");
        using var file = new StreamWriter(path, append: false, new UTF8Encoding(false));
        file.Write(before);
        for (var i = 0; i < tests; i++)
        {
            file.Write((i > 0 && before.Length > 0 ? "," : "") + Row("one", i, $"first {i} {new string('x', 400)}"));
            file.Write((before.Length > 0 ? "," : "") + Row("two", i, $"second {i} {new string('y', 400)}"));
        }

        file.Write(after);
        return path;
    }

    private static string Row(string provider, int test, string answer) =>
        $"{{\"provider\":{{\"id\":\"{provider}\"}},\"prompt\":{{\"raw\":\"Question {test}?\"}},\"testIdx\":{test},\"response\":{{\"output\":\"{answer}\"}}}}\n";
}
