namespace NovaJudge.Pipeline.Judging.Archive;

/// <summary>
/// Reads the <c>output.tar.gz</c> of a judge's job: the container's or one that <see cref="JudgeArchiveWriter"/> wrote.
/// Files are found by pattern, never by path. Memory is that of the stored Parquet files.
/// </summary>
public static class JudgeArchiveReader
{
    /// <summary>Reads the aggregates and prepares the rows. Broken or missing rows are a diagnostic, since the aggregates stand without them.</summary>
    /// <exception cref="PipelineException"><see cref="ErrorNames.JudgeOutput"/> when the archive is damaged, hostile or without results.</exception>
    public static async Task<JudgeArchive> ReadAsync(Stream tarGz, JudgeArchiveLimits limits, CancellationToken cancellationToken)
    {
        var files = await ArchiveFiles.ReadAsync(tarGz, limits, cancellationToken);
        var diagnostics = new List<string>();
        var results = ResultsFile.Read(files.Results.Path, files.Results.Content, diagnostics);

        var details = new List<DetailsFile>();
        foreach (var (path, content) in ArchiveFiles.ChooseDetails(files, diagnostics))
        {
            try
            {
                details.Add(await DetailsFile.OpenAsync(path, content, limits, cancellationToken));
            }
            catch (PipelineException broken)
            {
                diagnostics.Add(broken.Message);
                details.Clear();
                break;
            }
        }

        if (details.Sum(file => (long)file.Rows) > limits.Rows)
        {
            throw JudgeOutput.Refused($"its details hold more than {limits.Rows:N0} rows", "Judge fewer prompts at once.");
        }

        return new JudgeArchive(details)
        {
            Aggregates = results.Metrics,
            FurtherAggregates = results.Further,
            RunName = RunName(files.Results.Path),
            Marker = results.Marker,
            Diagnostics = diagnostics,
        };
    }

    private static string? RunName(string resultsPath)
    {
        var parts = resultsPath.Split('/');
        return parts.Length >= 3 ? parts[^3] : null;
    }
}
