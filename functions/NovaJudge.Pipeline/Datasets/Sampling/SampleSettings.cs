namespace NovaJudge.Pipeline.Datasets.Sampling;

/// <summary>How a sample is drawn.</summary>
public enum SampleMethod
{
    /// <summary>Every record.</summary>
    All,

    /// <summary>The first records of the file; what follows is not read.</summary>
    First,

    /// <summary>Each set of the wanted size is equally likely; the same seed and ids give the same set in whatever order the file has them.</summary>
    Random,

    /// <summary>As <see cref="Random"/> within each cluster; every cluster gets its share of the size by largest remainder.</summary>
    Stratified,
}

/// <summary>What to draw.</summary>
/// <param name="Method">The way.</param>
/// <param name="Size">Records wanted, at least 1; ignored by <see cref="SampleMethod.All"/>.</param>
/// <param name="Seed">Chooses among the equally likely samples; used by random and stratified.</param>
public sealed record SampleSettings(SampleMethod Method, int Size = 0, long Seed = 0);
