using NovaJudge.Pipeline;

namespace NovaJudge.Functions.StandIns;

/// <summary>Reads one object where another data set is named.</summary>
internal sealed class StandInDatasets(IDatasetSources datasets, IReadOnlyDictionary<string, string> standIns) : IDatasetSources
{
    public static IDatasetSources Over(IDatasetSources datasets, StandInSettings? settings) =>
        settings is null ? datasets : new StandInDatasets(datasets, settings.Datasets);

    public ValueTask<string?> CheckAsync(string source, CancellationToken cancellationToken) => datasets.CheckAsync(StandIn(source), cancellationToken);

    public Task<Stream> OpenAsync(string source, CancellationToken cancellationToken) => datasets.OpenAsync(StandIn(source), cancellationToken);

    private string StandIn(string source) => standIns.GetValueOrDefault(source, source);
}
