using System.Text;
using System.Text.Json;
using NovaJudge.Pipeline;
using NovaJudge.Pipeline.Judging.Archive;
using NovaJudge.Pipeline.Judging.Exam;
using NovaJudge.Pipeline.Judging.Nova;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Local.Commands.Examining;

/// <summary>The exam of a judge that cannot be called from here: its questions go out as a file, and its archive comes back.</summary>
internal static class NovaExam
{
    /// <summary>Writes what a judge is to read, and says what to do with it.</summary>
    public static async Task<int> WriteAsync(ExamQuestions questions, JudgeSettings judge, string folder, CancellationToken cancellationToken)
    {
        var file = Path.Combine(folder, "llm_judge.jsonl");
        if (File.Exists(file))
        {
            throw PipelineException.BadInput($"{file} exists already; it may hold other questions. Name another folder.");
        }

        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(file, string.Concat(questions.Pairs.Select(pair => JsonSerializer.Serialize(pair.Pair, LocalJson.Line.JudgePair) + "\n")), new UTF8Encoding(false), cancellationToken);
        Console.WriteLine($"{file}: {Text.Count(questions.Pairs.Count)} questions for the judge {judge.Kind}");
        if (NovaJudgeCatalog.Find(judge.Kind) is { } nova)
        {
            var recipe = Path.Combine(folder, "recipe", NovaRecipe.FileName);
            Directory.CreateDirectory(Path.GetDirectoryName(recipe)!);
            await File.WriteAllTextAsync(recipe, NovaRecipe.Render(nova), new UTF8Encoding(false), cancellationToken);
            Console.WriteLine($"{recipe}: the recipe for a training job of your own");
            Text.Write("With the pipeline on AWS, put the questions under incoming/ of its bucket: that starts a judge-only run, and its judge/output/ receives the archive.");
        }

        Text.Write("Then score the archive with the same command and --score output.tar.gz instead of --write.");
        return ExitCodes.Done;
    }

    /// <summary>The exam as the archive tells it.</summary>
    /// <exception cref="PipelineException">The archive is another judge's, or answers other questions.</exception>
    public static async Task<ExamRecord> ScoreAsync(ExamQuestions questions, JudgeSettings judge, string path, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
        {
            throw PipelineException.BadInput($"{path}: there is no such file.");
        }

        await using var file = File.OpenRead(path);
        var archive = await JudgeArchiveReader.ReadAsync(file, JudgeArchiveLimits.Default, cancellationToken);
        if (NovaJudgeCatalog.Find(judge.Kind) is not null && archive.Marker is { } marker)
        {
            throw PipelineException.BadInput($"{path} is no archive of the judge {judge.Kind}; it says of itself: {marker}.");
        }

        return questions.Scored(judge, await ExamScoring.OfArchiveAsync(questions.Pairs, archive, cancellationToken));
    }
}
