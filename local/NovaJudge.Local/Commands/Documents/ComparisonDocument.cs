using NovaJudge.Pipeline.Judging;
using NovaJudge.Pipeline.Metrics;
using NovaJudge.Pipeline.Statistics;

namespace NovaJudge.Local.Commands.Documents;

/// <summary>What <c>nova compare --json</c> prints; absent is what cannot be said.</summary>
internal sealed record ComparisonDocument
{
    public required string First { get; init; }

    public required string Second { get; init; }

    public required IReadOnlyList<string> Differences { get; init; }

    public required bool Paired { get; init; }

    public required string Note { get; init; }

    public required int Shared { get; init; }

    public double? Difference { get; init; }

    public double[]? Interval { get; init; }

    public double? P { get; init; }

    public ComparedWinners? McNemar { get; init; }

    public required IEnumerable<ChangedPrompt> Changed { get; init; }

    public static ComparisonDocument Of(string first, string second, ComparedRuns compared)
    {
        var comparison = compared.Comparison;
        return new ComparisonDocument
        {
            First = first,
            Second = second,
            Differences = compared.Differences,
            Paired = comparison.IsPaired,
            Note = comparison.Note,
            Shared = comparison.Shared,
            Difference = comparison.Difference.OrNull(),
            Interval = comparison.Interval.TryGet(out var interval) ? [interval.Low, interval.High] : null,
            P = comparison.P.OrNull(),
            McNemar = comparison.McNemar is { } test ? new ComparedWinners(test.N, test.Discordant, test.PExact, test.PMid) : null,
            Changed = compared.Changed.Select(verdict => new ChangedPrompt(verdict.Id, verdict.First, verdict.Second, verdict.IsFlip, verdict.Prompt)),
        };
    }
}

/// <summary>McNemar's test: of N prompts decisive in both runs, those whose winner changed.</summary>
internal sealed record ComparedWinners(int N, int Discordant, double PExact, double PMid);

/// <summary>A prompt with another verdict than before; a flip where the other model wins now.</summary>
internal sealed record ChangedPrompt(string Id, PromptOutcome First, PromptOutcome Second, bool Flip, string Prompt);
