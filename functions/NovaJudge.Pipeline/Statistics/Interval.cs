using System.Text.Json.Serialization;

namespace NovaJudge.Pipeline.Statistics;

/// <summary>A closed interval of plausible values, <see cref="Low"/> to <see cref="High"/>.</summary>
public readonly record struct Interval(double Low, double High)
{
    /// <summary>All a proportion can be: what is known when nothing was observed.</summary>
    public static Interval Unit => new(0, 1);

    [JsonIgnore]
    public double Width => High - Low;

    public bool Contains(double value) => Low <= value && value <= High;

    /// <summary>Whether the whole interval lies strictly between two bounds.</summary>
    public bool IsInside(double low, double high) => low < Low && High < high;

    /// <summary>The part of the interval between two bounds; an interval wholly outside collapses onto the nearer bound.</summary>
    public Interval ClippedTo(double low, double high) => new(Math.Clamp(Low, low, high), Math.Clamp(High, low, high));

    /// <summary>The interval of 1 - x: the same statement about a proportion with the two models exchanged.</summary>
    public Interval Mirrored() => new(1 - High, 1 - Low);
}
