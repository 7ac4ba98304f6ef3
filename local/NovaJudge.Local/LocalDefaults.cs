using NovaJudge.Local.Judging;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Local;

/// <summary>What an empty request runs on a laptop: everything embedded, no account, no network.</summary>
public static class LocalDefaults
{
    /// <summary>Two demonstration models on the embedded data set, scored against its gold answers.</summary>
    public static RequestDefaults Request { get; } = new()
    {
        DatasetSource = LocalDatasetSources.EmbeddedSample,
        ModelA = new ModelDefaults("embedded:first-sentence", "first-sentence"),
        ModelB = new ModelDefaults("embedded:keyword-match", "keyword-match"),
        JudgeKind = TokenF1Judge.Kind,

        // Here every answer is in a journal before the next is asked, whatever the size of its batch; and every batch is a file.
        BatchSize = 50,
    };

    /// <summary>Folder of the store, below the current one.</summary>
    public const string Store = "nova-data";
}
