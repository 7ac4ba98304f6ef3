using NovaJudge.Local.Storage;
using NovaJudge.Pipeline;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Local;

/// <summary>Data sets on a laptop: embedded ones, objects of the store under <c>incoming/</c>, and files.</summary>
public sealed class LocalDatasetSources(FileObjectStore store) : IDatasetSources
{
    /// <summary>The data set of an empty request.</summary>
    public const string EmbeddedSample = "embedded:squad-sample";

    public ValueTask<string?> CheckAsync(string source, CancellationToken cancellationToken) => ValueTask.FromResult(source switch
    {
        EmbeddedSample => null,
        _ when source.StartsWith("embedded:", StringComparison.Ordinal) => $"there is no data set {source}; the embedded one is {EmbeddedSample}.",
        _ when source.StartsWith("s3://", StringComparison.Ordinal) => $"{source} is read by the pipeline on AWS; here name a file, or copy it with the aws command first.",
        _ when source.StartsWith("https://", StringComparison.Ordinal) || source.StartsWith("http://", StringComparison.Ordinal) =>
            $"{source}: download it first and name the file, so that the run can be repeated.",
        _ when Directory.Exists(PathOf(source)) => $"{source} is a folder; a file is expected.",
        _ when !File.Exists(PathOf(source)) => $"{source}: there is no such file.",
        _ => null,
    });

    public Task<Stream> OpenAsync(string source, CancellationToken cancellationToken)
    {
        if (source == EmbeddedSample)
        {
            return Task.FromResult(typeof(LocalDatasetSources).Assembly.GetManifestResourceStream("squad-sample.json")
                ?? throw new InvalidOperationException("The embedded data set is missing from this build."));
        }

        try
        {
            return Task.FromResult<Stream>(new FileStream(PathOf(source), FileMode.Open, FileAccess.Read, FileShare.Read, 64 * 1024));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw PipelineException.BadInput($"{source}: {e.Message}");
        }
    }

    private string PathOf(string source) => source.StartsWith(RunKeys.IncomingPrefix, StringComparison.Ordinal)
        ? store.PathOf(ObjectKey.Parse(source))
        : source;
}
