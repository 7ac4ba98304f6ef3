using NovaJudge.Pipeline;
using NovaJudge.Pipeline.Datasets;
using NovaJudge.Pipeline.Datasets.Sampling;
using NovaJudge.Pipeline.Generation;
using NovaJudge.Pipeline.Judging;
using NovaJudge.Pipeline.Judging.Exam;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Local.Commands.Examining;

/// <summary>The questions of an exam and where they are from.</summary>
/// <param name="Dataset">The data set as people read it.</param>
/// <param name="Seed">Drew the records.</param>
/// <param name="Pairs">The questions.</param>
internal sealed record ExamQuestions(string Dataset, long Seed, IReadOnlyList<ExamPair> Pairs)
{
    /// <summary>A wrong answer of the right type is found among so many; more would cost memory and find no better one.</summary>
    private const int MostRecords = 5000;
    private const int MostQuestions = 100_000;

    /// <summary>What is kept of the exam, now that it is over.</summary>
    /// <param name="judge">Whom the questions were put to.</param>
    /// <param name="report">How it did.</param>
    /// <param name="run">The run that asked; <c>null</c> when an archive came from elsewhere.</param>
    public ExamRecord Scored(JudgeSettings judge, ExamReport report, RunId? run = null) => new()
    {
        Fingerprint = JudgeFingerprint.Of(judge),
        Judge = judge,
        ExaminedAt = TimeProvider.System.GetUtcNow(),
        Dataset = Dataset,
        Questions = Pairs.Count,
        Seed = Seed,
        Confidence = ExamScoring.Confidence,
        RunId = run,
        Report = report,
    };

    /// <exception cref="PipelineException"><see cref="ErrorNames.BadInput"/>: the data set cannot be read, or makes no questions.</exception>
    public static async Task<ExamQuestions> ReadAsync(
        string source, JudgeSettings judge, int size, long seed, LocalDatasetSources datasets, CancellationToken cancellationToken)
    {
        if (size is < 1 or > MostQuestions)
        {
            throw PipelineException.BadInput($"--size {size}: 1 to {MostQuestions:N0} questions can be asked.");
        }

        if (await datasets.CheckAsync(source, cancellationToken) is { } problem)
        {
            throw PipelineException.BadInput($"--dataset: {problem}");
        }

        try
        {
            var pairs = ExamBuilder.Build(await RecordsAsync(source, Math.Max(size, MostRecords), seed, datasets, cancellationToken), size, seed);
            var fitting = pairs.Where(pair => !JudgeContext.IsTooLong(judge.Kind, pair.Pair.Prompt, pair.Pair.ResponseA, pair.Pair.ResponseB)).ToList();
            return fitting.Count > 0
                ? new ExamQuestions(source.StartsWith("embedded:", StringComparison.Ordinal) ? source : Path.GetFileName(source), seed, fitting)
                : throw PipelineException.BadInput($"{source}: every question is longer than the judge {judge.Kind} can read.");
        }
        catch (DatasetException e)
        {
            throw PipelineException.BadInput(e.Message);
        }
    }

    private static async Task<List<PromptRow>> RecordsAsync(string source, int most, long seed, LocalDatasetSources datasets, CancellationToken cancellationToken)
    {
        var options = new DatasetOptions { Name = source };
        var all = await Sampler.SampleAsync(token => datasets.OpenAsync(source, token), options, new SampleSettings(SampleMethod.All, 0, seed), cancellationToken);
        var sample = all.Counts.Records <= most
            ? all
            : await Sampler.SampleAsync(token => datasets.OpenAsync(source, token), options, new SampleSettings(SampleMethod.Stratified, most, seed), cancellationToken);
        var records = new List<PromptRow>(sample.Size);
        await foreach (var record in sample.Records.WithCancellation(cancellationToken))
        {
            var text = PromptTemplate.Render(RequestDefaults.PromptTemplate, record.Id, record.Prompt, record.Context, record.Category);
            records.Add(new PromptRow(record.Id, text, References: record.References, Cluster: record.Cluster));
        }

        return records;
    }
}
