using Parquet.Schema;

namespace NovaJudge.Pipeline.Judging.Archive;

/// <summary>
/// Which columns of a details file say what. Columns are known by the names along their path, whatever lists and structs
/// they are nested in; the tables below are all that is known of them.
/// </summary>
internal sealed record DetailsPlan(IReadOnlyList<DetailsColumn> Columns)
{
    /// <summary>Layers that Parquet writers put between a list or map and its items.</summary>
    private static readonly HashSet<string> Layers = ["list", "element", "item", "array", "bag", "array_element"];

    /// <summary>Columns whose text may be the prompt.</summary>
    private static readonly HashSet<string> PromptPaths =
    [
        "prompt", "example", "query", "question", "instruction", "full_prompt",
        "specifics.prompt", "specific.prompt", "specifics.query", "doc.query", "doc.prompt", "doc.specific.prompt", "doc.instruction",
    ];

    /// <summary>Columns with a dict as text, one of whose keys may hold the prompt.</summary>
    private static readonly HashSet<string> PromptDicts = ["specifics", "specific", "doc"];

    /// <summary>Keys of such a dict that may hold the prompt.</summary>
    public static readonly HashSet<string> PromptKeys = ["prompt", "query", "question"];

    public IEnumerable<string> PromptColumns => Columns.Where(column => column.PromptName is not null).Select(column => column.PromptName!);

    /// <summary>Whether the file says anything of a row's outcome.</summary>
    public bool HasMetrics => Columns.Any(column => column.PromptName is null);

    public static DetailsPlan Of(ParquetSchema schema)
    {
        var columns = new List<DetailsColumn>();
        foreach (var field in schema.DataFields)
        {
            var path = string.Join('.', field.Path.ToList().Where(part => !Layers.Contains(part)));
            var metric = path.StartsWith("metrics.", StringComparison.Ordinal) ? path["metrics.".Length..] : path;
            if (path == "metrics")
            {
                columns.Add(new DetailsColumn(field, DetailsRole.MetricsDict, null));
            }
            else if (DetailsColumn.MetricOf(metric) is { } role)
            {
                columns.Add(new DetailsColumn(field, role, null));
            }
            else if (PromptPaths.Contains(path))
            {
                columns.Add(new DetailsColumn(field, DetailsRole.Prompt, path));
            }
            else if (PromptDicts.Contains(path))
            {
                columns.Add(new DetailsColumn(field, DetailsRole.PromptDict, path + "{prompt}"));
            }
        }

        return new DetailsPlan(columns);
    }
}

/// <summary>What a column says.</summary>
internal enum DetailsRole
{
    Prompt,
    PromptDict,
    MetricsDict,
    ForwardOutput,
    BackwardOutput,
    AScores,
    BScores,
    Ties,
    InferenceError,
    WeightedScoreA,
    WeightedScoreB,
    ScoreMargin,
}

/// <param name="Field">The column.</param>
/// <param name="Role">What it says.</param>
/// <param name="PromptName">What the column is called among those that may hold the prompt; <c>null</c> for others.</param>
internal sealed record DetailsColumn(DataField Field, DetailsRole Role, string? PromptName)
{
    /// <summary>The metric of that name, as a column or as a key of a dict.</summary>
    public static DetailsRole? MetricOf(ReadOnlySpan<char> name) => name switch
    {
        ArchiveNames.ForwardOutput => DetailsRole.ForwardOutput,
        ArchiveNames.BackwardOutput => DetailsRole.BackwardOutput,
        ArchiveNames.AScores => DetailsRole.AScores,
        ArchiveNames.BScores => DetailsRole.BScores,
        ArchiveNames.Ties => DetailsRole.Ties,
        ArchiveNames.InferenceError or "inference-error" => DetailsRole.InferenceError,
        ArchiveNames.WeightedScoreA => DetailsRole.WeightedScoreA,
        ArchiveNames.WeightedScoreB => DetailsRole.WeightedScoreB,
        ArchiveNames.ScoreMargin => DetailsRole.ScoreMargin,
        _ => null,
    };
}
