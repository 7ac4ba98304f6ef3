using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using NovaJudge.Local.Commands.Examining;
using NovaJudge.Local.Storage;
using NovaJudge.Pipeline;
using NovaJudge.Pipeline.Judging.Exam;
using NovaJudge.Pipeline.Judging.Nova;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Local.Commands;

/// <summary><c>nova exam</c>: does a judge judge well? Asks it questions whose right verdict is known, through the state machine of any run.</summary>
internal static class ExamCommand
{
    private const int DefaultSize = 240;

    public static Command Create()
    {
        var judging = new JudgeOptions();
        var dataset = new Option<string>("--dataset") { Description = "Records with gold answers, such as SQuAD. Default: embedded:squad-sample.", HelpName = "FILE", DefaultValueFactory = _ => LocalDatasetSources.EmbeddedSample };
        var size = new Option<int>("--size") { Description = $"Questions to ask; a model that judges is called twice for each. Default {DefaultSize}.", HelpName = "N", DefaultValueFactory = _ => DefaultSize };
        var seed = new Option<long>("--seed") { Description = "Draws the records; equal seeds make equal exams. Default 42.", HelpName = "N", DefaultValueFactory = _ => 42 };
        var write = new Option<string?>("--write") { Description = "Only write the questions: DIR/llm_judge.jsonl for a Nova judge.", HelpName = "DIR" };
        var score = new Option<string?>("--score") { Description = "Score what a judge left of those questions; give the same dataset, size and seed.", HelpName = "output.tar.gz" };
        var store = CommandShell.StoreOption();
        var json = new Option<bool>("--json") { Description = "The exam as JSON, nothing else." };
        var command = new Command("exam", "Examine a judge with questions whose right verdict is known. Exit code 1 when a fault is shown.") { dataset, size, seed, write, score, store, json };
        judging.AddTo(command);
        command.SetAction((result, cancellationToken) => CommandShell.GuardAsync(async () =>
        {
            var body = judging.ReadFile(result);
            judging.Apply(result, body);
            var files = CommandShell.Store(result.GetValue(store)!);
            var settings = Judge(body);
            if (NovaJudgeCatalog.Find(settings.Kind) is not null && result.GetValue(write) is null && result.GetValue(score) is null)
            {
                throw PipelineException.BadInput(
                    $"The judge {settings.Kind} is a SageMaker training job, so it is examined by file: write its questions with --write DIR, then score its archive with --score output.tar.gz.");
            }

            var questions = await ExamQuestions.ReadAsync(
                RequestFields.FullPath(result.GetValue(dataset))!, settings, result.GetValue(size), result.GetValue(seed), new LocalDatasetSources(files), cancellationToken);
            if (result.GetValue(write) is { } folder)
            {
                return await NovaExam.WriteAsync(questions, settings, folder, cancellationToken);
            }

            var record = result.GetValue(score) is { } archive
                ? await NovaExam.ScoreAsync(questions, settings, archive, cancellationToken)
                : await ExamRun.RunAsync(questions, settings, body["judge"]?.DeepClone() as JsonObject ?? [], files, result.GetValue(json), cancellationToken);
            return record is null ? ExitCodes.RunFailed : await KeepAsync(record, files, result.GetValue(json), cancellationToken);
        }));
        return command;
    }

    /// <summary>The judge that a request describes, complete.</summary>
    private static JudgeSettings Judge(JsonObject body)
    {
        var request = new JsonObject();
        if (body["judge"] is { } judge)
        {
            request["judge"] = judge.DeepClone();
        }

        var problems = new List<string>();
        var identity = new RunIdentity(RunId.Parse("exam"), DateTimeOffset.UnixEpoch, RunTrigger.Local);
        var read = new RequestReader(LocalDefaults.Request).Read(request.ToElement(), identity, problems);
        return problems.Count == 0 ? read.Judge : throw PipelineException.BadInput(problems);
    }

    private static async Task<int> KeepAsync(ExamRecord record, FileObjectStore store, bool json, CancellationToken cancellationToken)
    {
        await store.WriteExamAsync(record, cancellationToken);
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(record, LocalJson.Indented.ExamRecord));
        }
        else
        {
            ExamTable.Show(record, store);
        }

        return record.Report.Faults.Count == 0 ? ExitCodes.Done : ExitCodes.GateFailed;
    }
}
