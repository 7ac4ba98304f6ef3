using System.Text.Json.Serialization;

namespace NovaJudge.Pipeline.Statistics;

/// <summary>How many prompts of a run ended each way; every prompt is in exactly one count.</summary>
public sealed record OutcomeCounts
{
    /// <summary>Both passes preferred A.</summary>
    public int A { get; init; }

    /// <summary>Both passes preferred B.</summary>
    public int B { get; init; }

    /// <summary>Both passes saw a tie.</summary>
    public int Tie { get; init; }

    /// <summary>The passes disagreed: a tie in the score, counted apart.</summary>
    public int Inconsistent { get; init; }

    /// <summary>A pass could not be read.</summary>
    public int Unscored { get; init; }

    /// <summary>A model gave no answer.</summary>
    public int GenerationFailed { get; init; }

    /// <summary>The pair exceeded the judge's context.</summary>
    public int TooLongForJudge { get; init; }

    /// <summary>What counts as half a win: ties and inconsistent prompts.</summary>
    [JsonIgnore]
    public int Ties => checked(Tie + Inconsistent);

    [JsonIgnore]
    public int Decisive => checked(A + B);

    [JsonIgnore]
    public int Scored => checked(Decisive + Ties);

    /// <summary>Prompts without a verdict, for whatever reason: never a win, never a loss.</summary>
    [JsonIgnore]
    public int WithoutVerdict => checked(Unscored + GenerationFailed + TooLongForJudge);

    [JsonIgnore]
    public int Total => checked(Scored + WithoutVerdict);

    /// <summary>The share of prompts without a verdict.</summary>
    [JsonIgnore]
    public Finding<double> ErrorRate => Total > 0 ? Finding.Of((double)WithoutVerdict / Total) : Finding.Withheld<double>("the run has no prompts");

    /// <summary>The share of scored prompts with a winner.</summary>
    [JsonIgnore]
    public Finding<double> DecisiveRate => Scored > 0 ? Finding.Of((double)Decisive / Scored) : Finding.Withheld<double>("no prompt was scored");

    /// <summary>The same run with the models' names exchanged.</summary>
    public OutcomeCounts Swapped() => this with { A = B, B = A };
}
