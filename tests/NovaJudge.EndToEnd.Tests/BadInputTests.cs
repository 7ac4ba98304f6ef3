using System.Text;

namespace NovaJudge.EndToEnd.Tests;

public sealed class BadInputTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    public static TheoryData<string, byte[], string> Files => new()
    {
        { "empty.jsonl", [], "is empty" },
        { "broken.jsonl", Lines(5000, 4711, "{\"prompt\": "), "line 4711" },
        { "huge.jsonl", Encoding.UTF8.GetBytes($"{{\"prompt\":\"{new string('x', 10_000_000)}\"}}\n"), "line 1" },
        { "twice.jsonl", "{\"id\":\"a\",\"prompt\":\"1\"}\n{\"id\":\"a\",\"prompt\":\"2\"}\n"u8.ToArray(), "line 2" },
        { "nul.jsonl", [.. "{\"prompt\":\"a"u8, 0, .. "\"}\n"u8], "NUL" },
        { "latin.jsonl", [.. "{\"prompt\":\"caf"u8, 0xE9, .. "\"}\n"u8], "UTF-8" },
        { "utf16.jsonl", Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes("{\"prompt\":\"a\"}")).ToArray(), "UTF-16" },
        { "cut.json", "{\"data\":[{\"title\":\"T\",\"paragraphs\":[{\"context\":\"C"u8.ToArray(), "cut" },
        { "short.jsonl", Lines(3, -1, ""), "asked for" },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public async Task A_data_set_that_cannot_be_used_is_refused_in_one_message_with_file_and_place(string name, byte[] content, string place)
    {
        var path = _workspace.Write(name, content);

        var result = await NovaProcess.RunAsync(_workspace.Folder, "run", "--dataset", path, "--sample", "random:4000", "--store", _workspace.Store, "--run-id", "bad");

        result.ExitCode.ShouldBe(2, result.ToString());
        result.Error.ShouldContain(name);
        result.Error.ShouldContain(place);
        result.Error.ShouldNotContain("   at ");
        File.Exists(_workspace.Run("bad", "prompts.jsonl")).ShouldBeFalse();
        File.Exists(_workspace.Run("bad", "summary.json")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("there is no such file", "run", "--dataset", "missing.json")]
    [InlineData("is a folder", "run", "--dataset", ".")]
    [InlineData("bedrock", "run", "--model-b", "gpt-4")]
    [InlineData("embedded:keyword-match", "run", "--model-b", "embedded:gpt-4")]
    [InlineData("fail, hang, empty or delay", "run", "--model-b", "embedded:faulty?fail=often")]
    [InlineData("training job", "run", "--judge", "nova")]
    [InlineData("$.judge.kind", "run", "--judge", "me")]
    [InlineData("$.dataset.sample.method", "run", "--sample", "half")]
    [InlineData("number is expected", "run", "--sample", "first:many")]
    [InlineData("1 to 40", "run", "--run-id", "Not An Id")]
    [InlineData("a time such as", "run", "--clock", "yesterday")]
    [InlineData("--sampel", "run", "--sampel", "first:1")]
    [InlineData("has no result", "show", "nothing")]
    [InlineData("Could not find", "trigger", "missing.json")]
    public async Task What_cannot_be_done_is_refused_in_one_message(string expected, params string[] arguments)
    {
        var result = await NovaProcess.RunAsync(_workspace.Folder, [.. arguments, "--store", _workspace.Store]);

        result.ExitCode.ShouldBe(2, result.ToString());
        result.Error.ShouldContain(expected);
        result.Error.ShouldNotContain("   at ");
    }

    [Fact]
    public async Task Everything_that_is_wrong_with_a_request_is_told_at_once()
    {
        var request = _workspace.Write("request.json", """{ "sutie": "x", "modelA": { "maxTokens": 0 }, "judge": { "kind": "x" } }""");

        var result = await NovaProcess.RunAsync(_workspace.Folder, "run", "--request", request, "--store", _workspace.Store);

        result.ExitCode.ShouldBe(2);
        result.Error.Trim().Split('\n').Length.ShouldBe(3);
        result.Error.ShouldContain("Did you mean \"suite\"?");
    }

    [Fact]
    public async Task A_store_that_cannot_be_written_is_refused_before_anything_runs()
    {
        var file = _workspace.Write("not-a-folder", "x");

        var result = await NovaProcess.RunAsync(_workspace.Folder, "run", "--store", file);

        result.ExitCode.ShouldBe(2, result.ToString());
        result.Error.ShouldContain("--store");
    }

    [Fact]
    public async Task A_full_disk_stops_the_run_without_leaving_something_that_looks_finished()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && File.Exists("/dev/full") && Environment.IsPrivilegedProcess, "A small file system can only be mounted by root on Linux.");
        var mount = Directory.CreateDirectory(_workspace.Path_("small")).FullName;
        await Shell("mount", "-t", "tmpfs", "-o", "size=200k", "tmpfs", mount);
        try
        {
            var result = await NovaProcess.RunAsync(_workspace.Folder, "run", "--store", mount, "--run-id", "full");

            result.ExitCode.ShouldBe(2, result.ToString());
            result.Error.ShouldContain("No space left");
            File.Exists(Path.Combine(mount, "runs/full/summary.json")).ShouldBeFalse();
        }
        finally
        {
            await Shell("umount", mount);
        }
    }

    private static async Task Shell(string program, params string[] arguments)
    {
        using var process = System.Diagnostics.Process.Start(program, arguments);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.SkipUnless(process.ExitCode == 0, $"{program} is not permitted here.");
    }

    private static byte[] Lines(int count, int broken, string text) => Encoding.UTF8.GetBytes(string.Concat(
        Enumerable.Range(1, count).Select(i => i == broken ? text + "\n" : $"{{\"prompt\":\"Question {i}?\",\"references\":[\"x\"]}}\n")));
}
