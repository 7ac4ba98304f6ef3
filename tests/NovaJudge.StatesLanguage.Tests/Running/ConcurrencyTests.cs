using System.Text;
using System.Threading.Channels;
using NovaJudge.StatesLanguage.Tasks;

namespace NovaJudge.StatesLanguage.Tests.Running;

public class ConcurrencyTests
{
    private const string Map = """
        {"StartAt":"M","States":{"M":{"Type":"Map","End":true,"ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"},"StartAt":"T","States":{
         "T":{"Type":"Task","Resource":"arn:aws:lambda:us-east-1:123456789012:function:f","End":true}}}}}}
        """;

    [Fact]
    public async Task Thousands_of_tasks_run_at_once_without_a_thread_each()
    {
        const int items = 5_000;
        var gate = new Gate(items);
        var interpreter = new Interpreter(new InterpreterOptions { Tasks = gate, Limits = ExecutionLimits.None });

        var execution = interpreter.Start(StateMachineDefinition.Parse(Map), Request($"[{string.Join(',', Enumerable.Range(0, items))}]"), TestContext.Current.CancellationToken);
        var result = await execution.Completion;

        result.OutputNode().AsArray().Select(static n => (int)n!).ShouldBe(Enumerable.Range(0, items));
        gate.MostAtOnce.ShouldBe(items);
        ThreadPool.ThreadCount.ShouldBeLessThan(items / 10);
    }

    [Fact]
    public async Task A_stop_cancels_every_running_task_of_every_child()
    {
        const int items = 100;
        var gate = new Gate(items + 1);
        var interpreter = new Interpreter(new InterpreterOptions { Tasks = gate });
        var execution = interpreter.Start(StateMachineDefinition.Parse(Map), Request($"[{string.Join(',', Enumerable.Range(0, items))}]"), TestContext.Current.CancellationToken);
        while (gate.Running < items)
        {
            await Task.Yield();
        }

        execution.Stop();
        var result = await execution.Completion;

        result.Status.ShouldBe(ExecutionStatus.Aborted);
        await gate.AllCancelled(items);
    }

    [Fact]
    public async Task A_cancelled_token_aborts_the_execution()
    {
        using var cancellation = new CancellationTokenSource();
        var interpreter = new Interpreter(new InterpreterOptions { Tasks = new Gate(1) });
        var execution = interpreter.Start(
            StateMachineDefinition.Parse("""{"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":99999999,"End":true}}}"""), Request("{}"), cancellation.Token);

        await cancellation.CancelAsync();

        (await execution.Completion).Status.ShouldBe(ExecutionStatus.Aborted);
    }

    [Fact]
    public async Task An_integration_that_throws_fails_the_task_by_the_name_of_the_exception()
    {
        var machine = new Machine("""{"StartAt":"A","States":{"A":{"Type":"Task","Resource":"arn:aws:lambda:us-east-1:123456789012:function:f","End":true}}}""")
            .Task("A", static _ => throw new FormatException("bad shape"));

        var result = await machine.RunAsync();

        (result.Status, result.Error, result.Cause).ShouldBe((ExecutionStatus.Failed, "FormatException", "bad shape"));
    }

    private static ExecutionRequest Request(string input) => new()
    {
        StateMachineArn = "arn:aws:states:us-east-1:123456789012:stateMachine:m",
        StateMachineName = "m",
        ExecutionArn = "arn:aws:states:us-east-1:123456789012:execution:m:e",
        ExecutionName = "e",
        Input = Encoding.UTF8.GetBytes(input),
    };

    /// <summary>Lets tasks go on when all have arrived.</summary>
    private sealed class Gate(int expected) : ITaskIntegration
    {
        private readonly TaskCompletionSource _all = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly Channel<bool> _cancelled = Channel.CreateUnbounded<bool>();
        private int _running;

        public int Running => Volatile.Read(ref _running);

        public int MostAtOnce { get; private set; }

        public async Task AllCancelled(int count)
        {
            for (var i = 0; i < count; i++)
            {
                await _cancelled.Reader.ReadAsync(TestContext.Current.CancellationToken);
            }
        }

        public async ValueTask<TaskOutcome> InvokeAsync(TaskRequest request, CancellationToken cancellationToken)
        {
            if (Interlocked.Increment(ref _running) == expected)
            {
                MostAtOnce = expected;
                _all.SetResult();
            }

            try
            {
                await _all.Task.WaitAsync(cancellationToken);
            }
            catch (OperationCanceledException)
            {
                _cancelled.Writer.TryWrite(true);
            }

            return TaskOutcome.Succeeded(request.Input);
        }
    }
}
