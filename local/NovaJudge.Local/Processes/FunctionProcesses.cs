using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using NovaJudge.LocalAws.Lambda;

namespace NovaJudge.Local.Processes;

/// <summary>
/// Serves functions by processes, as Lambda does: the first call of a function starts one, further ones start when all are busy,
/// a process that runs out of time is killed.
/// </summary>
internal sealed class FunctionProcesses(
    FunctionProgram program, LambdaRuntimeApi runtime, IReadOnlyDictionary<string, FunctionTemplate> templates, Func<FunctionTemplate, IReadOnlyDictionary<string, string>> environment)
    : IAsyncDisposable
{
    /// <summary>Processes of one function at most; each handles one call at a time.</summary>
    private static readonly int MostInstances = Math.Min(4, Environment.ProcessorCount);

    /// <summary>How long calls that nobody waits for may go on after the run.</summary>
    private static readonly TimeSpan TimeToEnd = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, Lazy<ServedFunction>> _functions = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Task, bool> _calls = new();

    /// <summary>Calls a function.</summary>
    /// <exception cref="FunctionErrorException">It failed.</exception>
    public async Task<byte[]> InvokeAsync(string step, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        var function = _functions.GetOrAdd(step, name => new(() => Add(templates[name]))).Value;
        var call = function.InvokeAsync(payload, cancellationToken);
        _calls[call] = true;
        try
        {
            return await call;
        }
        finally
        {
            _calls.TryRemove(call, out _);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAny(Task.WhenAll(_calls.Keys), Task.Delay(TimeToEnd));
        foreach (var function in _functions.Values)
        {
            await function.Value.DisposeAsync();
        }
    }

    private ServedFunction Add(FunctionTemplate template) =>
        new(runtime.AddFunction(template.Step, template.Timeout), template, this);

    private Process Start(FunctionTemplate template, FunctionInstance instance)
    {
        var start = program.Start();
        foreach (var (name, value) in environment(template))
        {
            start.Environment[name] = value;
        }

        start.Environment["AWS_LAMBDA_RUNTIME_API"] = instance.Address;
        start.Environment["_HANDLER"] = template.Step;
        start.Environment["AWS_LAMBDA_FUNCTION_NAME"] = template.Step;
        start.Environment["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"] = template.MemoryMegabytes.ToString(CultureInfo.InvariantCulture);
        start.Environment["LAMBDA_TASK_ROOT"] = start.WorkingDirectory;
        var process = new Process { StartInfo = start, EnableRaisingEvents = true };
        var tell = Environment.GetEnvironmentVariable("NOVA_TRACE") is not null;
        process.OutputDataReceived += (_, line) => Tell(line.Data);
        process.ErrorDataReceived += (_, line) => Tell(line.Data);
        process.Exited += (_, _) => instance.Exited(process.ExitCode);
        instance.OnTimeout = () => process.Kill();
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;

        void Tell(string? line)
        {
            if (tell && line is not null)
            {
                Console.Error.WriteLine($"{template.Step}: {line}");
            }
        }
    }

    /// <summary>A function and the processes that serve it.</summary>
    private sealed class ServedFunction(LocalFunction function, FunctionTemplate template, FunctionProcesses owner) : IAsyncDisposable
    {
        private readonly Lock _gate = new();
        private readonly List<Process> _processes = [];

        public Task<byte[]> InvokeAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
        {
            var answer = function.InvokeAsync(payload, cancellationToken);
            lock (_gate)
            {
                _processes.RemoveAll(process => process.HasExited);
                if (_processes.Count == 0 || (function.Unserved > 0 && _processes.Count < MostInstances))
                {
                    _processes.Add(owner.Start(template, owner.Instance(function)));
                }
            }

            return answer;
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var process in _processes)
            {
                process.Kill();
                await process.WaitForExitAsync();
                process.Dispose();
            }
        }
    }

    private FunctionInstance Instance(LocalFunction function) => runtime.AddInstance(function);
}
