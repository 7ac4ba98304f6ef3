using System.Text.Json;
using NovaJudge.Pipeline.Generation;
using NovaJudge.Pipeline.Judging;
using NovaJudge.Pipeline.Judging.Archive;
using NovaJudge.Pipeline.Judging.Reconciling;
using NovaJudge.Pipeline.Runs;
using NovaJudge.Pipeline.Statistics;

namespace NovaJudge.Pipeline.Metrics;

/// <summary>What the output of a Nova judge says that somebody else's run left: from its archive, its results file or its bare counts.</summary>
public sealed record JudgeReading
{
    private static readonly RunId Unnamed = RunId.Parse("read");

    /// <summary>As a run of ours would say it. Names, data set and time are what the reader was told.</summary>
    public required RunMetrics Metrics { get; init; }

    /// <summary>Whether verdicts by row were read; if not, two passes are taken as one prompt.</summary>
    public required bool HasRows { get; init; }

    /// <summary>Prompts behind the score: whole with rows, half the passes without.</summary>
    public required double Prompts { get; init; }

    /// <summary>What the same passes would say if they were independent, which two passes of one pair are not; absent without a decisive pass.</summary>
    public required IndependentReading? IfPassesWereIndependent { get; init; }

    /// <param name="tarGz">An <c>output.tar.gz</c>.</param>
    /// <param name="names">Whom the letters stand for.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="PipelineException"><see cref="ErrorNames.JudgeOutput"/>: it is damaged, hostile or without results.</exception>
    public static async Task<JudgeReading> OfArchiveAsync(Stream tarGz, ReadingNames names, CancellationToken cancellationToken)
    {
        var archive = await JudgeArchiveReader.ReadAsync(tarGz, JudgeArchiveLimits.Default, cancellationToken);
        var warnings = new List<string>(archive.Diagnostics);
        var rows = new List<ArchiveRow>(archive.RowCount);
        await foreach (var row in archive.ReadRowsAsync(cancellationToken))
        {
            rows.Add(ArchiveRow.Of(row.Metrics));
        }

        return rows.Count > 0 && Orientation.Find(archive.Aggregates, rows, warnings) is { } source
            ? OfRows(archive, rows, source, names, warnings)
            : OfTotals(archive.Aggregates, archive.Marker is null, names, [.. warnings, "There are no verdicts by row to be had; two passes are taken as one prompt."]);
    }

    /// <param name="path">Names the file in messages.</param>
    /// <param name="json">The content of a <c>results_*.json</c>.</param>
    /// <param name="names">Whom the letters stand for.</param>
    /// <exception cref="PipelineException"><see cref="ErrorNames.JudgeOutput"/>: it holds no results of a judge.</exception>
    public static JudgeReading OfResults(string path, byte[] json, ReadingNames names)
    {
        var warnings = new List<string>();
        var results = ResultsFile.Read(path, json, warnings);
        return OfTotals(results.Metrics, results.Marker is null, names, warnings);
    }

    /// <summary>From passes won by A, won by B, tied and failed.</summary>
    public static JudgeReading OfCounts(int a, int b, int ties, int errors, ReadingNames names) =>
        OfTotals(new NovaMetrics { AScores = a, BScores = b, Ties = ties, InferenceError = errors }, isNova: true, names, []);

    private static JudgeReading OfRows(JudgeArchive archive, List<ArchiveRow> rows, VerdictSource source, ReadingNames names, List<string> warnings)
    {
        var prompts = new ScoredPrompts();
        foreach (var row in rows)
        {
            var (forward, backward) = (row.Forward ?? PassVerdict.Unreadable, row.BackwardBy(source) ?? PassVerdict.Unreadable);
            var outcome = source == VerdictSource.RowScores ? row.Scores.Outcome : PassAgreement.Outcome(forward, backward);

            // Which column of somebody else's file holds the prompt is not known, so each row is taken as a prompt of its own.
            var id = $"row {prompts.Total}";
            prompts.Add(source == VerdictSource.RowScores ? new VerdictRow(id, null, null, outcome) : new VerdictRow(id, forward, backward, outcome), new PromptRow(id, id), null);
        }

        var request = names.ToRequest(Unnamed);
        var pairs = new PairCounts(rows.Count, rows.Count, 0, 0, Generation(rows.Count));
        var analysis = RunAnalysis.OfPrompts(prompts, source, pairs, request);
        return Of(archive.Aggregates, archive.Marker is null, request, analysis, prompts.ToMetrics(), pairs, hasRows: true, warnings);
    }

    private static JudgeReading OfTotals(NovaMetrics totals, bool isNova, ReadingNames names, IReadOnlyList<string> warnings)
    {
        var request = names.ToRequest(Unnamed);
        var analysis = RunAnalysis.OfPasses(totals, new OutcomeCounts(), request.Analysis, request.Gate);
        var counts = analysis.Input.Counts;
        var pairs = new PairCounts(counts.Total, counts.Total, 0, 0, Generation(counts.Total));
        return Of(totals, isNova, request, analysis, ScoredPrompts.Describe(counts), pairs, hasRows: false, warnings);
    }

    private static JudgeReading Of(
        NovaMetrics nova, bool isNova, EvaluationRequest request, RunAnalysis analysis, OutcomeMetrics outcomes, PairCounts pairs, bool hasRows, IReadOnlyList<string> warnings)
    {
        var sample = new SampleCounts(request.Dataset.Format, outcomes.Total, 0, outcomes.Total, 0);
        var built = RunMetricsBuilder.Build(
            request, sample, pairs, "", nova, isNova, warnings, outcomes, analysis, RegressionMetrics.NotChecked("There is no pinned baseline to hold this against."));
        return new JudgeReading
        {
            Metrics = built with { Judge = built.Judge with { JobName = null } },
            HasRows = hasRows,
            Prompts = hasRows ? outcomes.Total : (nova.AScores + nova.BScores + nova.Ties) / 2,
            IfPassesWereIndependent = IndependentReading.Of(nova, request.Analysis.Confidence),
        };
    }

    private static GenerationMetrics Generation(int prompts)
    {
        var slot = new SlotGeneration(prompts, 0, 0, new Dictionary<string, int>(), 0, 0);
        return new GenerationMetrics(slot, slot);
    }
}

/// <param name="Rate">b / (a + b) over passes.</param>
/// <param name="Low">Wilson's interval, lower end.</param>
/// <param name="High">Upper end.</param>
/// <param name="SignTestP">Exact, two-sided.</param>
public sealed record IndependentReading(double Rate, double Low, double High, double SignTestP)
{
    internal static IndependentReading? Of(NovaMetrics nova, double confidence)
    {
        var (b, n) = ((int)nova.BScores, (int)(nova.AScores + nova.BScores));
        if (n == 0)
        {
            return null;
        }

        var interval = WilsonInterval.Of(b, n, confidence);
        return new IndependentReading((double)b / n, interval.Low, interval.High, SignTest.TwoSided(b, n));
    }
}

/// <summary>What a reader of somebody else's output says about it.</summary>
/// <param name="A">The name of model A.</param>
/// <param name="B">The name of model B.</param>
/// <param name="Source">Where the numbers are from.</param>
public sealed record ReadingNames(string A = "Model A", string B = "Model B", string Source = "counts")
{
    internal EvaluationRequest ToRequest(RunId runId)
    {
        var defaults = new RequestDefaults
        {
            DatasetSource = Source,
            ModelA = new ModelDefaults("file:a", A),
            ModelB = new ModelDefaults("file:b", B),
            JudgeKind = "nova",
        };
        using var body = JsonDocument.Parse("""{"suite":"read","dataset":{"format":"pairs","sample":{"method":"all"}},"gate":{"failOn":["errors"]}}""");
        var problems = new List<string>();
        var request = new RequestReader(defaults).Read(body.RootElement, new RunIdentity(runId, DateTimeOffset.UnixEpoch, RunTrigger.Local), problems);
        return problems.Count == 0 ? request : throw PipelineException.BadInput(problems);
    }
}
