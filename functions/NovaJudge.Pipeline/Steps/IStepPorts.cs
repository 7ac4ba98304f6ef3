using NovaJudge.Pipeline.Costs;
using NovaJudge.Pipeline.Generation;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Pipeline.Steps;

/// <summary>
/// What a composition root gives to the steps. Properties are made on first use, since a step that
/// does not need a client must not pay for it.
/// </summary>
public interface IStepPorts
{
    IObjectStore Store { get; }

    IJournal Journal { get; }

    IDatasetSources Datasets { get; }

    IModelProvider Models { get; }

    IJudgeJobs Judges { get; }

    ITaskCallbacks Callbacks { get; }

    IReportRenderer Reports { get; }

    IRunAnnouncer Announcer { get; }

    RequestDefaults Defaults { get; }

    TimeProvider Time { get; }

    /// <summary>Where calls are noted: one object a batch, unless the composition root knows better.</summary>
    ICallLog Calls => new StoreCallLog(Store);

    /// <summary>Watches what runs spend: by way of the store, unless the composition root does all of a run itself.</summary>
    ISpending Spending => new StoreSpending(Store);
}
