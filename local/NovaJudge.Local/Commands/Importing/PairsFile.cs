using System.Text.Json;
using NovaJudge.Local.Commands.Documents;
using NovaJudge.Local.Storage;
using NovaJudge.Pipeline;
using NovaJudge.Pipeline.Datasets;

namespace NovaJudge.Local.Commands.Importing;

/// <summary>A file of pairs: complete and readable as a data set, or not there at all.</summary>
internal static class PairsFile
{
    /// <exception cref="PipelineException"><see cref="ErrorNames.BadInput"/>: the file exists already, or a run could not read what would be in it.</exception>
    /// <returns>How many pairs it has, and whether all of them have references.</returns>
    public static async Task<(int Count, bool HaveReferences)> WriteAsync(string path, ImportedPairs imported, CancellationToken cancellationToken)
    {
        if (File.Exists(path) || Directory.Exists(path))
        {
            throw Taken(path);
        }

        var (count, haveReferences) = (0, true);
        var temporary = $"{path}.{Path.GetRandomFileName()}";
        try
        {
            await using (var file = new StreamWriter(temporary) { NewLine = "\n" })
            {
                await foreach (var pair in imported.Pairs.WithCancellation(cancellationToken))
                {
                    (count, haveReferences) = (count + 1, haveReferences && pair.References is not null);
                    await file.WriteLineAsync(JsonSerializer.Serialize(
                        new DatasetLine(pair.Id, pair.Prompt) { ResponseA = pair.A, ResponseB = pair.B, References = pair.References }, LocalJson.Line.DatasetLine).AsMemory(), cancellationToken);
                }
            }

            if (count == 0)
            {
                var leftOut = imported.LeftOut();
                throw PipelineException.BadInput($"There is no pair of answers to judge{(leftOut.Count > 0 ? $": {string.Join(", ", leftOut)}" : "")}.");
            }

            await CheckAsync(temporary, path, cancellationToken);
            if (!ExclusiveMove.TryMove(temporary, path))
            {
                throw Taken(path);
            }

            return (count, haveReferences);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private static PipelineException Taken(string path) => PipelineException.BadInput($"{path} exists already. Remove it, or choose another name with --out.");

    /// <summary>The reader of a run has the last word on what is a data set.</summary>
    private static async Task CheckAsync(string temporary, string path, CancellationToken cancellationToken)
    {
        try
        {
            await using var stream = File.OpenRead(temporary);
            await foreach (var record in DatasetReader.ReadAsync(stream, new DatasetOptions { Name = path, Format = DatasetFormat.Pairs }, new DatasetCounts(), cancellationToken))
            {
                _ = record;
            }
        }
        catch (DatasetException e)
        {
            throw PipelineException.BadInput($"The results cannot be used as pairs: {e.Message}");
        }
    }
}
