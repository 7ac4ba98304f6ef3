using System.Text.Json.Nodes;
using NovaJudge.Local.Judging;
using NovaJudge.Local.Models;
using NovaJudge.Local.Models.OnAws;
using NovaJudge.Local.Progress;
using NovaJudge.Local.Storage;
using NovaJudge.Pipeline.Judging.Exam;
using NovaJudge.Pipeline.Judging.Nova;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Local.Commands.Checking;

/// <summary>What a request needs: data, models with their keys, a judge. Nothing is generated and nothing is paid for.</summary>
internal sealed class RequestChecks(FileObjectStore store)
{
    private readonly LocalModelProvider _models = new(store, TimeProvider.System);

    public async Task<IReadOnlyList<Diagnosis>> RunAsync(JsonObject body, CancellationToken cancellationToken)
    {
        var problems = new List<string>();
        var identity = new RunIdentity(RunId.Parse("doctor"), DateTimeOffset.UnixEpoch, RunTrigger.Local);
        var request = new RequestReader(LocalDefaults.Request).Read(body.ToElement(), identity, problems);
        if (problems.Count > 0)
        {
            return [.. problems.Select(problem => Diagnosis.Problem("Request", problem, "docs/requests.md lists every field."))];
        }

        var found = new List<Diagnosis> { Diagnosis.Ok("Request", $"suite {request.Suite}"), await DatasetAsync(request.Dataset, cancellationToken) };
        if (request.Dataset.Format != "pairs")
        {
            found.Add(await ModelAsync("Model A", request.ModelA, cancellationToken));
            found.Add(await ModelAsync("Model B", request.ModelB, cancellationToken));
        }

        found.AddRange(await JudgeAsync(request.Judge, cancellationToken));
        if (new[] { request.ModelA, request.ModelB }.Concat(request.Judge.Models ?? []).Any(model => AwsModels.Knows(model.Model)) || NovaJudgeCatalog.Find(request.Judge.Kind) is not null)
        {
            found.AddRange(AwsChecks.Run(request.Judge));
        }

        return found;
    }

    private async Task<Diagnosis> DatasetAsync(DatasetSettings dataset, CancellationToken cancellationToken) =>
        dataset.Source.StartsWith("s3://", StringComparison.Ordinal)
            ? Diagnosis.NotChecked("Data set", $"{dataset.Source} is read on AWS", $"Look for it: aws s3 ls {dataset.Source}")
            : await new LocalDatasetSources(store).CheckAsync(dataset.Source, cancellationToken) is { } problem
                ? Diagnosis.Problem("Data set", problem, "Name a file with --dataset.")
                : Diagnosis.Ok("Data set", dataset.Source);

    private async Task<Diagnosis> ModelAsync(string check, ModelSettings model, CancellationToken cancellationToken)
    {
        return await _models.CheckAsync(model, cancellationToken) is { } problem ? Diagnosis.Problem(check, $"{model.Model}: {problem}")
            : model.Model.Scheme == "bedrock" ? Diagnosis.NotChecked(check, $"{model.Model} is not known to be retired; whether the account may call it only a call would tell",
                "Look at the model's access: aws bedrock get-foundation-model-availability --model-id ID")
            : Diagnosis.Ok(check, model.Model.Scheme is "openai" or "ollama" ? $"{model.Model} answers{(model.ApiKeyVariable is { } variable ? $", key in {variable}" : "")}" : model.Model.ToString());
    }

    private async Task<IReadOnlyList<Diagnosis>> JudgeAsync(JudgeSettings judge, CancellationToken cancellationToken)
    {
        var found = new List<Diagnosis>();
        foreach (var model in judge.Models ?? [])
        {
            found.Add(await ModelAsync("Judge", model, cancellationToken));
        }

        if (judge.Models is null && NovaJudgeCatalog.Find(judge.Kind) is null)
        {
            await using var jobs = new LocalJudgeJobs(store, TimeProvider.System, new RunProgress());
            found.Add(await jobs.CheckAsync(judge, cancellationToken) is { } problem ? Diagnosis.Problem("Judge", problem) : Diagnosis.Ok("Judge", judge.Kind));
        }

        found.Add(await store.FindExamAsync(judge, cancellationToken) is not { } exam
            ? Diagnosis.Warning("Judge's exam", "this judge was never examined", $"{ProgramName.Value} exam --judge {judge.Kind}{(NovaJudgeCatalog.Find(judge.Kind) is null ? "" : " --write DIR")}")
            : exam.Report.Faults.Count == 0 ? Diagnosis.Ok("Judge's exam", $"no fault was shown by {exam.Questions} questions")
            : Diagnosis.Warning("Judge's exam", string.Join(' ', exam.Report.Faults)));
        return found;
    }
}
