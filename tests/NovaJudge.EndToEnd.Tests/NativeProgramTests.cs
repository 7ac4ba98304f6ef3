using System.Text.Json;
using System.Text.RegularExpressions;
using NovaJudge.Local.Drills;
using NovaJudge.Tests.Shared;

namespace NovaJudge.EndToEnd.Tests;

/// <summary>
/// The program in native code beside the one that every build makes. What is compiled ahead of time knows nothing of types by
/// reflection: whatever a command reads or writes has to have been compiled, so every command is tried.
/// </summary>
public sealed partial class NativeProgramTests : IDisposable
{
    private const string Clock = "2026-01-02T03:04:05Z";
    private readonly Workspace _built = new();
    private readonly Workspace _native = new();

    public void Dispose()
    {
        _built.Dispose();
        _native.Dispose();
    }

    [Fact]
    public async Task Every_command_says_and_leaves_the_same()
    {
        var native = Published.NovaOrSkip();
        Write(_built);
        Write(_native);
        foreach (var command in Commands)
        {
            var arguments = command.Split(' ');
            var expected = await NovaProcess.RunAsync(_built.Folder, arguments);
            var result = await NovaProcess.RunOtherAsync(native, _native.Folder, arguments);

            expected.Error.ShouldNotContain("This should not have happened", Case.Sensitive, command);
            Said(result, _native).ShouldBe(Said(expected, _built), command);
        }

        // Of the other runs the requests differ: they name files by their whole paths.
        foreach (var run in new[] { "embedded", "processes" })
        {
            StoreComparison.Differences(_built.Run(run), _native.Run(run)).Where(difference => !difference.Contains(" telemetry/", StringComparison.Ordinal)).ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task Every_drill_ends_like_the_undisturbed_run()
    {
        // What happens at one moment may be told in either order: what counts is that each drill holds.
        var result = await NovaProcess.RunOtherAsync(Published.NovaOrSkip(), _native.Folder, "drill");

        result.ExitCode.ShouldBe(0, result.ToString());
    }

    /// <summary>In this order: later ones read what earlier ones leave.</summary>
    private static readonly string[] Commands =
    [
        $"run --clock {Clock} --store store --run-id first --dataset questions.jsonl --json",
        $"run --clock {Clock} --store store --run-id first --dataset questions.jsonl",
        $"run --clock {Clock} --store store --run-id second --dataset questions.jsonl --sample random:60 --model-a embedded:keyword-match --model-b embedded:first-sentence",
        $"run --clock {Clock} --store store --run-id embedded",
        $"run --clock {Clock} --store store --run-id processes --process",
        $"run --clock {Clock} --store store --run-id pairs --pairs pairs.csv --json",
        $"run --clock {Clock} --store store --run-id broken --model-a embedded:none",
        "run --store store --dataset questions.jsonl --dry-run --json",
        "run --store store --dataset questions.jsonl --dry-run",
        "list --store store --json",
        "list --store store",
        "show first --store store --json",
        "show second --store store",
        "show nobody --store store",
        "history questions --store store --json",
        "history --store store",
        "compare first second --store store --force --json",
        "compare first second --store store --force",
        "baseline set first --store store",
        "baseline show questions --store store --json",
        "read 16,10,0 --json",
        "read 3,9,0 --figure six.png",
        "plan --detect 0.6 --like first --store store",
        "label first --store store --n 6 --list",
        "label first --store store --n 60 --answers labels.jsonl",
        "calibrate first --store store --json",
        "calibrate first --store store",
        "extend second --by 20 --store store --json",
        "rejudge first --judge embedded:token-f1 --run-id again --store store --json",
        "import promptfoo promptfoo.json --output imported.jsonl",
        "import openai-evals a.jsonl b.jsonl --output evals.jsonl",
        "exam --judge embedded:token-f1 --size 40 --store store --json",
        "exam --judge nova --size 20 --write questions",
        "doctor --store store --json",
        "trigger events/console.json --store store",
        "states validate machine.json",
        "states run machine.json --input input.json --history",
        "test",
        "nonsense",
    ];

    private static void Write(Workspace workspace)
    {
        workspace.Questions(120);
        workspace.Write("pairs.csv", "prompt,response_A,response_B,references\nWhat is it?,a thing,\"a, thing\",a thing\nAnd this?,green,blue,blue\n");
        workspace.Write("labels.jsonl", string.Concat(Enumerable.Range(1, 120).Select(i => JsonSerializer.Serialize(new { id = $"q{i}", label = i % 3 == 0 ? "a" : "b" }) + "\n")));
        workspace.Write("promptfoo.json", """
            {"results":{"results":[
              {"provider":{"id":"one"},"testIdx":0,"prompt":{"raw":"Which colour?"},"response":{"output":"green"},"vars":{"q":"x"}},
              {"provider":{"id":"two"},"testIdx":0,"prompt":{"raw":"Which colour?"},"response":{"output":"blue"},"vars":{"q":"x"}}]}}
            """);
        foreach (var (file, answer) in new[] { ("a.jsonl", "green"), ("b.jsonl", "blue") })
        {
            workspace.Write(file, $$$"""
                {"spec":{"completion_fns":["{{{file}}}"],"eval_name":"e","base_eval":"e","split":"s","run_config":{},"created_by":"","run_id":"r","created_at":"t"} }
                {"run_id":"r","event_id":0,"sample_id":"e.0","type":"sampling","data":{"prompt":[{"role":"user","content":"Which colour?"}],"sampled":["{{{answer}}}"]} }
                """);
        }

        workspace.Write("machine.json", """
            {"StartAt":"Add","States":{"Add":{"Type":"Pass","Parameters":{"sum.$":"States.MathAdd($.a, 2)","id.$":"$$.Execution.Name"},"ResultPath":"$.r","Next":"Each"},
             "Each":{"Type":"Map","ItemsPath":"$.list","Iterator":{"StartAt":"P","States":{"P":{"Type":"Pass","End":true}}},"End":true}}}
            """);
        workspace.Write("input.json", """{"a":1.5,"list":[1,{"x":"é"},null]}""");
        Directory.CreateSymbolicLink(workspace.Path_("events"), Path.Combine(Repository.Root, "events"));
    }

    /// <summary>What was printed, but for the time of day, the folder and its hash, how long something took, and what gives way for that in a table.</summary>
    private static string Said(NovaResult result, Workspace workspace) => Moment().Replace(
        $"exit {result.ExitCode}\n{result.Words}\n{result.Error}".Replace(workspace.Folder, "FOLDER", StringComparison.Ordinal), "MOMENT");

    [GeneratedRegex(@"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|\+\d\d:\d\d)?|\d+(\.\d+)? ?(GB|MB|ms|s)\b|[─…]\S*|-[0-9a-f]{8}-1\b")]
    private static partial Regex Moment();
}
