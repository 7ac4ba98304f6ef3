using System.Security.Cryptography;
using System.Text.Json.Nodes;
using NovaJudge.Local.Storage;
using NovaJudge.Pipeline;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Local.Commands;

/// <summary>
/// Names for local runs: suite, hash of request and data set, ordinal. The same request on the same data finds its
/// unfinished run and resumes it; a finished one gets a new sibling.
/// </summary>
internal static class RunNames
{
    private const int LongestSuite = 24;

    /// <summary>What names a request: all of it but its limits, since a run may go on under others.</summary>
    public static string TextOf(JsonObject body) => RunLimits.Without(body).ToJsonString();

    /// <summary>The first name of the request whose run has not finished, or was cut off before it could say so.</summary>
    public static async Task<RunId> ChooseAsync(
        EvaluationRequest request, string requestText, IDatasetSources datasets, FileObjectStore store, CancellationToken cancellationToken)
    {
        var suite = request.Suite[..Math.Min(request.Suite.Length, LongestSuite)].TrimEnd('-');
        var hash = Slug.Hash(8, requestText, await ContentHashAsync(datasets, request.Dataset.Source, cancellationToken));
        for (var ordinal = 1; ; ordinal++)
        {
            var runId = RunId.Parse($"{suite}-{hash}-{ordinal}");
            if (await store.FindAsync(new RunKeys(runId).Summary, cancellationToken) is null || RunLock.IsTakenOrLeftBehind(store, runId))
            {
                return runId;
            }
        }
    }

    private static async Task<string> ContentHashAsync(IDatasetSources datasets, string source, CancellationToken cancellationToken)
    {
        await using var stream = await datasets.OpenAsync(source, cancellationToken);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken));
    }
}
