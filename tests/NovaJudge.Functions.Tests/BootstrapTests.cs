using System.Text;
using System.Text.Json;

namespace NovaJudge.Functions.Tests;

/// <summary>Beside the tests of the loop: both set the variable of the trace.</summary>
[Collection(nameof(Environment))]
public sealed class BootstrapTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_handler_that_is_no_step_is_reported_with_everything_else_before_the_first_call()
    {
        await using var api = await LoopbackServer.StartAsync(null, LoopbackServer.Reply(202, ""));
        using var output = new StringWriter();

        var exitCode = await RunAsync(api, output, Token, ("_HANDLER", "PlanRuns"));

        exitCode.ShouldBe(1);
        var call = api.Calls.ShouldHaveSingleItem();
        call.RawTarget.ShouldBe("/2018-06-01/runtime/init/error");
        call.Header("Lambda-Runtime-Function-Error-Type").ShouldBe("Runtime.BadSettings");
        var error = JsonElement.Parse(Encoding.UTF8.GetString(call.Body));
        error.GetProperty("errorType").GetString().ShouldBe("Runtime.BadSettings");
        var message = error.GetProperty("errorMessage").GetString().ShouldNotBeNull();
        message.ShouldContain("not \"PlanRuns\"");
        message.ShouldContain("RecordFailure");
        message.ShouldContain("NOVA_BUCKET");
        message.ShouldContain("AWS_REGION");
        output.ToString().ShouldContain("Runtime.BadSettings");
    }

    [Fact]
    public async Task A_function_that_is_started_by_hand_says_what_it_is()
    {
        using var output = new StringWriter();

        var exitCode = await Bootstrap.RunAsync(_ => null, output, Token);

        exitCode.ShouldBe(1);
        output.ToString().ShouldContain("AWS_LAMBDA_RUNTIME_API");
        output.ToString().ShouldContain("./nova run");
    }

    [Fact]
    public async Task Bad_input_reaches_the_machine_under_its_stable_name()
    {
        // The SDK reads it by itself.
        Environment.SetEnvironmentVariable("AWS_REGION", "us-east-1");
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        await using var api = await LoopbackServer.StartAsync(null,
            LoopbackServer.Reply(200, """{"execution":{"id":"arn","name":"n","startTime":"2026-01-02T03:04:05Z"},"input":{"trigger":"nobody"}}""", ("Lambda-Runtime-Aws-Request-Id", "request-1")),
            async context =>
            {
                await LoopbackServer.Reply(202, "")(context);
                await stop.CancelAsync();
            });
        using var output = new StringWriter();

        await RunAsync(api, output, stop.Token, ("_HANDLER", "PlanRun"), ("NOVA_BUCKET", "runs"), ("AWS_REGION", "us-east-1"));

        var error = api.Calls[1];
        error.RawTarget.ShouldBe("/2018-06-01/runtime/invocation/request-1/error");
        error.Header("Lambda-Runtime-Function-Error-Type").ShouldBe("Function.BadInput");
        JsonElement.Parse(Encoding.UTF8.GetString(error.Body)).GetProperty("errorType").GetString().ShouldBe("BadInput");
    }

    private static Task<int> RunAsync(LoopbackServer api, TextWriter output, CancellationToken cancellationToken, params (string Name, string Value)[] variables) => Bootstrap.RunAsync(
        name => name == "AWS_LAMBDA_RUNTIME_API" ? api.Address["http://".Length..] : variables.FirstOrDefault(variable => variable.Name == name).Value, output, cancellationToken);
}
