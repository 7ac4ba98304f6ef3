using System.Text.Json.Serialization;

namespace NovaJudge.Pipeline.Datasets.Sampling;

/// <summary>How a sample is drawn.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SampleMethod>))]
public enum SampleMethod
{
    /// <summary>Every record.</summary>
    [JsonStringEnumMemberName("all")] All,

    /// <summary>The first records of the file; what follows is not read.</summary>
    [JsonStringEnumMemberName("first")] First,

    /// <summary>Each set of the wanted size is equally likely; the same seed and ids give the same set in whatever order the file has them.</summary>
    [JsonStringEnumMemberName("random")] Random,

    /// <summary>As <see cref="Random"/> within each cluster; every cluster gets its share of the size by largest remainder.</summary>
    [JsonStringEnumMemberName("stratified")] Stratified,
}

/// <summary>What to draw.</summary>
/// <param name="Method">The way.</param>
/// <param name="Size">Records wanted, at least 1; ignored by <see cref="SampleMethod.All"/>.</param>
/// <param name="Seed">Chooses among the equally likely samples; used by random and stratified.</param>
/// <param name="AtMost">Whether a data set with fewer records is taken whole, rather than refused.</param>
public sealed record SampleSettings(
    SampleMethod Method,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] int Size = 0,
    long Seed = 0,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool AtMost = false);
