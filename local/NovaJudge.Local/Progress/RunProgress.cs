using System.Collections.Concurrent;
using NovaJudge.Pipeline.Costs;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Local.Progress;

/// <summary>How far a run is: written by whatever works, read by whoever shows it.</summary>
public sealed class RunProgress
{
    private int _prompts;
    private int _judged;
    private int _toJudge;

    /// <summary>What is being done, in the words of the state machine; <c>null</c> before the first state.</summary>
    public string? Phase { get; private set; }

    /// <summary>Told of each state of the machine that is entered, in order.</summary>
    public Action<string>? PhaseEntered { get; set; }

    /// <summary>Prompts of the run; 0 until they are sampled.</summary>
    public int Prompts => Volatile.Read(ref _prompts);

    /// <summary>What the run spends; <c>null</c> before the first call, and where other processes make the calls.</summary>
    public RunSpending? Spending { get; set; }

    public SlotProgress A { get; } = new();

    public SlotProgress B { get; } = new();

    /// <summary>Rows that the judge is done with.</summary>
    public int Judged => Volatile.Read(ref _judged);

    /// <summary>Rows that the judge has to look at; 0 until they are known.</summary>
    public int ToJudge => Volatile.Read(ref _toJudge);

    public void Enter(string state)
    {
        Phase = state;
        PhaseEntered?.Invoke(state);
    }

    public SlotProgress Of(ModelSlot slot) => slot == ModelSlot.A ? A : B;

    public void Sampled(int prompts) => Volatile.Write(ref _prompts, prompts);

    public void ToBeJudged(int rows) => Volatile.Write(ref _toJudge, rows);

    /// <summary>Rows that a judge's job is done with so far.</summary>
    public void JudgedSoFar(int rows) => Volatile.Write(ref _judged, rows);

    /// <summary>Further rows that a batch of the judge is done with.</summary>
    public void JudgedMore(int rows) => Interlocked.Add(ref _judged, rows);
}

/// <summary>How far one model is.</summary>
public sealed class SlotProgress
{
    private readonly ConcurrentDictionary<int, int> _open = new();
    private int _done;
    private int _failed;

    /// <summary>Prompts answered or failed.</summary>
    public int Done => Volatile.Read(ref _done);

    /// <summary>Prompts failed, as far as this process saw them.</summary>
    public int Failed => Volatile.Read(ref _failed);

    /// <summary>One more prompt of a batch is answered or failed.</summary>
    public void Answered(int batch, bool failed)
    {
        _open.AddOrUpdate(batch, 1, static (_, count) => count + 1);
        Interlocked.Increment(ref _done);
        if (failed)
        {
            Interlocked.Increment(ref _failed);
        }
    }

    /// <summary>A batch is complete; what of it was answered before this process began counts now.</summary>
    public void Completed(int batch, int prompts)
    {
        _open.TryRemove(batch, out var seen);
        Interlocked.Add(ref _done, prompts - seen);
    }
}
