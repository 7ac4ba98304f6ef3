namespace NovaJudge.Pipeline;

/// <summary>
/// The stable names of everything that can stop a step. Step Functions retries and catches by them,
/// people search for them: renaming one is a breaking change.
/// </summary>
public static class ErrorNames
{
    /// <summary>The request or the data set cannot be run as it is; the message lists every problem.</summary>
    public const string BadInput = "BadInput";

    /// <summary>A model's calls are refused for now (429 and alike) beyond the call's own retries.</summary>
    public const string ModelThrottled = "Model.Throttled";

    /// <summary>The endpoint has no capacity yet; worth waiting for.</summary>
    public const string ModelWarming = "Model.Warming";

    /// <summary>A batch ran out of time; what is finished was saved and the next attempt goes on there.</summary>
    public const string ModelDeadline = "Model.Deadline";

    /// <summary>The model will never answer as configured: credentials, access, unknown or retired model.</summary>
    public const string ModelUnusable = "Model.Unusable";

    /// <summary>More prompts of one model failed than the request tolerates.</summary>
    public const string GenerationFailed = "GenerationFailed";

    /// <summary>No instance for the judge now (quota or capacity); worth another try.</summary>
    public const string JudgeCapacity = "Judge.Capacity";

    /// <summary>The judge's job failed; the message carries its reason and where its log is.</summary>
    public const string JudgeFailed = "Judge.Failed";

    /// <summary>Somebody stopped the judge's job, or deleted it.</summary>
    public const string JudgeStopped = "Judge.Stopped";

    /// <summary>The judge's job reached its longest run time.</summary>
    public const string JudgeTimedOut = "Judge.TimedOut";

    /// <summary>The judge's output is missing or cannot be read.</summary>
    public const string JudgeOutput = "Judge.Output";

    /// <summary>The run would cost, or has cost, what it may at most; what is finished was saved.</summary>
    public const string CostCeiling = "Cost.Ceiling";

    /// <summary>The object store refused a read or a write (disk full, access denied, gone).</summary>
    public const string StoreFailed = "Store.Failed";

    /// <summary>All names, for the test that compares them with the synthesized machine.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        BadInput, ModelThrottled, ModelWarming, ModelDeadline, ModelUnusable, GenerationFailed,
        JudgeCapacity, JudgeFailed, JudgeStopped, JudgeTimedOut, JudgeOutput, CostCeiling, StoreFailed,
    ];
}
