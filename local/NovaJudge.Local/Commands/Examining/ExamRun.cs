using System.Text.Json;
using System.Text.Json.Nodes;
using NovaJudge.Local.Commands.Documents;
using NovaJudge.Local.Storage;
using NovaJudge.Pipeline.Judging.Exam;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Local.Commands.Examining;

/// <summary>
/// Puts the questions to the judge as any run would: the pairs are a data set that brings its answers along. The runs of
/// exams lie in a store of their own under <c>exams/</c>, since their scores mean nothing and would only confuse a history.
/// </summary>
internal static class ExamRun
{
    /// <summary>The exam, or <c>null</c> when the run failed, which it has told by then.</summary>
    public static async Task<ExamRecord?> RunAsync(
        ExamQuestions questions, JudgeSettings judge, JsonObject judgeBody, FileObjectStore store, bool json, CancellationToken cancellationToken)
    {
        var exams = new FileObjectStore(StoreOf(store));
        var body = new JsonObject
        {
            ["suite"] = "exam",
            ["dataset"] = new JsonObject
            {
                ["source"] = await WriteAsync(questions, exams, cancellationToken),
                ["format"] = "pairs",
                ["sample"] = new JsonObject { ["method"] = "all" },
                ["promptTemplate"] = "{question}",
            },
            ["modelA"] = new JsonObject { ["name"] = "Answer A" },
            ["modelB"] = new JsonObject { ["name"] = "Answer B" },
            ["judge"] = judgeBody,
            ["analysis"] = new JsonObject { ["baseline"] = "none" },
            ["gate"] = new JsonObject { ["failOn"] = new JsonArray(), ["maxErrorRate"] = 1 },
        };
        var heading = $"Exam of the judge {judge.Kind}: {Text.Count(questions.Pairs.Count)} questions of {questions.Dataset}";
        var (exitCode, runId) = await RunCommand.StartAsync(body, null, exams, TimeProvider.System, new RunOutput(json, quiet: true, heading), dryRun: false, cancellationToken);
        if (runId is not { } run || exitCode is not (ExitCodes.Done or ExitCodes.GateFailed))
        {
            return null;
        }

        var keys = new RunKeys(run);
        return questions.Scored(judge, await ExamScoring.OfVerdictsAsync(questions.Pairs, exams.ReadVerdictsAsync(keys, cancellationToken), cancellationToken), run);
    }

    /// <summary>Where the runs of exams lie.</summary>
    public static string StoreOf(FileObjectStore store) => Path.Combine(store.Root, "exams");

    /// <summary>The questions as a data set, under a name made of their content: the same exam resumes, another one never does.</summary>
    private static async Task<string> WriteAsync(ExamQuestions questions, FileObjectStore exams, CancellationToken cancellationToken)
    {
        var lines = questions.Pairs.Select(pair => JsonSerializer.Serialize(
            new DatasetLine(pair.Id, pair.Pair.Prompt) { ResponseA = pair.Pair.ResponseA, ResponseB = pair.Pair.ResponseB, References = pair.References, Category = ExamWords.Kind(pair.Kind) },
            LocalJson.Line.DatasetLine)).ToArray();
        var key = ObjectKey.Parse($"questions/{Slug.Hash(16, lines)}.jsonl");
        await exams.WriteBytesAsync(key, System.Text.Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n"), Pipeline.PutCondition.Always, cancellationToken);
        return exams.PathOf(key);
    }
}
