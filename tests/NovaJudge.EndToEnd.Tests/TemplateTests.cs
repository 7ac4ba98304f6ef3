using System.Text;
using System.Text.Json;
using NovaJudge.Local.Cloud;
using NovaJudge.Local.Progress;
using NovaJudge.Local.Storage;
using NovaJudge.StatesLanguage;
using NovaJudge.StatesLanguage.History;
using NovaJudge.StatesLanguage.Time;

namespace NovaJudge.EndToEnd.Tests;

/// <summary>The local run does what the template says: a change of the template changes the run.</summary>
public sealed class TemplateTests : IDisposable
{
    private static readonly string Approved = File.ReadAllText(Path.Combine(Repository.Root, "infra", "PipelineStack.template.json"));
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task A_state_that_is_renamed_in_the_template_has_the_new_name_in_the_run()
    {
        var (result, history) = await RunAsync(Change("Sample the prompts", "Draw the prompts"), "{}", TimeProvider.System);

        result.Status.ShouldBe(ExecutionStatus.Succeeded, result.Cause);
        Entered(history).ShouldContain("Draw the prompts");
        Entered(history).ShouldNotContain("Sample the prompts");
    }

    [Fact]
    public async Task A_retry_that_is_added_to_the_template_is_made_by_the_run()
    {
        var (_, approved) = await RunAsync(Approved, Failing());
        var (_, changed) = await RunAsync(Change("Lambda.ServiceException", "GenerationFailed"), Failing());

        Calls(approved, "Write the judge dataset").ShouldBe(1);
        Calls(changed, "Write the judge dataset").ShouldBe(7);
    }

    [Fact]
    public async Task A_catch_that_is_taken_from_the_template_catches_nothing_in_the_run()
    {
        var (caught, approved) = await RunAsync(Approved, Failing());
        var (uncaught, changed) = await RunAsync(Change("States.ALL", "Nothing.Like.This"), Failing());

        Entered(approved).ShouldContain("Record the failure");
        Entered(changed).ShouldNotContain("Record the failure");
        caught.Error.ShouldBe("GenerationFailed");
        uncaught.Error.ShouldBe("GenerationFailed");
    }

    [Fact]
    public async Task Without_the_rule_for_the_judges_event_nobody_answers_the_waiting_task()
    {
        var template = TemplateReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(Approved)));
        var deaf = template with { Rules = [.. template.Rules.Where(rule => !rule.Pattern.GetRawText().Contains("SageMaker", StringComparison.Ordinal))], Schedules = [] };
        var store = new FileObjectStore(_workspace.Store);
        await using var cloud = new LocalCloud(store, deaf, new VirtualTime(), new RunProgress());

        var result = await cloud.RunAsync("deaf", JsonSerializer.SerializeToElement(new { runId = "deaf", trigger = "local" }), TestContext.Current.CancellationToken);

        result.Error.ShouldBe("States.HeartbeatTimeout");
    }

    private static string Change(string from, string to)
    {
        Approved.ShouldContain(from);
        return Approved.Replace(from, to, StringComparison.Ordinal);
    }

    /// <summary>A request whose model B answers nothing.</summary>
    private string Failing() => JsonSerializer.Serialize(new
    {
        modelB = new { model = "embedded:faulty?fail=1" },
        dataset = new { source = _workspace.Questions(25), sample = new { method = "all" } },
    });

    private async Task<(ExecutionResult Result, IReadOnlyList<HistoryEvent> History)> RunAsync(string template, string request, TimeProvider? time = null)
    {
        var store = new FileObjectStore(_workspace.Path_(Guid.NewGuid().ToString("N")));
        await using var cloud = new LocalCloud(store, TemplateReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(template))), time ?? new VirtualTime(), new RunProgress());
        using var input = JsonDocument.Parse(request);
        var result = await cloud.RunAsync("run", input.RootElement, TestContext.Current.CancellationToken);
        return (result, cloud.LastHistory);
    }

    private static IEnumerable<string?> Entered(IReadOnlyList<HistoryEvent> history) =>
        history.Where(happened => happened.Type.ToString().EndsWith("StateEntered", StringComparison.Ordinal)).Select(happened => happened.Name);

    /// <summary>How often a state's function was called: scheduled events between its entry and what comes next.</summary>
    private static int Calls(IReadOnlyList<HistoryEvent> history, string state)
    {
        var entered = history.Single(happened => happened.Name == state && happened.Type.ToString().EndsWith("StateEntered", StringComparison.Ordinal));
        return history.SkipWhile(happened => happened.Id <= entered.Id)
            .TakeWhile(happened => !happened.Type.ToString().EndsWith("StateEntered", StringComparison.Ordinal))
            .Count(happened => happened.Type == HistoryEventType.LambdaFunctionScheduled);
    }
}
