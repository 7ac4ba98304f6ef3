using System.Security.Cryptography;
using System.Text;

namespace NovaJudge.Pipeline.Runs;

/// <summary>Where everything of a run lies: the path is the state.</summary>
public sealed class RunKeys(RunId runId)
{
    /// <summary>Uploads that start a run.</summary>
    public const string IncomingPrefix = "incoming/";

    /// <summary>One object per open task token.</summary>
    public const string CallbacksPrefix = "callbacks/";

    /// <summary>Everything of all runs.</summary>
    public const string RunsPrefix = "runs/";

    /// <summary>One summary for each finished run of each suite.</summary>
    public const string HistoriesPrefix = "history/";

    public RunId RunId { get; } = runId;

    /// <summary>Everything of this run, with the slash.</summary>
    public string Prefix { get; } = $"{RunsPrefix}{runId}/";

    public ObjectKey Request => Key("request.json");

    public ObjectKey Claim => Key("claim.json");

    public ObjectKey Prompts => Key("prompts.jsonl");

    /// <summary>Counts of the sampling, written last: its presence says that sampling is complete.</summary>
    public ObjectKey Sample => Key("sample.json");

    public ObjectKey Batches => Key("batches.jsonl");

    public string MapResultsPrefix => $"{Prefix}maps";

    public ObjectKey JudgeInput => Key("judge/input/llm_judge.jsonl");

    public string JudgeInputPrefix => $"{Prefix}judge/input/";

    public ObjectKey JudgeIndex => Key("judge/index.jsonl");

    /// <summary>Prompts that the judge does not get, and why.</summary>
    public ObjectKey JudgeExcluded => Key("judge/excluded.jsonl");

    /// <summary>The frozen pairs that the judge gets after the run's own.</summary>
    public ObjectKey JudgeAnchors => Key("judge/anchors.jsonl");

    /// <summary>What the judge said of them.</summary>
    public ObjectKey AnchorVerdicts => Key("anchor-verdicts.jsonl");

    /// <summary>Counts of the judge data set, written last.</summary>
    public ObjectKey JudgePairs => Key("judge/pairs.json");

    /// <summary>The judge data set in batches, for a judge that is called row by row.</summary>
    public ObjectKey JudgeBatches => Key("judge/batches.jsonl");

    public string JudgeRecipePrefix => $"{Prefix}judge/recipe/";

    public ObjectKey JudgeRecipe => Key("judge/recipe/recipe.yaml");

    public string JudgeOutputPrefix => $"{Prefix}judge/output/";

    /// <summary>How far several judging models agree.</summary>
    public ObjectKey JudgePanel => Key("judge/panel.json");

    /// <summary>The job that judged this run.</summary>
    public ObjectKey JudgeJob => Key("judge/job.json");

    public ObjectKey Verdicts => Key("verdicts.jsonl");

    public ObjectKey Metrics => Key("metrics.json");

    public ObjectKey Summary => Key("summary.json");

    /// <summary>What people said of some of the prompts.</summary>
    public ObjectKey Labels => Key("labels.jsonl");

    public ObjectKey Failure => Key("failure.json");

    /// <summary>Calls, tokens, latencies and dollars of the run.</summary>
    public ObjectKey Ledger => Telemetry("ledger.json");

    public string ReportPrefix => $"{Prefix}report/";

    public string TelemetryPrefix => $"{Prefix}telemetry/";

    /// <summary>All answers of one model.</summary>
    public string ResponsesPrefix(ModelSlot slot) => $"{Prefix}responses/{slot.Letter}/";

    /// <summary>The answers of one model to one batch.</summary>
    public ObjectKey Responses(ModelSlot slot, int batch) => Key($"responses/{slot.Letter}/{batch:D5}.jsonl");

    /// <summary>What was finished of a batch when time ran out.</summary>
    public ObjectKey PartialResponses(ModelSlot slot, int batch) => Key($"responses/{slot.Letter}/{batch:D5}.part.jsonl");

    /// <summary>The judge's answers to one batch of rows, when a model judges row by row.</summary>
    public ObjectKey JudgeAnswers(int batch) => Key($"judge/answers/{batch:D5}.jsonl");

    /// <summary>What was finished of such a batch when time ran out.</summary>
    public ObjectKey PartialJudgeAnswers(int batch) => Key($"judge/answers/{batch:D5}.part.jsonl");

    /// <summary>The archive that a judge's job leaves.</summary>
    public ObjectKey JudgeArchive(string jobName) => Key($"judge/output/{jobName}/output/output.tar.gz");

    public ObjectKey Report(string fileName) => Key($"report/{fileName}");

    public ObjectKey Telemetry(string fileName) => Key($"telemetry/{fileName}");

    /// <summary>Where the token of a waiting task is kept: the token itself never shows in a key.</summary>
    public static ObjectKey Callback(string jobName, string taskToken) =>
        ObjectKey.Parse($"{CallbacksPrefix}{jobName}/{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(taskToken)))[..32]}.json");

    /// <summary>One summary for each finished run of a suite, in the order of their requests.</summary>
    public static ObjectKey History(string suite, DateTimeOffset createdAt, RunId runId) =>
        ObjectKey.Parse($"{HistoryFrom(suite, createdAt)}-{runId}.json");

    /// <summary>Everything of a suite's history.</summary>
    public static string HistoryPrefix(string suite) => $"{HistoriesPrefix}{suite}/";

    /// <summary>What the keys of runs asked for at a time begin with; later ones come after it.</summary>
    public static string HistoryFrom(string suite, DateTimeOffset createdAt) => $"{HistoryPrefix(suite)}{createdAt.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}";

    /// <summary>The pinned run of a suite.</summary>
    public static ObjectKey Baseline(string suite) => ObjectKey.Parse($"baselines/{suite}.json");

    /// <summary>The frozen pairs of a suite; a suite's name holds no dot.</summary>
    public static ObjectKey Anchors(string suite) => ObjectKey.Parse($"baselines/{suite}.anchors.jsonl");

    private ObjectKey Key(string name) => ObjectKey.Parse(Prefix + name);
}
