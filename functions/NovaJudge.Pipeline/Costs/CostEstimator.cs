using NovaJudge.Pipeline.Judging;
using NovaJudge.Pipeline.Judging.ByModel;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Pipeline.Costs;

/// <summary>Estimates what a request costs from the lengths of its prompts and answers.</summary>
public static class CostEstimator
{
    /// <summary>Until a judge's container works, and is charged for: it is downloaded, and the model is loaded.</summary>
    public static readonly TimeSpan ShortestJob = TimeSpan.FromMinutes(10);

    /// <summary>Tokens around each message that no text shows: roles and separators.</summary>
    private const long MostFraming = 24;

    /// <param name="request">The complete request.</param>
    /// <param name="texts">How long its texts are.</param>
    /// <param name="instance">Where the judge's job would run; <c>null</c> where nobody is paid for it.</param>
    public static CostEstimate Of(EvaluationRequest request, TextLengths texts, JudgeInstance? instance)
    {
        var book = PriceBook.Of(request);
        var entries = new List<EstimateEntry> { Slot(request, ModelSlot.A, texts, book), Slot(request, ModelSlot.B, texts, book) };
        if (request.Judge.Models is { } judges)
        {
            entries.AddRange(judges.Select(judge => Judge(request, judge, texts, book)));
        }
        else
        {
            entries.Add(Job(request.Judge, instance, book));
        }

        return new CostEstimate { Prompts = texts.Prompts, Prices = book.Version, Entries = entries };
    }

    private static EstimateEntry Slot(EvaluationRequest request, ModelSlot slot, TextLengths texts, PriceBook book)
    {
        var model = request.Model(slot);
        var rate = book.Find(model.Model);
        if (request.Dataset.Format == "pairs" || rate.Because == "replayed")
        {
            var (kind, because) = request.Dataset.Format == "pairs" ? (LedgerKind.Supplied, "supplied") : (LedgerKind.Replayed, "replayed");
            return new EstimateEntry(slot.Letter, model.Name, model.Model.ToString(), kind, 0, 0, EstimateRange.None, EstimateRange.None, EstimateRange.None, because);
        }

        var input = TokenEstimate.OfBytes(texts.PromptBytes + (texts.Prompts * CallUsage.BytesOf(model.SystemPrompt, "")));
        return Called(slot.Letter, model, rate, texts.Prompts, request.Generation.Concurrency.Of(slot), input.Low, input.High);
    }

    /// <summary>A judge reads its question, the prompt and both answers, twice.</summary>
    private static EstimateEntry Judge(EvaluationRequest request, ModelSettings judge, TextLengths texts, PriceBook book)
    {
        var calls = 2L * texts.Prompts;
        var own = TokenEstimate.OfBytes(CallUsage.BytesOf(judge.SystemPrompt, request.Judge.Prompt ?? JudgePrompt.Default.Template) * calls);
        var read = TokenEstimate.OfBytes(2 * (texts.PromptBytes + texts.AnswerBytes));
        var answers = request.Dataset.Format == "pairs" ? (Low: 0L, High: 0L) : (Low: 2 * calls, High: calls * (request.ModelA.MaxTokens + request.ModelB.MaxTokens));
        return Called("judge", judge, book.Find(judge.Model), calls, request.Judge.Concurrency, own.Low + read.Low + answers.Low, own.High + read.High + answers.High);
    }

    private static EstimateEntry Called(string purpose, ModelSettings model, ModelRate rate, long calls, int inFlight, long lowInput, long highInput)
    {
        var input = new EstimateRange(lowInput, highInput + (MostFraming * calls));
        var output = new EstimateRange(calls, (double)calls * model.MaxTokens);
        var usd = rate.Kind switch
        {
            RateKind.Free => EstimateRange.None,
            RateKind.Tokens => new EstimateRange(rate.OfTokens((long)input.Low, (long)output.Low)!.Value, rate.OfTokens((long)input.High, (long)output.High)!.Value),
            _ => null,
        };
        return new EstimateEntry(purpose, model.Name, model.Model.ToString(), LedgerKind.Called, calls, inFlight, input, output, usd,
            rate.Kind == RateKind.Hours ? "paid for by the hour of its endpoint, and how long that takes is not known" : rate.Because);
    }

    private static EstimateEntry Job(JudgeSettings judge, JudgeInstance? instance, PriceBook book)
    {
        var price = instance is null ? null : book.FindInstance(instance.InstanceType, InstancePrice.Training, instance.Region);
        var local = judge.Kind.StartsWith("embedded:", StringComparison.Ordinal);
        var usd = local ? EstimateRange.None
            : price is null ? null
            : new EstimateRange(ShortestJob.TotalHours * price.PerHour, judge.MaxRuntimeMinutes / 60.0 * price.PerHour);
        return new EstimateEntry("judge", judge.Kind, judge.Kind, LedgerKind.Job, 0, 0, EstimateRange.None, EstimateRange.None, usd,
            local ? "local" : usd is null ? $"no price is known for {(instance is null ? "its instance" : $"{instance.InstanceType} in {instance.Region}")}" : null);
    }
}
