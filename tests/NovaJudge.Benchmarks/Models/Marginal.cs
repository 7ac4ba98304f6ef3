namespace NovaJudge.Benchmarks.Models;

/// <summary>What one prompt more costs: the difference of a long and a short run, each the median of several.</summary>
internal sealed class Marginal(int few, int many)
{
    private readonly List<ProgramRun> _few = [];
    private readonly List<ProgramRun> _many = [];

    /// <summary>Time from start to end that one prompt adds.</summary>
    public TimeSpan Wall => (Median(_many, run => run.Wall) - Median(_few, run => run.Wall)) / (many - few);

    /// <summary>Time of all threads on all cores that one prompt adds.</summary>
    public TimeSpan Processor => (Median(_many, run => run.Processor) - Median(_few, run => run.Processor)) / (many - few);

    /// <summary>What a run costs before its first prompt.</summary>
    public TimeSpan Fixed => Median(_few, run => run.Wall) - (few * Wall);

    /// <summary>Largest resident set of all runs.</summary>
    public long PeakBytes => _many.Concat(_few).Max(run => run.PeakBytes);

    public void Add(ProgramRun shortRun, ProgramRun longRun)
    {
        _few.Add(shortRun);
        _many.Add(longRun);
    }

    public override string ToString() =>
        $"{few} prompts {Median(_few, run => run.Wall).TotalSeconds:0.00} s, {many} prompts {Median(_many, run => run.Wall).TotalSeconds:0.00} s: "
        + $"{Wall.TotalMicroseconds:0} us a prompt, of processor time {Processor.TotalMicroseconds:0} us; peak {PeakBytes / 1e6:0} MB";

    private static TimeSpan Median(List<ProgramRun> runs, Func<ProgramRun, TimeSpan> of)
    {
        var values = runs.ConvertAll(run => of(run));
        values.Sort();
        return (values[(values.Count - 1) / 2] + values[values.Count / 2]) / 2;
    }
}
