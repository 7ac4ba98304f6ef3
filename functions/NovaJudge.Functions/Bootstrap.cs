using NovaJudge.Functions.Runtime;
using NovaJudge.Pipeline.Steps;

namespace NovaJudge.Functions;

/// <summary>The life of one function instance: read the environment, then serve one step until Lambda ends the process.</summary>
internal static class Bootstrap
{
    private const string RuntimeApiVariable = "AWS_LAMBDA_RUNTIME_API";
    private const string HandlerVariable = "_HANDLER";
    private const string MemoryVariable = "AWS_LAMBDA_FUNCTION_MEMORY_SIZE";

    /// <returns>The exit code: 0 after a cancellation, 1 when the function cannot start.</returns>
    public static async Task<int> RunAsync(Func<string, string?> environment, TextWriter output, CancellationToken cancellationToken)
    {
        if (environment(RuntimeApiVariable) is not { Length: > 0 } api)
        {
            await output.WriteLineAsync($"{RuntimeApiVariable} is not set: this program is an AWS Lambda function. Run it under Lambda or an emulator (docs/operations.md), or use ./nova run.");
            return 1;
        }

        MemoryLimit.Apply(environment(MemoryVariable));
        using var client = RuntimeClient.Open(api);
        var handler = environment(HandlerVariable) ?? "";
        var runtime = new LambdaRuntime(client, TimeProvider.System, new FunctionLog(output, TimeProvider.System, handler));
        StepRouter router;
        try
        {
            router = new StepRouter(new Composition(FunctionSettings.Read(environment, HandlerProblem(handler)), output));
        }
        catch (Exception exception)
        {
            await runtime.ReportInitErrorAsync(exception, cancellationToken);
            return 1;
        }

        await runtime.RunAsync((invocation, token) => router.InvokeAsync(handler, invocation.Payload, token), cancellationToken);
        return 0;
    }

    private static string? HandlerProblem(string handler) => StepNames.All.Contains(handler)
        ? null
        : $"{HandlerVariable}: a step is expected ({string.Join(", ", StepNames.All)}), not \"{handler}\".";
}
