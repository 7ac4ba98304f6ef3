using System.Text.Json;
using System.Text.Json.Nodes;
using NovaJudge.Local.Commands.Documents;
using NovaJudge.Local.Models;
using NovaJudge.Local.Storage;
using NovaJudge.Pipeline;
using NovaJudge.Pipeline.Metrics;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Local.Commands.Rejudging;

/// <summary>
/// Makes a request that judges the answers of an earlier run: its prompts, word for word, as the data set, and its answers
/// as the models. What failed then fails again, so that both runs count the same prompts.
/// </summary>
internal static class JudgedAnswers
{
    private const int LongestSuite = 40;

    /// <exception cref="PipelineException"><see cref="ErrorNames.BadInput"/>: there is no such run, or its answers are not complete.</exception>
    public static async Task<JsonObject> RequestAsync(FileObjectStore store, RunId runId, JsonObject judge, CancellationToken cancellationToken)
    {
        var keys = new RunKeys(runId);
        var request = await store.FindRequestAsync(keys, cancellationToken)
            ?? throw PipelineException.BadInput($"There is no run {runId} in this store. See the runs: {ProgramName.Value} list");
        var models = new LocalModelProvider(store, TimeProvider.System);
        foreach (var slot in new[] { ModelSlot.A, ModelSlot.B })
        {
            if (await models.CheckAsync(ModelSettings.Of(Answers(runId, slot)), cancellationToken) is { } problem)
            {
                throw PipelineException.BadInput($"The answers of run {runId} cannot be judged: {problem}");
            }
        }

        var names = ModelLabels.Describe(request);
        const string suffix = "-rejudged";
        return new JsonObject
        {
            // Of its own suite: in the history of the first one a change of judge would look like a change of model.
            ["suite"] = $"{request.Suite[..Math.Min(request.Suite.Length, LongestSuite - suffix.Length)].TrimEnd('-')}{suffix}",
            ["dataset"] = new JsonObject
            {
                ["source"] = await WritePromptsAsync(store, keys, cancellationToken),
                ["format"] = "jsonl",
                ["sample"] = new JsonObject { ["method"] = "all" },
                ["promptTemplate"] = "{question}",
            },
            ["modelA"] = new JsonObject { ["model"] = Answers(runId, ModelSlot.A).ToString(), ["name"] = ModelLabels.Display(names.A) },
            ["modelB"] = new JsonObject { ["model"] = Answers(runId, ModelSlot.B).ToString(), ["name"] = ModelLabels.Display(names.B) },
            ["generation"] = new JsonObject { ["batchSize"] = 1000, ["toleratedFailurePercentage"] = 100 },
            ["judge"] = judge,
            ["analysis"] = AnalysisOf(request),
            ["gate"] = JsonSerializer.SerializeToNode(request.Gate, LocalJson.Line.GateSettings),
        };
    }

    private static ModelSpec Answers(RunId runId, ModelSlot slot) => ModelSpec.Parse($"run:{runId}/{slot.Letter}");

    private static JsonNode AnalysisOf(EvaluationRequest request)
    {
        var analysis = JsonSerializer.SerializeToNode(request.Analysis, LocalJson.Line.AnalysisSettings)!;
        analysis["baseline"] = "none";
        return analysis;
    }

    private static async Task<string> WritePromptsAsync(FileObjectStore store, RunKeys keys, CancellationToken cancellationToken)
    {
        var key = ObjectKey.Parse($"rejudged/{keys.RunId}.jsonl");
        await store.WriteAsync(key, async (stream, token) =>
        {
            await using var lines = new StreamWriter(stream, leaveOpen: true) { NewLine = "\n" };
            await foreach (var prompt in store.ReadPromptsAsync(keys, token))
            {
                await lines.WriteLineAsync(JsonSerializer.Serialize(
                    new DatasetLine(prompt.Id, prompt.Text) { References = prompt.References, Category = prompt.Category, Cluster = prompt.Cluster }, LocalJson.Line.DatasetLine).AsMemory(), token);
            }
        }, PutCondition.Always, cancellationToken);
        return store.PathOf(key);
    }
}
