namespace NovaJudge.Functions.StandIns;

/// <summary>
/// What the local runner puts in the place of AWS (<c>./nova run --process</c>): requests keep naming what they name on a
/// laptop, while the functions call AWS's interfaces for it. No deployment sets this; without it such names are refused.
/// </summary>
public sealed record StandInSettings
{
    /// <summary>From the model spec in a request to the <c>bedrock:</c> or <c>sagemaker:</c> spec that is called for it.</summary>
    public IReadOnlyDictionary<string, string> Models { get; init; } = new Dictionary<string, string>();

    /// <summary>From the data set's name in a request to the <c>s3://</c> object that is read for it.</summary>
    public IReadOnlyDictionary<string, string> Datasets { get; init; } = new Dictionary<string, string>();

    /// <summary>From the judge's kind in a request to the image of the training job that is started for it.</summary>
    public IReadOnlyDictionary<string, string> Judges { get; init; } = new Dictionary<string, string>();

    /// <summary>What links to reports begin with, in the place of the console's address.</summary>
    public string? LinkBase { get; init; }

    /// <summary>The time of day that is written down, so that runs can be compared byte by byte.</summary>
    public DateTimeOffset? Clock { get; init; }
}
