using System.Globalization;
using System.Text.RegularExpressions;

namespace NovaJudge.Pipeline.Judging.Archive;

/// <summary>What an archive says of itself, beside its rows.</summary>
public sealed partial record JudgeArchiveHeader
{
    /// <summary>The marker of archives that the local judge wrote.</summary>
    public const string LocalJudgeMarker = "nova-shaped, written by the local judge; not Nova";

    /// <summary>The marker of archives that were written from the verdicts of a model called as a judge.</summary>
    public const string ModelJudgeMarker = "nova-shaped, written by a model judge; not Nova";

    /// <summary>The first folder of the archive: 1 to 64 letters, digits, '.', '_' and '-'; not '.' or '..'.</summary>
    public required string RunName { get; init; }

    /// <summary>Names the files and dates the entries. Equal rows under equal headers give equal bytes.</summary>
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>Who judged, as the results file names its model.</summary>
    public required string JudgeName { get; init; }

    /// <summary>Says that this is not the Nova container's work.</summary>
    public required string Marker { get; init; }

    internal string Stamp => Timestamp.UtcDateTime.ToString("yyyy-MM-dd'T'HH-mm-ss.ffffff", CultureInfo.InvariantCulture);

    internal void Check()
    {
        if (!SafeName().IsMatch(RunName) || RunName is "." or "..")
        {
            throw new ArgumentException($"\"{RunName}\" cannot name an archive's folder: 1 to 64 letters, digits, '.', '_' and '-' can.");
        }
    }

    [GeneratedRegex(@"\A[A-Za-z0-9._-]{1,64}\z")]
    private static partial Regex SafeName();
}
