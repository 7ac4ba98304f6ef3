using System.Net;
using System.Text;
using NovaJudge.LocalAws.Lambda;

namespace NovaJudge.LocalAws.Tests.Lambda;

public sealed class LambdaRuntimeApiTests : IAsyncLifetime
{
    private readonly HttpClient _client = new();
    private LocalAwsServer _aws = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _aws = await LocalAwsServer.StartAsync(new LocalAwsOptions(), Token);

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _aws.DisposeAsync();
    }

    [Fact]
    public async Task A_call_reaches_a_process_and_its_answer_the_caller()
    {
        var function = _aws.Functions.AddFunction("PlanRun", TimeSpan.FromMinutes(2));
        var instance = _aws.Functions.AddInstance(function);

        var answer = function.InvokeAsync("{\"a\":1}"u8.ToArray(), Token);
        using var call = await NextAsync(instance);
        var accepted = await PostAsync(instance, $"invocation/{Id(call)}/response", "[2]");

        (await call.Content.ReadAsStringAsync(Token)).ShouldBe("{\"a\":1}");
        accepted.ShouldBe(HttpStatusCode.Accepted);
        Encoding.UTF8.GetString(await answer).ShouldBe("[2]");
        var deadline = DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(call.Headers.GetValues("Lambda-Runtime-Deadline-Ms").Single()));
        deadline.ShouldBe(DateTimeOffset.UtcNow.AddMinutes(2), TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task An_error_reaches_the_caller_with_the_name_that_the_function_gave_it()
    {
        var function = _aws.Functions.AddFunction("PlanRun", TimeSpan.FromMinutes(2));
        var instance = _aws.Functions.AddInstance(function);
        var answer = function.InvokeAsync("{}"u8.ToArray(), Token);
        using var call = await NextAsync(instance);

        await PostAsync(instance, $"invocation/{Id(call)}/error", """{"errorMessage":"why","errorType":"Model.Throttled","stackTrace":[]}""");

        var error = await Should.ThrowAsync<FunctionErrorException>(() => answer);
        error.ErrorType.ShouldBe("Model.Throttled");
        error.Body.ShouldBe("""{"errorMessage":"why","errorType":"Model.Throttled","stackTrace":[]}""");
    }

    [Fact]
    public async Task Calls_are_served_by_as_many_processes_as_there_are()
    {
        var function = _aws.Functions.AddFunction("GenerateResponses", TimeSpan.FromMinutes(2));
        var (first, second) = (_aws.Functions.AddInstance(function), _aws.Functions.AddInstance(function));
        var answers = new[] { function.InvokeAsync("1"u8.ToArray(), Token), function.InvokeAsync("2"u8.ToArray(), Token) };

        using var one = await NextAsync(first);
        using var two = await NextAsync(second);
        await PostAsync(second, $"invocation/{Id(two)}/response", "\"second\"");
        await PostAsync(first, $"invocation/{Id(one)}/response", "\"first\"");

        (await Task.WhenAll(answers)).Select(Encoding.UTF8.GetString).ShouldBe(["\"first\"", "\"second\""]);
    }

    [Fact]
    public async Task An_answer_to_another_call_is_refused()
    {
        var function = _aws.Functions.AddFunction("PlanRun", TimeSpan.FromMinutes(2));
        var instance = _aws.Functions.AddInstance(function);
        _ = function.InvokeAsync("{}"u8.ToArray(), Token);
        using var call = await NextAsync(instance);

        (await PostAsync(instance, "invocation/11111111-2222-3333-4444-555555555555/response", "{}")).ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task An_answer_that_is_too_large_fails_the_call()
    {
        var function = _aws.Functions.AddFunction("PlanRun", TimeSpan.FromMinutes(2));
        var instance = _aws.Functions.AddInstance(function);
        var answer = function.InvokeAsync("{}"u8.ToArray(), Token);
        using var call = await NextAsync(instance);

        var status = await PostAsync(instance, $"invocation/{Id(call)}/response", new string('x', (6 * 1024 * 1024) + 101));

        status.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await Should.ThrowAsync<FunctionErrorException>(() => answer)).ErrorType.ShouldBe("Function.ResponseSizeTooLarge");
    }

    [Fact]
    public async Task A_process_that_dies_fails_its_call_and_no_other()
    {
        var function = _aws.Functions.AddFunction("PlanRun", TimeSpan.FromMinutes(2));
        var (dead, alive) = (_aws.Functions.AddInstance(function), _aws.Functions.AddInstance(function));
        var (lost, kept) = (function.InvokeAsync("1"u8.ToArray(), Token), function.InvokeAsync("2"u8.ToArray(), Token));
        using var first = await NextAsync(dead);
        using var second = await NextAsync(alive);

        dead.Exited(139);
        await PostAsync(alive, $"invocation/{Id(second)}/response", "{}");

        (await Should.ThrowAsync<FunctionErrorException>(() => lost)).ErrorType.ShouldBe("Runtime.ExitError");
        (await kept).ShouldBe("{}"u8.ToArray());
    }

    [Fact]
    public async Task A_process_that_dies_before_its_first_call_fails_what_waits()
    {
        var function = _aws.Functions.AddFunction("PlanRun", TimeSpan.FromMinutes(2));
        var instance = _aws.Functions.AddInstance(function);
        var answer = function.InvokeAsync("{}"u8.ToArray(), Token);

        instance.Exited(127);

        (await Should.ThrowAsync<FunctionErrorException>(() => answer)).ErrorType.ShouldBe("Runtime.InvalidEntrypoint");
    }

    [Fact]
    public async Task A_call_that_takes_too_long_fails_and_its_process_is_to_be_killed()
    {
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var aws = await LocalAwsServer.StartAsync(new LocalAwsOptions { Time = time }, Token);
        var function = aws.Functions.AddFunction("PlanRun", TimeSpan.FromSeconds(120));
        var instance = aws.Functions.AddInstance(function);
        var killed = 0;
        instance.OnTimeout = () => killed++;
        var answer = function.InvokeAsync("{}"u8.ToArray(), Token);
        using var call = await NextAsync(instance);

        time.Advance(TimeSpan.FromSeconds(120));

        (await Should.ThrowAsync<FunctionErrorException>(() => answer)).ErrorType.ShouldBe("Sandbox.Timedout");
        killed.ShouldBe(1);
    }

    [Fact]
    public async Task A_function_that_cannot_start_fails_what_waits_for_it()
    {
        var function = _aws.Functions.AddFunction("PlanRun", TimeSpan.FromMinutes(2));
        var instance = _aws.Functions.AddInstance(function);
        var answer = function.InvokeAsync("{}"u8.ToArray(), Token);

        await PostAsync(instance, "init/error", """{"errorMessage":"NOVA_BUCKET is not set","errorType":"Runtime.BadSettings"}""");

        (await Should.ThrowAsync<FunctionErrorException>(() => answer)).ErrorType.ShouldBe("Runtime.BadSettings");
    }

    [Fact]
    public async Task A_call_that_was_given_up_is_not_made()
    {
        var function = _aws.Functions.AddFunction("PlanRun", TimeSpan.FromMinutes(2));
        var instance = _aws.Functions.AddInstance(function);
        using var givenUp = new CancellationTokenSource();
        var first = function.InvokeAsync("1"u8.ToArray(), givenUp.Token);
        _ = function.InvokeAsync("2"u8.ToArray(), Token);

        await givenUp.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => first);
        using var call = await NextAsync(instance);

        (await call.Content.ReadAsStringAsync(Token)).ShouldBe("2");
    }

    private static string Id(HttpResponseMessage call) => call.Headers.GetValues("Lambda-Runtime-Aws-Request-Id").Single();

    private Task<HttpResponseMessage> NextAsync(FunctionInstance instance) => _client.GetAsync($"http://{instance.Address}/2018-06-01/runtime/invocation/next", Token);

    private async Task<HttpStatusCode> PostAsync(FunctionInstance instance, string path, string body)
    {
        using var content = new StringContent(body);
        using var answer = await _client.PostAsync($"http://{instance.Address}/2018-06-01/runtime/{path}", content, Token);
        return answer.StatusCode;
    }
}
