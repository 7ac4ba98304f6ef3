using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using NovaJudge.Local.Cloud;
using NovaJudge.Local.Drills;
using NovaJudge.Local.Progress;
using NovaJudge.Local.Storage;
using NovaJudge.StatesLanguage;

namespace NovaJudge.EndToEnd.Tests;

/// <summary>Every file under events/ does what its name says, on the real template.</summary>
public sealed class EventTests : IDisposable
{
    private static readonly string Folder = Path.Combine(Repository.Root, "events");

    private static readonly string[] Covered =
    [
        "blog.json", "console.json", "execution-aborted.json", "judge-completed.json", "judge-failed.json", "judge-stopped.json", "s3-upload-pairs.json",
        "s3-upload-prompts.json", "s3-upload-request.json", "s3-upload-squad.json", "schedule.json",
    ];

    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public void Every_event_file_has_its_test() =>
        Directory.GetFiles(Folder, "*.json").Select(Path.GetFileName).Order(StringComparer.Ordinal).ShouldBe(Covered);

    [Fact]
    public async Task A_request_pasted_into_the_console_runs()
    {
        var result = await TriggerAsync("console.json");

        result.ExitCode.ShouldBe(0, result.ToString());
        OnlyRequest().GetProperty("trigger").GetString().ShouldBe("console");
        Lines("prompts.jsonl").ShouldBe(12);
    }

    [Fact]
    public async Task The_request_of_the_blog_post_names_models_and_a_judge_that_take_an_account()
    {
        var result = await NovaProcess.RunAsync(_workspace.Folder, _workspace.WithoutAccount, "trigger", Path.Combine(Repository.Root, "events", "blog.json"), "--store", _workspace.Store);

        result.ExitCode.ShouldBe(2, result.ToString());
        result.Error.ShouldContain("$.modelA.model: there are no AWS credentials here");
        result.Error.ShouldContain("$.modelB.model: there are no AWS credentials here");
        result.Error.ShouldContain("$.judge.kind");
    }

    [Fact]
    public async Task A_schedule_starts_one_run_for_its_time_however_often_it_fires()
    {
        var first = await TriggerAsync("schedule.json");
        var again = await TriggerAsync("schedule.json");

        first.ExitCode.ShouldBe(0, first.ToString());
        again.ExitCode.ShouldBe(0, again.ToString());
        OnlyRun().ShouldBe("squad-qa-20261123-060000");
        OnlyRequest().GetProperty("createdAt").GetDateTimeOffset().ShouldBe(new DateTimeOffset(2026, 11, 23, 6, 0, 0, TimeSpan.Zero));
    }

    [Fact]
    public async Task An_uploaded_SQuAD_file_is_evaluated_once_however_often_its_event_comes()
    {
        Upload("s3-upload-squad.json", JsonSerializer.Serialize(new
        {
            data = Enumerable.Range(1, 30).Select(article => new
            {
                title = $"Tea {article}",
                paragraphs = new[]
                {
                    new
                    {
                        context = "Tea is made from leaves. It is drunk hot.",
                        qas = Enumerable.Range(1, 5).Select(i => new { id = $"{article}-{i}", question = "What is tea made from?", answers = new[] { new { text = "leaves", answer_start = 17 } } }),
                    },
                },
            }),
        }));

        var first = await TriggerAsync("s3-upload-squad.json");
        var again = await TriggerAsync("s3-upload-squad.json");

        first.ExitCode.ShouldBe(0, first.ToString());
        again.ExitCode.ShouldBe(0, again.ToString());
        OnlyRequest().GetProperty("dataset").GetProperty("format").GetString().ShouldBe("squad");
        Lines("prompts.jsonl").ShouldBe(100);
    }

    [Fact]
    public async Task Uploaded_prompts_are_answered_and_judged()
    {
        Upload("s3-upload-prompts.json", File.ReadAllText(_workspace.Questions(120)));

        var result = await TriggerAsync("s3-upload-prompts.json");

        result.ExitCode.ShouldBe(0, result.ToString());
        OnlyRequest().GetProperty("trigger").GetString().ShouldBe("upload");
        Lines("prompts.jsonl").ShouldBe(100);
    }

    [Fact]
    public async Task Uploaded_pairs_are_judged_without_asking_a_model()
    {
        Upload("s3-upload-pairs.json", string.Concat(Enumerable.Range(1, 150).Select(i =>
            $$"""{"id":"p{{i}}","prompt":"Question {{i}}?","response_A":"wrong","response_B":"right","references":["right"]}""" + "\n")));

        var result = await TriggerAsync("s3-upload-pairs.json");

        result.ExitCode.ShouldBe(0, result.ToString());
        result.Output.ShouldContain("b_better");
        Directory.Exists(Path.Combine(_workspace.Store, "runs", OnlyRun(), "maps")).ShouldBeFalse();
    }

    [Fact]
    public async Task An_upload_that_is_delivered_ten_times_at_once_starts_one_run()
    {
        Upload("s3-upload-prompts.json", File.ReadAllText(_workspace.Questions(120)));
        await using var cloud = new LocalCloud(new FileObjectStore(_workspace.Store), PipelineTemplate.Embedded(), TimeProvider.System, new RunProgress());

        // Each delivery starts an execution of its own, which EventBridge names.
        var results = await Task.WhenAll(Enumerable.Range(1, 10).Select(delivery =>
            cloud.RunAsync($"delivery-{delivery}", Event("s3-upload-prompts.json"), TestContext.Current.CancellationToken)));

        results.ShouldAllBe(result => result.Status == ExecutionStatus.Succeeded);
        results.Count(result => Encoding.UTF8.GetString(result.Output.Span).Contains("\"alreadyStarted\":true", StringComparison.Ordinal)).ShouldBe(9);
        Lines("verdicts.jsonl").ShouldBe(100);
        Directory.GetFiles(_workspace.Run(OnlyRun(), "judge", "output"), "*", SearchOption.AllDirectories).ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("incoming/../runs/squad-qa-1/request.json", "'..' part")]
    [InlineData("incoming//request.json", "empty")]
    [InlineData("incoming/tab\there.jsonl", "control characters")]
    public async Task An_upload_whose_key_climbs_or_cannot_be_a_path_is_refused_with_the_rule(string key, string rule)
    {
        var upload = JsonNode.Parse(File.ReadAllBytes(Path.Combine(Folder, "s3-upload-request.json")))!;
        upload["detail"]!["object"]!["key"] = key;
        var file = _workspace.Write("event.json", upload.ToJsonString());

        var result = await NovaProcess.RunAsync(_workspace.Folder, "trigger", file, "--store", _workspace.Store);

        result.ExitCode.ShouldBe(2, result.ToString());
        result.Error.ShouldContain(rule);
        Directory.Exists(Path.Combine(_workspace.Store, "runs")).ShouldBeFalse();
    }

    [Fact]
    public async Task An_uploaded_request_is_run_as_it_stands()
    {
        Upload("s3-upload-request.json", """{"suite":"uploaded","dataset":{"sample":{"method":"first","size":30}}}""");

        var result = await TriggerAsync("s3-upload-request.json");

        result.ExitCode.ShouldBe(0, result.ToString());
        OnlyRequest().GetProperty("suite").GetString().ShouldBe("uploaded");
        Lines("prompts.jsonl").ShouldBe(30);
    }

    [Theory]
    [InlineData("judge-completed.json", ExecutionStatus.Succeeded, null)]
    [InlineData("judge-failed.json", ExecutionStatus.Failed, "Judge.Failed")]
    [InlineData("judge-stopped.json", ExecutionStatus.Failed, "Judge.TimedOut,Judge.Stopped")]
    public async Task The_event_of_a_judges_end_answers_the_waiting_task(string file, ExecutionStatus status, string? errors)
    {
        var runId = Event(file).GetProperty("detail").GetProperty("TrainingJobName").GetString()!["nova-".Length..^2];
        await using var stage = new DrillStage(_workspace.Store, runId);
        IReadOnlyList<string> rules = [];
        stage.BeforeJudgeEnds = async () => rules = await stage.Cloud.PutEventAsync(Event(file), CancellationToken.None);

        var result = await stage.RunAsync(TestContext.Current.CancellationToken);
        await stage.SettleAsync();

        rules.ShouldHaveSingleItem();
        result!.Status.ShouldBe(status, result.Cause);
        (errors?.Split(',') ?? [null!]).ShouldContain(result.Error);
        stage.OpenCallbacks().ShouldBe(0);
    }

    [Fact]
    public async Task The_event_of_an_aborted_execution_stops_its_judge_and_forgets_its_token()
    {
        var aborted = Event("execution-aborted.json");
        var name = aborted.GetProperty("detail").GetProperty("name").GetString()!;
        await using var stage = new DrillStage(_workspace.Store, name);
        stage.At(DrillStage.JudgeTakes / 2, async () =>
        {
            stage.OpenCallbacks().ShouldBe(1);
            await stage.AbortAsync();
            await stage.DeliverAsync(aborted);
        });

        await stage.RunAsync(TestContext.Current.CancellationToken);
        await stage.SettleAsync();

        stage.Stopped.ShouldBe([$"nova-{name}-1"]);
        stage.OpenCallbacks().ShouldBe(0);
    }

    private Task<NovaResult> TriggerAsync(string file) =>
        NovaProcess.RunAsync(_workspace.Folder, "trigger", Path.Combine(Folder, file), "--store", _workspace.Store);

    private static JsonElement Event(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder, file)));
        return document.RootElement.Clone();
    }

    private void Upload(string file, string content)
    {
        var key = Event(file).GetProperty("detail").GetProperty("object").GetProperty("key").GetString()!;
        _workspace.Write(Path.Combine("store", key), content);
    }

    private string OnlyRun() => Path.GetFileName(Directory.GetDirectories(Path.Combine(_workspace.Store, "runs")).ShouldHaveSingleItem());

    private JsonElement OnlyRequest() => _workspace.Json(_workspace.Run(OnlyRun(), "request.json"));

    private int Lines(string file) => File.ReadLines(_workspace.Run(OnlyRun(), file)).Count();
}
