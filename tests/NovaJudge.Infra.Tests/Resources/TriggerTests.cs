using System.Text.Json;
using System.Text.Json.Nodes;
using NovaJudge.Infra.Synthesis;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Infra.Tests.Resources;

[Collection(SynthesisGroup.Name)]
public sealed class TriggerTests(Synthesized stacks)
{
    private const string Bucket = "nova-judge-data";

    private readonly SynthesizedTemplate _pipeline = stacks.Pipeline;

    /// <summary>Each event of <c>events/</c> that EventBridge delivers, and the rule that is meant for it.</summary>
    public static TheoryData<string, string> Deliveries => new()
    {
        { "s3-upload-squad.json", "EventsUploads" },
        { "s3-upload-prompts.json", "EventsUploads" },
        { "s3-upload-pairs.json", "EventsUploads" },
        { "s3-upload-request.json", "EventsUploads" },
        { "judge-completed.json", "EventsJudgeEnded" },
        { "judge-failed.json", "EventsJudgeEnded" },
        { "judge-stopped.json", "EventsJudgeEnded" },
        { "execution-aborted.json", "EventsRunEnded" },
    };

    [Theory]
    [MemberData(nameof(Deliveries))]
    public void An_event_reaches_the_rule_that_is_meant_for_it_and_no_other(string file, string rule)
    {
        var matching = Matching(Event(file));

        matching.ShouldHaveSingleItem().ShouldStartWith(rule);
    }

    [Fact]
    public void Every_event_file_is_delivered_or_pasted()
    {
        string[] pasted = ["console.json", "blog.json", "schedule.json"];
        var files = Directory.EnumerateFiles(Repository.PathTo("events"), "*.json").Select(Path.GetFileName);

        files.ShouldBe(Deliveries.Select(delivery => delivery.Data.Item1).Concat(pasted), ignoreOrder: true);
    }

    [Fact]
    public void What_a_run_writes_starts_no_run()
    {
        var keys = new RunKeys(RunId.Parse("squad-qa-1"));
        var upload = Event("s3-upload-prompts.json");

        foreach (var key in new[] { keys.Request, keys.Prompts, keys.Responses(ModelSlot.A, 0), keys.JudgeInput, keys.Report("report.html"), RunKeys.Callback("nova-squad-qa-1", "t"), RunKeys.Baseline("squad-qa") })
        {
            upload["detail"]!["object"]!["key"] = key.Value;
            Matching(upload).ShouldBeEmpty(key.Value);
        }
    }

    [Fact]
    public void A_folder_made_in_the_console_starts_no_run()
    {
        var folder = Event("s3-upload-prompts.json");
        folder["detail"]!["object"]!["key"] = "incoming/";
        folder["detail"]!["object"]!["size"] = 0;

        Matching(folder).ShouldBeEmpty();
    }

    [Fact]
    public void Uploads_to_other_buckets_and_jobs_of_others_are_left_alone()
    {
        var upload = Event("s3-upload-prompts.json");
        upload["detail"]!["bucket"]!["name"] = "somebody-elses";
        var job = Event("judge-completed.json");
        job["detail"]!["TrainingJobName"] = "xgboost-1";
        var running = Event("judge-completed.json");
        running["detail"]!["TrainingJobStatus"] = "InProgress";
        var execution = Event("execution-aborted.json");
        execution["detail"]!["stateMachineArn"] = "arn:aws:states:us-east-1:123456789012:stateMachine:other";

        new[] { upload, job, running, execution }.SelectMany(Matching).ShouldBeEmpty();
    }

    [Fact]
    public void A_run_is_started_with_the_event_as_it_is()
    {
        var target = _pipeline.Resource("AWS::Events::Rule", "EventsUploads")["Targets"]!.AsArray().ShouldHaveSingleItem()!;

        ((string)target["Arn"]!).ShouldStartWith("{EvaluationMachine");
        new[] { "Input", "InputPath", "InputTransformer" }.ShouldAllBe(field => target[field] == null);
    }

    [Fact]
    public void Whatever_cannot_be_delivered_goes_to_the_queue()
    {
        var targets = stacks.Other.Resources("AWS::Events::Rule").SelectMany(rule => rule.Properties["Targets"]!.AsArray())
            .Concat(stacks.Other.Resources("AWS::Scheduler::Schedule").Select(schedule => schedule.Properties["Target"])).ToArray();

        targets.Length.ShouldBe(5);
        targets.ShouldAllBe(target => ((string)target!["DeadLetterConfig"]!["Arn"]!).StartsWith("{UndeliveredQueue"));
        targets.ShouldAllBe(target => (int)target!["RetryPolicy"]!["MaximumRetryAttempts"]! >= 10);
    }

    [Fact]
    public void The_suite_is_not_scheduled_unless_the_deployment_says_so()
    {
        _pipeline.Resources("AWS::Scheduler::Schedule").ShouldHaveSingleItem().LogicalId.ShouldStartWith("ClockSweep");
    }

    [Fact]
    public void A_scheduled_run_gets_its_request_and_the_time_it_was_meant_for()
    {
        var suite = stacks.Other.Resource("AWS::Scheduler::Schedule", "ClockSuite");

        ((string?)suite["ScheduleExpression"]).ShouldBe("cron(0 6 ? * MON *)");
        ((string?)suite["ScheduleExpressionTimezone"]).ShouldBe("Europe/Berlin");
        ((string)suite["Target"]!["Arn"]!).ShouldStartWith("{EvaluationMachine");
        ((string?)suite["Target"]!["Input"]).ShouldBe("""{"scheduledTime":"<aws.scheduler.scheduled-time>","request":{"suite":"nightly"}}""");
    }

    [Fact]
    public void A_scheduled_run_is_named_after_its_suite_and_that_time()
    {
        var input = ((string)stacks.Other.Resource("AWS::Scheduler::Schedule", "ClockSuite")["Target"]!["Input"]!).Replace("<aws.scheduler.scheduled-time>", "2026-11-23T06:00:00Z");

        var trigger = TriggerReader.Read(JsonDocument.Parse(input).RootElement, new ExecutionInfo("arn:of:this", "a-name", DateTimeOffset.UnixEpoch));

        trigger.Identity.RunId.Value.ShouldBe("nightly-20261123-060000");
        trigger.Body.GetProperty("suite").GetString().ShouldBe("nightly");
    }

    [Fact]
    public void The_schedules_event_has_the_shape_of_what_the_schedule_sends()
    {
        var sent = JsonNode.Parse((string)stacks.Other.Resource("AWS::Scheduler::Schedule", "ClockSuite")["Target"]!["Input"]!)!.AsObject();

        Event("schedule.json").Select(field => field.Key).ShouldBe(sent.Select(field => field.Key));
    }

    private string[] Matching(JsonObject @event) =>
    [
        .. _pipeline.Resources("AWS::Events::Rule").Where(rule => Matches(rule.Properties["EventPattern"]!, @event)).Select(rule => rule.LogicalId),
    ];

    // EventBridge's rules, as far as ours use them.
    private static bool Matches(JsonNode pattern, JsonNode? value) => pattern switch
    {
        JsonObject fields => value is JsonObject && fields.All(field => Matches(field.Value!, value[field.Key])),
        JsonArray conditions => value is not null && conditions.Any(condition => Holds(condition!, value)),
        _ => throw new InvalidOperationException($"Not a pattern: {pattern}"),
    };

    private static bool Holds(JsonNode condition, JsonNode value) => condition switch
    {
        JsonObject { Count: 1 } prefix when prefix["prefix"] is { } start => ((string)value!).StartsWith((string)start!, StringComparison.Ordinal),
        JsonObject { Count: 1 } others when others["anything-but"] is JsonArray excluded => !excluded.Any(item => JsonNode.DeepEquals(item, value)),
        JsonValue text when text.TryGetValue<string>(out var reference) && reference.StartsWith("{StoreBucket") => (string?)value == Bucket,
        JsonValue text when text.TryGetValue<string>(out var reference) && reference.StartsWith("{EvaluationMachine") => ((string?)value)?.EndsWith(":stateMachine:nova-judge") == true,
        JsonValue => JsonNode.DeepEquals(condition, value),
        _ => throw new InvalidOperationException($"Not a condition: {condition}"),
    };

    private static JsonObject Event(string file) => JsonNode.Parse(File.ReadAllText(Repository.PathTo("events", file)))!.AsObject();
}
