using System.Globalization;
using NovaJudge.Pipeline.Judging;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Pipeline.Costs;

/// <summary>
/// Makes the ledger of a run from what its steps left: tokens from the answers, which survive any end of a process; attempts and
/// durations from the telemetry, which may not. Reads one batch at a time, so memory does not grow with the run.
/// </summary>
/// <param name="store">The store of the run.</param>
/// <param name="jobs">Knows the judge's jobs.</param>
/// <param name="journal">What batches hold that are not complete; absent: all are.</param>
internal sealed class LedgerBuilder(IObjectStore store, IJudgeJobs jobs, IJournal? journal = null)
{
    private const int MostJobs = 50;
    private readonly List<string> _notes = [];
    private readonly List<LedgerEntry> _entries = [];
    private readonly List<string> _beside = [];
    private double _promptUsd;
    private string? _promptUnknown;

    /// <summary>The ledger of a run, finished or not.</summary>
    public async Task<(RunLedger Ledger, PromptCost PromptCost)> BuildAsync(EvaluationRequest request, int prompts, CancellationToken cancellationToken)
    {
        var keys = new RunKeys(request.RunId);
        var lines = new CallLines(store, keys);
        var book = PriceBook.Of(request);
        foreach (var slot in new[] { ModelSlot.A, ModelSlot.B })
        {
            await AddSlotAsync(request, slot, book, keys, lines, cancellationToken);
        }

        if (request.Judge.Models is { } judges)
        {
            await AddJudgesAsync(request, judges, book, keys, lines, cancellationToken);
        }
        else
        {
            await AddJobAsync(request, book, cancellationToken);
        }

        Note(lines.Unreadable, "line of the telemetry is unreadable and was left out", "lines of the telemetry are unreadable and were left out");
        var ledger = new RunLedger { RunId = request.RunId, Prompts = prompts, Prices = book.Version, Entries = _entries, Total = Total(), Notes = Notes() };
        var promptUnknown = prompts == 0 ? "the run has no prompts" : _promptUnknown;
        return (ledger, new PromptCost(
            promptUnknown is null ? Math.Round(_promptUsd / prompts, 12) : null, book.Version, promptUnknown, _beside.Count == 0 ? null : string.Join(" and ", _beside)));
    }

    private async Task AddSlotAsync(EvaluationRequest request, ModelSlot slot, PriceBook book, RunKeys keys, CallLines lines, CancellationToken cancellationToken)
    {
        var model = request.Model(slot);
        var rate = book.Find(model.Model);
        if (request.Dataset.Format == "pairs" || rate.Because == "replayed")
        {
            var supplied = request.Dataset.Format == "pairs";
            _entries.Add(Empty(slot.Letter, model.Name, model.Model.ToString(), supplied ? LedgerKind.Supplied : LedgerKind.Replayed) with { Usd = 0, Because = supplied ? "supplied" : "replayed" });
            _promptUnknown ??= $"the answers of {model.Name} were {(supplied ? "supplied" : "replayed")}, and other prompts need new ones";
            return;
        }

        var answers = await UsageTally.OfAnswersAsync(store, keys, slot, model, cancellationToken, journal);
        var calls = new CallTally();
        await lines.ReadAsync(slot.Letter, calls.Add, cancellationToken);
        Add(slot.Letter, model, rate, answers, calls, request.Generation.Concurrency.Of(slot));
    }

    private async Task AddJudgesAsync(
        EvaluationRequest request, IReadOnlyList<ModelSettings> judges, PriceBook book, RunKeys keys, CallLines lines, CancellationToken cancellationToken)
    {
        var verdicts = await UsageTally.OfVerdictsAsync(store, keys, request.Judge, cancellationToken, journal);
        CallTally[] calls = [.. judges.Select(_ => new CallTally())];
        await lines.ReadAsync("judge", call =>
        {
            if (int.TryParse(call.Id.AsSpan(call.Id.LastIndexOf('/') + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var judge) && judge < calls.Length)
            {
                calls[judge].Add(call);
            }
        }, cancellationToken);
        for (var i = 0; i < judges.Count; i++)
        {
            Add("judge", judges[i], book.Find(judges[i].Model), verdicts[i], calls[i], request.Judge.Concurrency);
        }
    }

    private void Add(string purpose, ModelSettings model, ModelRate rate, UsageTally answers, CallTally calls, int concurrency)
    {
        var untimed = Math.Max(0, answers.Rows - calls.FirstAsked - calls.Cached);
        var (input, output) = (Math.Max(0, answers.InputTokens - calls.CachedInputTokens), Math.Max(0, answers.OutputTokens - calls.CachedOutputTokens));
        var entry = Empty(purpose, model.Name, model.Model.ToString(), LedgerKind.Called) with
        {
            Calls = calls.Timed + untimed,
            Failed = answers.Failed,
            Attempts = calls.Attempts + untimed,
            Throttled = calls.Throttled,
            Untimed = untimed,
            Cached = answers.Kept + calls.Cached,
            InputTokens = input,
            OutputTokens = output,
            EstimatedAnswers = answers.Estimated,
            Latency = calls.Latency.ToPercentiles(),
            Price = rate.Price,
            Usd = rate.OfTokens(input, output) ?? rate.OfTime(TimeSpan.FromMilliseconds(calls.Latency.TotalMs / Math.Max(1, concurrency))),
            Because = rate.Because,
        };
        _entries.Add(entry);
        if (rate.Kind == RateKind.Hours)
        {
            _notes.Add($"{model.Name} is paid for by the hour of its endpoint; only the time of its calls is counted, not starting, waiting and idling.");
            _beside.Add($"the endpoint of {model.Name}");
        }
        else if (rate.OfTokens(answers.InputTokens + answers.KeptInputTokens, answers.OutputTokens + answers.KeptOutputTokens) is { } usd)
        {
            _promptUsd += usd;
        }
        else
        {
            _promptUnknown ??= rate.Because;
        }

        if (rate.Kind is RateKind.Tokens && answers.Failed > 0)
        {
            _notes.Add($"{model.Name}: what the service charges for {answers.Failed:N0} failed {(answers.Failed == 1 ? "call" : "calls")} is not known and not counted.");
        }
    }

    /// <summary>Each job is paid for, the failed ones too.</summary>
    private async Task AddJobAsync(EvaluationRequest request, PriceBook book, CancellationToken cancellationToken)
    {
        var kind = request.Judge.Kind;
        if (kind.StartsWith("embedded:", StringComparison.Ordinal))
        {
            _entries.Add(Empty("judge", kind, kind, LedgerKind.Job) with { Usd = 0, Because = "local" });
            return;
        }

        var (count, seconds, complete) = (0, 0L, true);
        JudgeJob? last = null;
        for (; count < MostJobs && await jobs.FindAsync($"nova-{request.RunId}-{count + 1}", cancellationToken) is { } job; count++)
        {
            (last, seconds, complete) = (job, seconds + Math.Max(0, job.BillableSeconds ?? 0), complete && job.BillableSeconds is >= 0);
        }

        complete &= count > 0;
        var instance = last?.InstanceType ?? request.Judge.InstanceType;
        var price = instance is null ? null : book.FindInstance(instance, InstancePrice.Training, last?.Region);
        _beside.Add("the judge's job");
        _entries.Add(Empty("judge", kind, kind, LedgerKind.Job) with
        {
            Job = new JobSeconds(count, complete ? seconds : null, instance, last?.Region),
            Price = price is null ? null : new PriceUsed(null, null, price.PerHour, price.Source, price.AsOf),
            Usd = complete && price is not null ? seconds * price.PerHour / 3600 : null,
            Because = !complete ? "the service does not say how many seconds it charges for"
                : price is null ? $"no price is known for {instance ?? "its instance"}{(last?.Region is { } region ? $" in {region}" : "")}"
                : null,
        });
    }

    private LedgerTotal Total() => new(
        _entries.Sum(entry => entry.Calls), _entries.Sum(entry => entry.Failed), _entries.Sum(entry => entry.Attempts), _entries.Sum(entry => entry.Throttled),
        _entries.Sum(entry => entry.InputTokens), _entries.Sum(entry => entry.OutputTokens),
        _entries.Sum(entry => entry.Usd ?? 0), _entries.All(entry => entry.Usd is not null) ? _entries.Sum(entry => entry.Usd) : null);

    private List<string> Notes()
    {
        Note(_entries.Sum(entry => entry.Untimed), "call is known by its answer only: repetitions and refusals of a process that was ended are not counted",
            "calls are known by their answers only: repetitions and refusals of a process that was ended are not counted");
        Note(_entries.Sum(entry => entry.EstimatedAnswers), "answer came without a believable count of tokens; its tokens are estimated, at four bytes a token",
            "answers came without a believable count of tokens; their tokens are estimated, at four bytes a token");
        if (_entries.Exists(entry => entry.Model.StartsWith("bedrock:", StringComparison.Ordinal) || entry.Model.StartsWith("sagemaker:", StringComparison.Ordinal) || entry.Job is not null))
        {
            _notes.Add("Step Functions, Lambda, S3 and logs are not counted; together they are cents.");
        }

        return _notes;
    }

    private void Note(long count, string one, string many)
    {
        if (count > 0)
        {
            _notes.Add(string.Create(CultureInfo.InvariantCulture, $"{count:N0} {(count == 1 ? one : many)}."));
        }
    }

    private static LedgerEntry Empty(string purpose, string name, string model, LedgerKind kind) => new()
    {
        Purpose = purpose,
        Name = name,
        Model = model,
        Kind = kind,
        Calls = 0,
        Failed = 0,
        Attempts = 0,
        Throttled = 0,
        Untimed = 0,
        Cached = 0,
        InputTokens = 0,
        OutputTokens = 0,
        EstimatedAnswers = 0,
    };
}
