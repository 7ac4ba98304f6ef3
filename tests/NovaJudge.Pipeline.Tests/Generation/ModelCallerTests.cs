using Microsoft.Extensions.AI;
using Microsoft.Extensions.Time.Testing;
using NovaJudge.Pipeline.Generation;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Pipeline.Tests.Generation;

public sealed class ModelCallerTests
{
    private readonly FakeTimeProvider _time = new();

    [Theory]
    [InlineData(ModelFailureKind.Transient, "http500", 4)]
    [InlineData(ModelFailureKind.Transient, "timeout", 2)]
    [InlineData(ModelFailureKind.Item, "contextTooLong", 1)]
    public async Task A_failure_of_one_prompt_is_tried_again_as_far_as_it_can_help_and_then_counted(ModelFailureKind kind, string code, int attempts)
    {
        var client = new ScriptedClient(_ => throw new ModelException(kind, code, "no"));

        var answer = await CallAsync(client);

        answer.Error.ShouldBe(new ResponseError(code, "no"));
        answer.Text.ShouldBeNull();
        client.Calls.ShouldBe(attempts);
    }

    [Theory]
    [InlineData(ModelFailureKind.Throttled, 8)]
    [InlineData(ModelFailureKind.Warming, 1)]
    [InlineData(ModelFailureKind.Permanent, 1)]
    public async Task A_failure_of_the_model_stops_the_batch(ModelFailureKind kind, int attempts)
    {
        var client = new ScriptedClient(_ => throw new ModelException(kind, "x", "no"));

        (await Should.ThrowAsync<ModelException>(() => CallAsync(client))).Kind.ShouldBe(kind);

        client.Calls.ShouldBe(attempts);
    }

    [Fact]
    public async Task A_refused_call_waits_as_long_as_the_service_asks()
    {
        var times = new List<DateTimeOffset>();
        var client = new ScriptedClient(call =>
        {
            times.Add(_time.GetUtcNow());
            return call == 1 ? throw new ModelException(ModelFailureKind.Throttled, "throttled", "later", TimeSpan.FromSeconds(30)) : "fine";
        });

        (await CallAsync(client)).Text.ShouldBe("fine");

        (times[1] - times[0]).ShouldBeInRange(TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(32));
    }

    [Fact]
    public async Task A_client_that_never_answers_is_given_up_even_if_it_does_not_listen()
    {
        var client = new ScriptedClient(_ => "") { Hangs = true };

        var answer = await CallAsync(client);

        answer.Error!.Kind.ShouldBe("timeout");
        client.Calls.ShouldBe(2);
    }

    [Fact]
    public async Task An_unexpected_exception_of_a_client_is_that_prompts_failure()
    {
        var client = new ScriptedClient(_ => throw new InvalidOperationException("broken"));

        (await CallAsync(client)).Error!.Kind.ShouldBe("clientError");
    }

    [Fact]
    public async Task Cancelling_ends_a_wait()
    {
        using var stop = new CancellationTokenSource();
        var client = new ScriptedClient(_ => throw new ModelException(ModelFailureKind.Throttled, "throttled", "later", TimeSpan.FromDays(1)));

        var call = Caller(client).CallAsync("Hello?", new Dictionary<string, string?>(), stop.Token);
        await stop.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => call);
    }

    private ModelCaller Caller(IChatClient client) =>
        new(client, ModelSettings.Of(ModelSpec.Parse("embedded:x")), TimeSpan.FromSeconds(60), _time, "a", 4);

    private async Task<ModelAnswer> CallAsync(IChatClient client)
    {
        var call = Caller(client).CallAsync("Hello?", new Dictionary<string, string?>(), TestContext.Current.CancellationToken);
        while (!call.IsCompleted)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        return await call;
    }
}

/// <summary>A model that does at each call what a test says.</summary>
internal sealed class ScriptedClient(Func<int, string> answer, CallPace? pace = null) : IChatClient
{
    private int _calls;

    public int Calls => Volatile.Read(ref _calls);

    public bool Hangs { get; init; }

    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var call = Interlocked.Increment(ref _calls);
        if (Hangs)
        {
            await new TaskCompletionSource().Task;
        }

        return new ChatResponse(new ChatMessage(ChatRole.Assistant, answer(call)));
    }

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public object? GetService(Type serviceType, object? serviceKey = null) => serviceType == typeof(CallPace) ? pace : null;

    public void Dispose()
    {
    }
}
