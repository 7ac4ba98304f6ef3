using System.Collections.Concurrent;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Pipeline.Costs;

/// <summary>For a process that does all of a run: the spending is counted here, call by call, from what earlier processes left.</summary>
/// <param name="store">Holds the answers of earlier processes.</param>
/// <param name="opened">Told of the spending of each run.</param>
public sealed class ProcessSpending(IObjectStore store, Action<RunSpending>? opened = null) : ISpending
{
    private readonly ConcurrentDictionary<RunId, Lazy<Task<RunSpending>>> _runs = new();

    public async ValueTask<RunSpending> OpenAsync(EvaluationRequest request, string purpose, int batch, CancellationToken cancellationToken) =>
        await _runs.GetOrAdd(request.RunId, _ => new Lazy<Task<RunSpending>>(() => LoadAsync(request))).Value.WaitAsync(cancellationToken);

    public ValueTask CloseAsync(RunSpending spending, string purpose, int batch, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    private async Task<RunSpending> LoadAsync(EvaluationRequest request)
    {
        var keys = new RunKeys(request.RunId);
        var spending = new RunSpending(request);
        if (request.Dataset.Format != "pairs")
        {
            foreach (var slot in new[] { ModelSlot.A, ModelSlot.B })
            {
                Add(spending, slot.Letter, request.Model(slot), await UsageTally.OfAnswersAsync(store, keys, slot, request.Model(slot), CancellationToken.None));
            }
        }

        var judges = request.Judge.Models ?? [];
        var verdicts = await UsageTally.OfVerdictsAsync(store, keys, request.Judge, CancellationToken.None);
        for (var i = 0; i < verdicts.Length; i++)
        {
            Add(spending, "judge", judges[i], verdicts[i]);
        }

        opened?.Invoke(spending);
        return spending;
    }

    private static void Add(RunSpending spending, string purpose, ModelSettings model, UsageTally tally)
    {
        var rate = spending.Prices.Find(model.Model);
        if (tally.Rows > 0)
        {
            var spent = rate.Because == "replayed" ? default : new Amount(rate.OfTokens(tally.InputTokens, tally.OutputTokens) ?? 0, tally.InputTokens + tally.OutputTokens);
            spending.Add(purpose, tally.Answered, tally.Failed, spent, rate.Kind is not (RateKind.Unknown or RateKind.Hours));
        }
    }
}
