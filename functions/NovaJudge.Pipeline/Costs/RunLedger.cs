using System.Text.Json.Serialization;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Pipeline.Costs;

/// <summary>
/// What a run asked of models and of the judge, how long they took and what that cost: the content of
/// <c>telemetry/ledger.json</c>. What is not known is absent and said in words, never 0.
/// </summary>
public sealed record RunLedger
{
    /// <summary>Version of this document; raised when a field changes its meaning or goes away, not when one is added.</summary>
    public const int CurrentSchemaVersion = 1;

    public int SchemaVersion { get; init; } = CurrentSchemaVersion;

    public required RunId RunId { get; init; }

    /// <summary>Prompts of the run.</summary>
    public required int Prompts { get; init; }

    /// <summary>Version of the price table that the dollars were computed with.</summary>
    public required string Prices { get; init; }

    /// <summary>One entry for model A, one for B, and one for each judging model or the judge's job; in this order.</summary>
    public required IReadOnlyList<LedgerEntry> Entries { get; init; }

    public required LedgerTotal Total { get; init; }

    /// <summary>What these numbers leave out, one sentence each.</summary>
    public required IReadOnlyList<string> Notes { get; init; }
}

/// <summary>How an entry's work was done, and so how it is paid for.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<LedgerKind>))]
public enum LedgerKind
{
    /// <summary>A model was called: tokens, or the time of an endpoint.</summary>
    [JsonStringEnumMemberName("called")] Called,

    /// <summary>Answers of an earlier run or of a file: nobody was called.</summary>
    [JsonStringEnumMemberName("replayed")] Replayed,

    /// <summary>The data set brought the answers along.</summary>
    [JsonStringEnumMemberName("supplied")] Supplied,

    /// <summary>A job of the judge: billable seconds of an instance.</summary>
    [JsonStringEnumMemberName("job")] Job,
}

/// <summary>One line of the ledger: what was asked for one purpose.</summary>
public sealed record LedgerEntry
{
    /// <summary><c>a</c>, <c>b</c> or <c>judge</c>.</summary>
    public required string Purpose { get; init; }

    /// <summary>What people read.</summary>
    public required string Name { get; init; }

    /// <summary>The model's spec, or the kind of a judge that is a job.</summary>
    public required string Model { get; init; }

    public required LedgerKind Kind { get; init; }

    /// <summary>Answers asked of the model, failed ones among them; a judging model that is asked again counts again. 0 for a job.</summary>
    public required long Calls { get; init; }

    /// <summary>Calls without an answer.</summary>
    public required long Failed { get; init; }

    /// <summary>Requests sent: calls and their repetitions, as far as they are known.</summary>
    public required long Attempts { get; init; }

    /// <summary>Requests refused for now (429 and alike).</summary>
    public required long Throttled { get; init; }

    /// <summary>Calls that are known by their answers only: the process that made them ended before it noted how long they took.</summary>
    public required long Untimed { get; init; }

    /// <summary>Answers taken from a cache instead of a call.</summary>
    public required long Cached { get; init; }

    /// <summary>Tokens read.</summary>
    public required long InputTokens { get; init; }

    /// <summary>Tokens written.</summary>
    public required long OutputTokens { get; init; }

    /// <summary>Answers whose tokens the service did not count believably; theirs are estimated from the texts.</summary>
    public required long EstimatedAnswers { get; init; }

    /// <summary>How long answers took; absent when no call was timed.</summary>
    public LatencyPercentiles? Latency { get; init; }

    /// <summary>The judge's jobs; absent for models.</summary>
    public JobSeconds? Job { get; init; }

    /// <summary>The price that applied; absent when none is known or needed.</summary>
    public PriceUsed? Price { get; init; }

    /// <summary>US dollars; absent when unknown.</summary>
    public double? Usd { get; init; }

    /// <summary>Why it costs nothing (<c>local</c>, <c>replayed</c>, <c>supplied</c>), or why its cost is not known.</summary>
    public string? Because { get; init; }
}

/// <summary>All entries together.</summary>
/// <param name="Calls">Calls of all models.</param>
/// <param name="Failed">Calls without an answer.</param>
/// <param name="Attempts">Requests sent, as far as they are known.</param>
/// <param name="Throttled">Requests refused for now.</param>
/// <param name="InputTokens">Tokens read.</param>
/// <param name="OutputTokens">Tokens written.</param>
/// <param name="KnownUsd">US dollars of the entries whose cost is known: a lower bound.</param>
/// <param name="Usd">US dollars of everything; absent when the cost of an entry is not known.</param>
public sealed record LedgerTotal(
    long Calls, long Failed, long Attempts, long Throttled, long InputTokens, long OutputTokens, double KnownUsd, double? Usd);

/// <summary>Percentiles by the nearest rank, in milliseconds; all but the largest are off by at most half a percent.</summary>
/// <param name="P50">Median.</param>
/// <param name="P90">9 of 10 answers took no longer.</param>
/// <param name="P99">99 of 100 answers took no longer.</param>
/// <param name="Max">The slowest answer, exactly.</param>
/// <param name="Count">Calls that were timed.</param>
public sealed record LatencyPercentiles(double P50, double P90, double P99, double Max, long Count);

/// <param name="Jobs">Jobs of the run, failed ones included.</param>
/// <param name="BillableSeconds">What the service charges for, of all of them; absent when it does not say.</param>
/// <param name="InstanceType">What they ran on.</param>
/// <param name="Region">Where.</param>
public sealed record JobSeconds(int Jobs, long? BillableSeconds, string? InstanceType, string? Region);

/// <param name="InputPerMillion">US dollars for a million tokens read.</param>
/// <param name="OutputPerMillion">US dollars for a million tokens written.</param>
/// <param name="PerHour">US dollars for an hour of the instance.</param>
/// <param name="Source">Where the price was published.</param>
/// <param name="AsOf">The day it was read there.</param>
public sealed record PriceUsed(double? InputPerMillion, double? OutputPerMillion, double? PerHour, string? Source, string? AsOf);
