using System.Text.Json.Serialization;

namespace NovaJudge.Pipeline.Costs;

/// <summary>Prices in US dollars, each with its source and the day it was read there.</summary>
public sealed record PriceTable
{
    /// <summary>Names the table wherever its prices were used: the built-in one by its date.</summary>
    public required string Version { get; init; }

    public IReadOnlyList<ModelPrice> Models { get; init; } = [];

    public IReadOnlyList<InstancePrice> Instances { get; init; } = [];
}

/// <summary>What calls of a model cost: by tokens, or by the hours of the endpoint that answers.</summary>
public sealed record ModelPrice
{
    /// <summary>The spec it holds for; a star stands for any characters. Of several that fit, the one that says most wins.</summary>
    public required string Model { get; init; }

    /// <summary>For a million tokens read.</summary>
    public double? InputPerMillion { get; init; }

    /// <summary>For a million tokens written.</summary>
    public double? OutputPerMillion { get; init; }

    /// <summary>For an hour of the endpoint, where tokens are not what is charged.</summary>
    public double? PerHour { get; init; }

    /// <summary>The instance behind the endpoint, whose price then counts.</summary>
    public string? Instance { get; init; }

    /// <summary>Where the price was published.</summary>
    public string? Source { get; init; }

    /// <summary>The day it was read there.</summary>
    public string? AsOf { get; init; }

    /// <summary>Whether a spec fits the pattern; letters count as written.</summary>
    internal bool Fits(string spec)
    {
        var parts = Model.Split('*');
        if (parts.Length == 1)
        {
            return spec == Model;
        }

        if (spec.Length < parts[0].Length + parts[^1].Length || !spec.StartsWith(parts[0], StringComparison.Ordinal) || !spec.EndsWith(parts[^1], StringComparison.Ordinal))
        {
            return false;
        }

        var at = parts[0].Length;
        var end = spec.Length - parts[^1].Length;
        foreach (var part in parts.AsSpan(1, parts.Length - 2))
        {
            var found = spec.AsSpan(at, end - at).IndexOf(part, StringComparison.Ordinal);
            if (found < 0)
            {
                return false;
            }

            at += found + part.Length;
        }

        return true;
    }

    /// <summary>How much of a spec the pattern spells out.</summary>
    [JsonIgnore]
    internal int Weight => Model.Count(letter => letter != '*');
}

/// <summary>What an hour of an instance costs.</summary>
/// <param name="Instance">Its type, such as <c>ml.g5.12xlarge</c>.</param>
/// <param name="Use"><c>training</c> (the judge's jobs) or <c>endpoint</c>.</param>
/// <param name="Region">Where.</param>
/// <param name="PerHour">US dollars.</param>
/// <param name="Source">Where the price was published.</param>
/// <param name="AsOf">The day it was read there.</param>
public sealed record InstancePrice(string Instance, string Use, string Region, double PerHour, string? Source = null, string? AsOf = null)
{
    /// <summary>The use of a judge's job.</summary>
    public const string Training = "training";

    /// <summary>The use of a model that answers.</summary>
    public const string Endpoint = "endpoint";
}
