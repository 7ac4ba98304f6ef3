using System.Globalization;
using System.Runtime.CompilerServices;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Pipeline.Costs;

/// <summary>How what a run spends is watched while it is spent, by however many processes.</summary>
public interface ISpending
{
    /// <summary>The spending of a run, with what is known of other processes.</summary>
    /// <param name="request">The run's request.</param>
    /// <param name="purpose">What the calls are for that will be counted: <c>a</c>, <c>b</c> or <c>judge</c>.</param>
    /// <param name="batch">Their batch.</param>
    /// <param name="cancellationToken">Ends the look at what others spent.</param>
    ValueTask<RunSpending> OpenAsync(EvaluationRequest request, string purpose, int batch, CancellationToken cancellationToken);

    /// <summary>Tells other processes what a batch has cost so far.</summary>
    /// <param name="spending">What was opened for it.</param>
    /// <param name="purpose">What for.</param>
    /// <param name="batch">Number of the batch.</param>
    /// <param name="cancellationToken">Ends the write.</param>
    ValueTask CloseAsync(RunSpending spending, string purpose, int batch, CancellationToken cancellationToken);
}

/// <summary>
/// For functions that know nothing of each other: each batch leaves an object whose name says what it cost, so that one
/// listing tells what all have spent. Done only for runs with a ceiling.
/// </summary>
public sealed class StoreSpending(IObjectStore store) : ISpending
{
    private const double Nano = 1e-9;

    public async ValueTask<RunSpending> OpenAsync(EvaluationRequest request, string purpose, int batch, CancellationToken cancellationToken)
    {
        var before = default(Amount);
        if (HasCeiling(request))
        {
            await foreach (var spent in ReadAsync(request.RunId, $"{purpose}/{batch:D5}", cancellationToken))
            {
                before += spent;
            }
        }

        return new RunSpending(request, before);
    }

    public async ValueTask CloseAsync(RunSpending spending, string purpose, int batch, CancellationToken cancellationToken)
    {
        if (HasCeiling(spending.Request))
        {
            var spent = spending.Of(purpose).Spent;
            var name = string.Create(CultureInfo.InvariantCulture, $"spent/{purpose}/{batch:D5}/{(long)Math.Round(spent.Usd / Nano)}-{spent.Tokens}");
            await store.WriteBytesAsync(new RunKeys(spending.Request.RunId).Telemetry(name), default, PutCondition.Always, cancellationToken);
        }
    }

    /// <summary>What all batches have cost so far: the largest amount that each one noted.</summary>
    public static async Task<Amount> SumAsync(IObjectStore store, RunId runId, CancellationToken cancellationToken)
    {
        var sum = default(Amount);
        await foreach (var spent in new StoreSpending(store).ReadAsync(runId, "", cancellationToken))
        {
            sum += spent;
        }

        return sum;
    }

    private async IAsyncEnumerable<Amount> ReadAsync(RunId runId, string except, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var prefix = new RunKeys(runId).Telemetry("spent").Value + "/";
        var (current, most) = ("", default(Amount));
        await foreach (var found in store.ListAsync(prefix, cancellationToken))
        {
            var name = found.Key.Value[prefix.Length..];
            var slash = name.LastIndexOf('/');
            if (slash < 0 || name[..slash] == except || !TryRead(name[(slash + 1)..], out var amount))
            {
                continue;
            }

            if (name[..slash] != current)
            {
                yield return most;
                (current, most) = (name[..slash], default);
            }

            most = new Amount(Math.Max(most.Usd, amount.Usd), Math.Max(most.Tokens, amount.Tokens));
        }

        yield return most;
    }

    private static bool TryRead(string name, out Amount amount)
    {
        var dash = name.IndexOf('-', StringComparison.Ordinal);
        var (nano, tokens) = (0L, 0L);
        var ok = dash > 0 && long.TryParse(name.AsSpan(0, dash), NumberStyles.None, CultureInfo.InvariantCulture, out nano)
            && long.TryParse(name.AsSpan(dash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out tokens);
        amount = new Amount(nano * Nano, tokens);
        return ok;
    }

    private static bool HasCeiling(EvaluationRequest request) => request.Cost is { MaxUsd: not null } or { MaxTokens: not null };
}
