using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using NovaJudge.Pipeline.Judging;
using NovaJudge.Pipeline.Judging.Archive;
using NovaJudge.Tests.Shared;

namespace NovaJudge.EndToEnd.Tests;

public sealed class ExamTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task The_exam_of_token_f1_names_its_fault_and_every_report_of_a_later_run_tells_it()
    {
        (await RunAsync("before")).Words.ShouldContain("Judge never examined.");

        var exam = await NovaProcess.RunAsync(_workspace.Folder, "exam", "--judge", "embedded:token-f1", "--store", _workspace.Store);

        exam.ExitCode.ShouldBe(1, exam.ToString());
        exam.Words.ShouldContain("The judge has a fault: It is swayed by wording: 100% of 39 right answers won or lost against themselves in a sentence.");
        var run = await RunAsync("after");
        run.Words.ShouldContain("It is swayed by wording");
        var judge = _workspace.Json(_workspace.Run("after", "metrics.json")).GetProperty("judge");
        judge.GetProperty("exam").GetProperty("questions").GetInt32().ShouldBe(237);
        judge.GetProperty("exam").GetProperty("faults").GetArrayLength().ShouldBe(1);
        _workspace.Json(_workspace.Run("before", "metrics.json")).GetProperty("judge").TryGetProperty("exam", out _).ShouldBeFalse();
        File.ReadAllText(_workspace.Run("after", "report", "report.html")).ShouldContain("It is swayed by wording");
        File.ReadAllText(_workspace.Run("after", "report", "summary.md")).ShouldContain("It is swayed by wording");
        File.ReadAllText(_workspace.Run("before", "report", "report.html")).ShouldContain("Judge never examined.");
        File.ReadAllText(_workspace.Run("before", "report", "summary.md")).ShouldContain("Judge never examined.");
    }

    [Fact]
    public async Task The_exam_of_a_judge_that_always_prefers_the_first_answer_names_the_fault()
    {
        await using var server = await MockOpenAiServer.StartAsync(new MockOpenAiOptions { Answer = _ => "The first one is better. [[A>B]]" });

        var exam = await NovaProcess.RunAsync(_workspace.Folder, "exam", "--judge", $"model:{server.Spec("judge")}", "--size", "120", "--store", _workspace.Store, "--json");

        exam.ExitCode.ShouldBe(1, exam.ToString());
        server.Counts["judge"].ShouldBe(240);
        using var record = JsonDocument.Parse(exam.Output);
        var report = record.RootElement.GetProperty("report");
        report.GetProperty("firstShown").GetProperty("value").GetDouble().ShouldBe(1);
        report.GetProperty("accuracy").GetProperty("value").GetDouble().ShouldBe(0);
        report.GetProperty("faults")[0].GetString().ShouldBe("It favours the answer shown first: 100% of its decisive passes go to that place, where a fair judge gives half.");
        var run = await NovaProcess.RunAsync(_workspace.Folder, "run", "--judge", $"model:{server.Spec("judge")}", "--dataset", _workspace.Questions(5), "--sample", "all", "--store", _workspace.Store, "--run-id", "r");
        run.Words.ShouldContain("It favours the answer shown first");
    }

    [Fact]
    public async Task A_judge_asked_in_other_words_is_another_judge_and_was_never_examined()
    {
        await using var server = await MockOpenAiServer.StartAsync(new MockOpenAiOptions { Answer = _ => "[[A=B]]" });
        var kind = $"model:{server.Spec("judge")}";
        (await NovaProcess.RunAsync(_workspace.Folder, "exam", "--judge", kind, "--size", "30", "--store", _workspace.Store)).ExitCode.ShouldBe(1);
        var prompt = _workspace.Write("prompt.txt", "Which is better? {prompt} {first} {second} Say [[A>B]], [[B>A]] or [[A=B]].");

        var same = await JudgedAsync("same", []);
        var other = await JudgedAsync("other", ["--judge-prompt", prompt]);

        same.Words.ShouldContain("Judge examined", customMessage: same.ToString());
        other.Words.ShouldContain("Judge never examined.");
        _workspace.Json(_workspace.Run("other", "request.json")).GetProperty("judge").GetProperty("prompt").GetString().ShouldBe(File.ReadAllText(prompt));

        Task<NovaResult> JudgedAsync(string runId, string[] more) => NovaProcess.RunAsync(
            _workspace.Folder, ["run", "--judge", kind, "--dataset", _workspace.Questions(5), "--sample", "all", "--store", _workspace.Store, "--run-id", runId, .. more]);
    }

    [Fact]
    public async Task A_judge_that_answers_garbage_has_that_fault_and_no_accuracy()
    {
        await using var server = await MockOpenAiServer.StartAsync(new MockOpenAiOptions { Answer = _ => "I would rather talk about the weather." });

        var exam = await NovaProcess.RunAsync(_workspace.Folder, "exam", "--judge", $"model:{server.Spec("judge")}", "--size", "24", "--store", _workspace.Store);

        exam.ExitCode.ShouldBe(1, exam.ToString());
        exam.Words.ShouldContain("It often gives no verdict that can be read: 100% of 24 questions.");
        exam.Words.ShouldContain("all 24 none");
    }

    [Fact]
    public async Task Questions_written_for_Nova_are_scored_by_its_archive()
    {
        var folder = _workspace.Path_("nova-exam");

        var written = await NovaProcess.RunAsync(_workspace.Folder, "exam", "--judge", "nova", "--size", "60", "--write", folder, "--store", _workspace.Store);

        written.ExitCode.ShouldBe(0, written.ToString());
        var rows = File.ReadLines(Path.Combine(folder, "llm_judge.jsonl")).Select(line => JsonDocument.Parse(line).RootElement).ToArray();
        rows.Length.ShouldBe(60);
        rows.ShouldAllBe(row => string.Join(',', row.EnumerateObject().Select(field => field.Name)) == "prompt,response_A,response_B");
        File.ReadAllText(Path.Combine(folder, "recipe", "recipe.yaml")).ShouldContain("strategy: judge");
        var archive = await ArchiveAsync(rows, nova: true);
        var scored = await NovaProcess.RunAsync(_workspace.Folder, "exam", "--judge", "nova", "--size", "60", "--score", archive, "--store", _workspace.Store);
        scored.ExitCode.ShouldBe(1, scored.ToString());
        scored.Words.ShouldContain("It favours the answer shown first: 100%");
        var otherSeed = await NovaProcess.RunAsync(_workspace.Folder, "exam", "--judge", "nova", "--size", "60", "--seed", "43", "--score", archive, "--store", _workspace.Store);
        otherSeed.ExitCode.ShouldBe(3, otherSeed.ToString());
        otherSeed.Error.ShouldContain("the data set, size and seed that its questions were written with");
        var ours = await NovaProcess.RunAsync(_workspace.Folder, "exam", "--judge", "nova", "--size", "60", "--score", await ArchiveAsync(rows, nova: false), "--store", _workspace.Store);
        ours.ExitCode.ShouldBe(2, ours.ToString());
        ours.Error.ShouldContain("is no archive of the judge nova");
    }

    [Fact]
    public async Task A_judge_that_cannot_be_called_from_here_says_how_it_is_examined()
    {
        var exam = await NovaProcess.RunAsync(_workspace.Folder, "exam", "--judge", "nova", "--store", _workspace.Store);

        exam.ExitCode.ShouldBe(2, exam.ToString());
        exam.Error.ShouldContain("--write DIR");
    }

    [Theory]
    [InlineData("""{"prompt":"Q?"}""", "gold answer", 2)]
    [InlineData("""{"prompt":"Q?","references":["Paris"]}""", "Fewer than 20 questions of a kind show gross faults at most", 0)]
    public async Task A_data_set_that_is_too_small_is_refused_or_said_to_show_little(string line, string words, int exitCode)
    {
        var dataset = _workspace.Write("small.jsonl", line + "\n");

        var exam = await NovaProcess.RunAsync(_workspace.Folder, "exam", "--dataset", dataset, "--store", _workspace.Store);

        exam.ExitCode.ShouldBe(exitCode, exam.ToString());
        $"{exam.Words} {exam.Error}".ShouldContain(words);
    }

    /// <summary>The archive of a judge that always prefers the answer shown first; the container's says nothing of its origin.</summary>
    private async Task<string> ArchiveAsync(IEnumerable<JsonElement> rows, bool nova)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var ours = new MemoryStream();
        var header = new JudgeArchiveHeader
        {
            RunName = "nova-run",
            Timestamp = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
            JudgeName = "nova",
            Marker = JudgeArchiveHeader.LocalJudgeMarker,
        };
        await JudgeArchiveWriter.WriteAsync(
            ours, header, rows.Select(row => new JudgedRow { Prompt = row.GetProperty("prompt").GetString()!, Forward = PassVerdict.A, Backward = PassVerdict.B }).ToAsyncEnumerable(),
            cancellationToken);
        ours.Position = 0;
        var path = _workspace.Path_($"{(nova ? "nova" : "ours")}.tar.gz");
        await using var file = File.Create(path);
        if (!nova)
        {
            await ours.CopyToAsync(file, cancellationToken);
            return path;
        }

        await using var reader = new TarReader(new GZipStream(ours, CompressionMode.Decompress));
        await using var writer = new TarWriter(new GZipStream(file, CompressionLevel.Fastest));
        while (await reader.GetNextEntryAsync(copyData: true, cancellationToken) is { } read)
        {
            var entry = read;
            if (entry.Name.EndsWith(".json", StringComparison.Ordinal))
            {
                var results = JsonNode.Parse(entry.DataStream!)!;
                results["config_general"]!.AsObject().Remove("note");
                entry = new UstarTarEntry(TarEntryType.RegularFile, entry.Name) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(results.ToJsonString())) };
            }

            await writer.WriteEntryAsync(entry, cancellationToken);
        }

        return path;
    }

    private async Task<NovaResult> RunAsync(string runId)
    {
        var result = await NovaProcess.RunAsync(_workspace.Folder, "run", "--store", _workspace.Store, "--run-id", runId);
        result.ExitCode.ShouldBe(0, result.ToString());
        return result;
    }
}
