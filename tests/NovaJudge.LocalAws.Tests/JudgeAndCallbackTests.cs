using System.Collections.Concurrent;
using System.Text.Json;
using NovaJudge.Aws.Announcing;
using NovaJudge.Aws.EventBridge;
using NovaJudge.Aws.SageMaker;
using NovaJudge.Aws.SimpleNotificationService;
using NovaJudge.Aws.StepFunctions;
using NovaJudge.Pipeline;
using NovaJudge.Pipeline.Judging;
using NovaJudge.Pipeline.Metrics;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.LocalAws.Tests;

public sealed class JudgeAndCallbackTests
{
    private static readonly JudgeSettings Judge = new() { Kind = "embedded:token-f1", MaxRuntimeMinutes = 120, Concurrency = 1 };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_job_goes_through_sagemaker_as_it_was_asked_for()
    {
        var jobs = new RememberedJobs();
        await using var aws = await SignedLocalAws.StartAsync(new LocalAwsOptions { Jobs = jobs, JudgeImages = new Dictionary<string, string> { ["repo/token-f1"] = Judge.Kind } });
        var judges = Open(aws);

        var before = await judges.FindAsync("nova-a-1", Token);
        await judges.StartAsync(new JudgeJobRequest("nova-a-1", RunId.Parse("a"), Judge, "arn:aws:states:us-east-1:123456789012:execution:nova-judge:a"), Token);
        var after = await judges.FindAsync("nova-a-1", Token);

        before.ShouldBeNull();
        after.ShouldBe(new JudgeJob("nova-a-1", JudgeJobState.InProgress, null, null, "repo/token-f1") { Region = "us-east-1" });
        jobs.Started.ShouldHaveSingleItem().ShouldBe(new JudgeJobRequest(
            "nova-a-1", RunId.Parse("a"), Judge with { Image = "repo/token-f1", InstanceType = "ml.m5.large" }, "arn:aws:states:us-east-1:123456789012:execution:nova-judge:a"));
    }

    [Theory]
    [InlineData(JudgeJobState.Completed)]
    [InlineData(JudgeJobState.Failed)]
    [InlineData(JudgeJobState.Stopped)]
    [InlineData(JudgeJobState.TimedOut)]
    [InlineData(JudgeJobState.Stopping)]
    public async Task Every_end_of_a_job_is_told(JudgeJobState state)
    {
        var jobs = new RememberedJobs();
        jobs.All["nova-a-1"] = new JudgeJob("nova-a-1", state, "why", 930, "repo/token-f1");
        await using var aws = await SignedLocalAws.StartAsync(new LocalAwsOptions { Jobs = jobs });

        var job = await Open(aws).FindAsync("nova-a-1", Token);

        job.ShouldBe(jobs.All["nova-a-1"] with { Region = "us-east-1" });
    }

    [Fact]
    public async Task Starting_a_job_twice_leaves_the_first_one()
    {
        var jobs = new RememberedJobs();
        await using var aws = await SignedLocalAws.StartAsync(new LocalAwsOptions { Jobs = jobs, JudgeImages = new Dictionary<string, string> { ["repo/token-f1"] = Judge.Kind } });
        var request = new JudgeJobRequest("nova-a-1", RunId.Parse("a"), Judge, "arn");

        await Open(aws).StartAsync(request, Token);
        await Open(aws).StartAsync(request, Token);

        jobs.Started.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_job_is_stopped_once_and_a_second_time_without_harm()
    {
        var jobs = new RememberedJobs();
        jobs.All["nova-a-1"] = new JudgeJob("nova-a-1", JudgeJobState.InProgress);
        await using var aws = await SignedLocalAws.StartAsync(new LocalAwsOptions { Jobs = jobs });

        await Open(aws).StopAsync("nova-a-1", Token);
        jobs.All["nova-a-1"] = new JudgeJob("nova-a-1", JudgeJobState.Stopped);
        await Open(aws).StopAsync("nova-a-1", Token);
        await Open(aws).StopAsync("nova-nobody-1", Token);

        jobs.StopCalls.ShouldBe(["nova-a-1"]);
    }

    [Fact]
    public async Task An_answer_to_a_task_arrives_and_a_second_one_finds_it_closed()
    {
        var tasks = new RememberedTasks();
        await using var aws = await SignedLocalAws.StartAsync(new LocalAwsOptions { Callbacks = tasks });
        using var client = new AmazonStepFunctionsClient(SignedLocalAws.Credentials, aws.Config<AmazonStepFunctionsConfig>());
        var callbacks = new StepFunctionsCallbacks(client);

        var heartbeat = await callbacks.HeartbeatAsync("token", Token);
        var first = await callbacks.SucceedAsync("token", """{"a":"ä"}""", Token);
        var second = await callbacks.FailAsync("token", "Judge.Failed", "too late", Token);

        (heartbeat, first, second).ShouldBe((CallbackAnswer.Accepted, CallbackAnswer.Accepted, CallbackAnswer.Closed));
        tasks.Calls.ShouldBe(["heartbeat token", """success token {"a":"ä"}""", "failure token Judge.Failed too late"]);
    }

    [Fact]
    public async Task The_end_of_a_run_is_put_on_the_bus_and_sent_to_the_topic()
    {
        var events = new ConcurrentQueue<JsonElement>();
        var messages = new ConcurrentQueue<(string Topic, string Subject, string Text)>();
        await using var aws = await SignedLocalAws.StartAsync(new LocalAwsOptions { OnEvent = events.Enqueue, OnMessage = (topic, subject, text) => messages.Enqueue((topic, subject, text)) });
        var announcer = new AwsRunAnnouncer(
            new(() => new AmazonEventBridgeClient(SignedLocalAws.Credentials, aws.Config<AmazonEventBridgeConfig>())),
            new(() => new AmazonSimpleNotificationServiceClient(SignedLocalAws.Credentials, aws.Config<AmazonSimpleNotificationServiceConfig>())),
            new AnnouncementSettings { Region = "us-east-1", Bucket = "runs", TopicArn = "arn:aws:sns:us-east-1:123456789012:results", LinkBase = "" },
            TextWriter.Null);

        await announcer.AnnounceAsync(Summary, Token);
        var links = await announcer.LinkAsync(Summary.RunId, Token);

        var @event = events.ShouldHaveSingleItem();
        @event.GetProperty("source").GetString().ShouldBe("nova.judge");
        @event.GetProperty("detail-type").GetString().ShouldBe("Nova judge run finished");
        @event.GetProperty("detail").GetProperty("sentence").GetString().ShouldBe(Summary.Sentence);
        var (topic, subject, text) = messages.ShouldHaveSingleItem();
        topic.ShouldBe("arn:aws:sns:us-east-1:123456789012:results");
        subject.ShouldContain("squad-qa");
        text.ShouldContain("B & A: 100% = 1+0");
        links.ReportUrl.ShouldBe("runs/a/report/report.html");
    }

    private static RunSummary Summary => new()
    {
        RunId = RunId.Parse("a"),
        Suite = "squad-qa",
        CreatedAt = DateTimeOffset.UnixEpoch,
        FinishedAt = DateTimeOffset.UnixEpoch,
        Verdict = "b_better",
        Sentence = "B & A: 100% = 1+0",
        Gate = GateStatus.Passed,
    };

    private static SageMakerJudgeJobs Open(SignedLocalAws aws) => new(
        new Lazy<AmazonSageMakerClient>(() => new AmazonSageMakerClient(SignedLocalAws.Credentials, aws.Config<AmazonSageMakerConfig>())),
        new SageMakerJudgeSettings { Region = "us-east-1", Bucket = "runs", RoleArn = "arn:aws:iam::123456789012:role/judge", OtherJudges = new Dictionary<string, string> { [Judge.Kind] = "repo/token-f1" } });

    private sealed class RememberedJobs : IJudgeJobs
    {
        public ConcurrentDictionary<string, JudgeJob> All { get; } = new();

        public ConcurrentQueue<JudgeJobRequest> Started { get; } = new();

        public ConcurrentQueue<string> StopCalls { get; } = new();

        public ValueTask<string?> CheckAsync(JudgeSettings judge, CancellationToken cancellationToken) => ValueTask.FromResult<string?>(null);

        public Task<JudgeJob?> FindAsync(string jobName, CancellationToken cancellationToken) => Task.FromResult(All.GetValueOrDefault(jobName));

        public Task StartAsync(JudgeJobRequest request, CancellationToken cancellationToken)
        {
            Started.Enqueue(request);
            All[request.JobName] = new JudgeJob(request.JobName, JudgeJobState.InProgress);
            return Task.CompletedTask;
        }

        public Task StopAsync(string jobName, CancellationToken cancellationToken)
        {
            StopCalls.Enqueue(jobName);
            return Task.CompletedTask;
        }
    }

    private sealed class RememberedTasks : ITaskCallbacks
    {
        private bool _closed;

        public ConcurrentQueue<string> Calls { get; } = new();

        public Task<CallbackAnswer> SucceedAsync(string taskToken, string outputJson, CancellationToken cancellationToken) => Close($"success {taskToken} {outputJson}");

        public Task<CallbackAnswer> FailAsync(string taskToken, string error, string cause, CancellationToken cancellationToken) => Close($"failure {taskToken} {error} {cause}");

        public Task<CallbackAnswer> HeartbeatAsync(string taskToken, CancellationToken cancellationToken)
        {
            Calls.Enqueue($"heartbeat {taskToken}");
            return Task.FromResult(_closed ? CallbackAnswer.Closed : CallbackAnswer.Accepted);
        }

        private Task<CallbackAnswer> Close(string call)
        {
            Calls.Enqueue(call);
            var answer = _closed ? CallbackAnswer.Closed : CallbackAnswer.Accepted;
            _closed = true;
            return Task.FromResult(answer);
        }
    }
}
