using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using NovaJudge.StatesLanguage;
using NovaJudge.StatesLanguage.Tasks;

namespace NovaJudge.Benchmarks.States;

/// <summary>
/// Transitions per second of the States Language interpreter, beside npm aws-local-stepfunctions on the same definitions in the same run.
/// <c>--npm DIR</c> names a folder in which that package is installed (<c>npm install aws-local-stepfunctions@3.0.0</c>); without it only
/// this interpreter is measured.
/// </summary>
public static class StatesBenchmark
{
    // Long enough for both just-in-time compilers to settle.
    private const double SecondsPerRace = 2;

    public static async Task RunAsync(string[] args)
    {
        var npm = Array.IndexOf(args, "--npm") is var at and >= 0 && at + 1 < args.Length ? args[at + 1] : null;
        Console.WriteLine("States Language interpreter, best of two seconds of runs; transitions per second");
        foreach (var race in StatesDefinition.All)
        {
            var ours = await MeasureAsync(race);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{race.Name,-6} {race.Description,-42} {race.Transitions / ours.Seconds,12:N0}/s   {ours.AllocatedBytes / (double)race.Transitions,6:N0} B allocated per transition, {ours.RetainedBytes / (double)race.Transitions,6:N0} B kept"));
            if (npm is not null && await MeasureNpmAsync(race, npm) is { } theirs)
            {
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"       {"npm aws-local-stepfunctions",-42} {race.Transitions / theirs,12:N0}/s   ratio {theirs / ours.Seconds:N1} x"));
            }
        }
    }

    private static async Task<(double Seconds, long AllocatedBytes, long RetainedBytes)> MeasureAsync(StatesDefinition race)
    {
        var definition = StateMachineDefinition.Parse(race.Definition);
        var request = new ExecutionRequest
        {
            StateMachineArn = "arn:aws:states:us-east-1:123456789012:stateMachine:race",
            StateMachineName = "race",
            ExecutionArn = "arn:aws:states:us-east-1:123456789012:execution:race:run",
            ExecutionName = "run",
            Input = Encoding.UTF8.GetBytes(race.Input),
        };
        var interpreter = new Interpreter(new InterpreterOptions { Tasks = new Echo(), Limits = ExecutionLimits.None, Invocation = TaskInvocation.InOrder });
        var (best, allocated, retained) = (double.MaxValue, long.MaxValue, long.MaxValue);
        var racing = Stopwatch.StartNew();
        while (racing.Elapsed.TotalSeconds < SecondsPerRace)
        {
            var before = GC.GetTotalMemory(forceFullCollection: true);
            var allocatedBefore = GC.GetTotalAllocatedBytes(precise: true);
            var clock = Stopwatch.StartNew();
            var execution = interpreter.Start(definition, request);
            var result = await execution.Completion;
            best = Math.Min(best, clock.Elapsed.TotalSeconds);
            allocated = Math.Min(allocated, GC.GetTotalAllocatedBytes(precise: true) - allocatedBefore);
            retained = Math.Min(retained, GC.GetTotalMemory(forceFullCollection: true) - before);
            if (result.Status != ExecutionStatus.Succeeded)
            {
                throw new InvalidOperationException($"{race.Name}: {result.Error}: {result.Cause}");
            }

            GC.KeepAlive(execution);
        }

        return (best, allocated, retained);
    }

    private static async Task<double?> MeasureNpmAsync(StatesDefinition race, string folder)
    {
        var script = Path.Combine(folder, "nova-states-benchmark.mjs");
        await File.WriteAllTextAsync(script, NpmScript);
        var start = new ProcessStartInfo("node", [script]) { RedirectStandardInput = true, RedirectStandardOutput = true, WorkingDirectory = folder };
        using var node = Process.Start(start) ?? throw new InvalidOperationException("node does not start");
        await node.StandardInput.WriteAsync($"{{\"definition\":{race.Definition},\"input\":{race.Input},\"seconds\":{SecondsPerRace}}}");
        node.StandardInput.Close();
        var output = await node.StandardOutput.ReadToEndAsync();
        await node.WaitForExitAsync();
        if (node.ExitCode != 0)
        {
            Console.WriteLine($"       npm aws-local-stepfunctions failed on '{race.Name}', exit code {node.ExitCode}");
            return null;
        }

        using var answer = JsonDocument.Parse(output);
        return answer.RootElement.GetProperty("seconds").GetDouble();
    }

    private sealed class Echo : ITaskIntegration
    {
        public ValueTask<TaskOutcome> InvokeAsync(TaskRequest request, CancellationToken cancellationToken) => new(TaskOutcome.Succeeded(request.Input));
    }

    // The package uses Promise.withResolvers, which Node 20 lacks.
    private const string NpmScript = """
        import { StateMachine } from 'aws-local-stepfunctions';
        import { performance } from 'node:perf_hooks';
        import { readFileSync } from 'node:fs';
        Promise.withResolvers ??= function () { let resolve, reject; const promise = new Promise((a, b) => { resolve = a; reject = b; }); return { promise, resolve, reject }; };
        const { definition, input, seconds: most } = JSON.parse(readFileSync(0, 'utf8'));
        const machine = new StateMachine(definition);
        const overrides = { taskResourceLocalHandlers: { T: async item => item } };
        let seconds = Infinity;
        for (const begin = performance.now(); performance.now() - begin < most * 1000;) {
          const start = performance.now();
          await machine.run(input, { overrides }).result;
          seconds = Math.min(seconds, (performance.now() - start) / 1000);
        }
        console.log(JSON.stringify({ seconds }));
        """;
}
