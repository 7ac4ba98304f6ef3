using System.Text.Json;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Time.Testing;
using NovaJudge.Pipeline.Judging;
using NovaJudge.Pipeline.Metrics;
using NovaJudge.Pipeline.Runs;
using NovaJudge.Pipeline.Steps;
using NovaJudge.Pipeline.Tests.Runs;
using NovaJudge.Tests.Shared;

namespace NovaJudge.Pipeline.Tests.Steps;

/// <summary>The steps on a store in memory, with substitutes at the ports only.</summary>
internal sealed class StepFixture : IStepPorts, IDatasetSources, IModelProvider, IJudgeJobs, ITaskCallbacks, IReportRenderer, IRunAnnouncer
{
    public static readonly RunId RunId = RunId.Parse("run-1");
    private readonly StepRouter _router;

    public StepFixture() => _router = new StepRouter(this);

    public MemoryStore Memory { get; } = new();

    public RunKeys Keys { get; } = new(RunId);

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));

    public Dictionary<string, string> Files { get; } = [];

    /// <summary>Answers a prompt's text, by the model's spec.</summary>
    public Func<string, string, CancellationToken, Task<string>> Answer { get; set; } = (model, text, _) => Task.FromResult($"{model} on {text}");

    public Dictionary<string, JudgeJob> Jobs { get; } = [];

    public List<string> StartedJobs { get; } = [];

    /// <summary>What the last job was started with.</summary>
    public JudgeJobRequest? LastJob { get; private set; }

    /// <summary>What jobs are paid for; absent: nobody is paid.</summary>
    public JudgeInstance? Instance { get; init; }

    public List<string> StoppedJobs { get; } = [];

    /// <summary>What was told to waiting tasks, in order.</summary>
    public List<string> Told { get; } = [];

    public HashSet<string> ClosedTokens { get; } = [];

    public IObjectStore Store => Memory;

    public IJournal Journal => Memory;

    public IDatasetSources Datasets => this;

    public IModelProvider Models => this;

    public IJudgeJobs Judges => this;

    public ITaskCallbacks Callbacks => this;

    public IReportRenderer Reports => this;

    public IRunAnnouncer Announcer => this;

    public RequestDefaults Defaults => RequestReaderTests.Defaults;

    public TimeProvider Time => Clock;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Runs a step as a Lambda function would, from JSON to JSON.</summary>
    public async Task<JsonElement> RunAsync(string step, object input)
    {
        var output = await _router.InvokeAsync(step, JsonSerializer.SerializeToUtf8Bytes(input), Token);
        using var document = JsonDocument.Parse(output);
        return document.RootElement.Clone();
    }

    public Task<JsonElement> RunAsync(string step) => RunAsync(step, new { runId = RunId.Value });

    public Task<JsonElement> PlanAsync(object request, string execution = "execution-1")
    {
        var input = JsonSerializer.SerializeToNode(request)!.AsObject();
        input.TryAdd("runId", RunId.Value);
        return RunAsync(StepNames.PlanRun, new { execution = new { id = execution, name = execution, startTime = Clock.GetUtcNow() }, input });
    }

    /// <summary>A run whose prompts are sampled: numbered questions with the reference "right".</summary>
    public async Task SampledAsync(int prompts, object? generation = null, string judge = "nova")
    {
        Files["questions.jsonl"] = string.Concat(Enumerable.Range(1, prompts).Select(i => $"{{\"id\":\"q{i}\",\"prompt\":\"Question {i}?\",\"references\":[\"right\"]}}\n"));
        await PlanAsync(new { dataset = new { source = "questions.jsonl", sample = new { method = "all" } }, generation = generation ?? new { batchSize = 5 }, judge = new { kind = judge } });
        await RunAsync(StepNames.SamplePrompts);
    }

    /// <summary>Lets one model answer one batch.</summary>
    public Task<JsonElement> GenerateAsync(string slot, int batch)
    {
        var row = JsonSerializer.Deserialize<JsonElement>(Memory.Lines(Keys.Batches)[batch]);
        return RunAsync(StepNames.GenerateResponses, new { runId = RunId.Value, slot, batch = row });
    }

    /// <summary>Lets both models answer everything.</summary>
    public async Task GeneratedAsync()
    {
        for (var batch = 0; batch < Memory.Lines(Keys.Batches).Count; batch++)
        {
            await GenerateAsync("a", batch);
            await GenerateAsync("b", batch);
        }
    }

    ValueTask<string?> IDatasetSources.CheckAsync(string source, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Files.ContainsKey(source) ? null : $"there is no {source}.");

    Task<Stream> IDatasetSources.OpenAsync(string source, CancellationToken cancellationToken) =>
        Task.FromResult<Stream>(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(Files[source])));

    ValueTask<string?> IModelProvider.CheckAsync(ModelSettings settings, CancellationToken cancellationToken) =>
        ValueTask.FromResult(settings.Model.Target == "unknown" ? "there is no such model." : null);

    IChatClient IModelProvider.Open(ModelSettings settings) => new DelegatedModel(settings.Model.ToString(), this);

    ValueTask<string?> IJudgeJobs.CheckAsync(JudgeSettings judge, CancellationToken cancellationToken) =>
        ValueTask.FromResult(judge.Kind == "nova-rubric" ? "the rubric judge is not to be had." : null);

    JudgeInstance? IJudgeJobs.InstanceOf(JudgeSettings judge) => Instance;

    Task<JudgeJob?> IJudgeJobs.FindAsync(string jobName, CancellationToken cancellationToken) => Task.FromResult(Jobs.GetValueOrDefault(jobName));

    Task IJudgeJobs.StartAsync(JudgeJobRequest request, CancellationToken cancellationToken)
    {
        StartedJobs.Add(request.JobName);
        LastJob = request;
        Jobs.TryAdd(request.JobName, new JudgeJob(request.JobName, JudgeJobState.InProgress));
        return Task.CompletedTask;
    }

    Task IJudgeJobs.StopAsync(string jobName, CancellationToken cancellationToken)
    {
        StoppedJobs.Add(jobName);
        return Task.CompletedTask;
    }

    Task<CallbackAnswer> ITaskCallbacks.SucceedAsync(string taskToken, string outputJson, CancellationToken cancellationToken) => Tell(taskToken, $"{taskToken} succeeded");

    Task<CallbackAnswer> ITaskCallbacks.FailAsync(string taskToken, string error, string cause, CancellationToken cancellationToken) => Tell(taskToken, $"{taskToken} failed with {error}: {cause}");

    Task<CallbackAnswer> ITaskCallbacks.HeartbeatAsync(string taskToken, CancellationToken cancellationToken) => Tell(taskToken, $"{taskToken} lives");

    Task<IReadOnlyList<string>> IReportRenderer.RenderAsync(RunId runId, RunMetrics metrics, IObjectStore store, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<string>>(["figure.png"]);

    ValueTask<RunLinks> IRunAnnouncer.LinkAsync(RunId runId, CancellationToken cancellationToken) => ValueTask.FromResult(new RunLinks("report", "figure"));

    Task IRunAnnouncer.AnnounceAsync(RunSummary summary, CancellationToken cancellationToken) => Task.CompletedTask;

    private Task<CallbackAnswer> Tell(string taskToken, string what)
    {
        Told.Add(what);
        return Task.FromResult(ClosedTokens.Contains(taskToken) ? CallbackAnswer.Closed : CallbackAnswer.Accepted);
    }

    private sealed class DelegatedModel(string spec, StepFixture fixture) : IChatClient
    {
        public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            new(new ChatMessage(ChatRole.Assistant, await fixture.Answer(spec, messages.Last().Text, cancellationToken))) { FinishReason = ChatFinishReason.Stop };

        public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
