using System.Text.Json;
using NovaJudge.Local.Commands.Documents;
using NovaJudge.Local.Judging;
using NovaJudge.Local.Progress;
using NovaJudge.Local.Storage;
using NovaJudge.Pipeline.Costs;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Local.Commands;

/// <summary>What <c>nova show</c> says of a run without a result: how far it is, why it ended, and what it has cost.</summary>
internal static class UnfinishedRun
{
    /// <summary>Prints it; a run without a result is no success.</summary>
    public static async Task<int> ShowAsync(FileObjectStore store, EvaluationRequest request, bool json, CancellationToken cancellationToken)
    {
        using var journal = new FileJournal(store);
        await using var jobs = new LocalJudgeJobs(store, TimeProvider.System, new RunProgress());
        var ledger = await LedgerSoFar.BuildAsync(store, journal, jobs, request, cancellationToken);
        var failure = await LedgerSoFar.FindFailureAsync(store, request.RunId, cancellationToken);
        if (json)
        {
            var document = new UnfinishedDocument(request.RunId, Finished: false, failure?.Error, failure?.Message, ledger);
            Console.WriteLine(JsonSerializer.Serialize(document, LocalJson.Indented.UnfinishedDocument));
            return ExitCodes.RunFailed;
        }

        Text.WriteBold(failure is null
            ? $"Run {request.RunId} has not finished. Repeat its command and it goes on where it was."
            : $"Run {request.RunId} has not finished: {failure.Error}");
        if (failure is not null)
        {
            Text.Write(failure.Message);
        }

        Text.Write($"{Text.Count(ledger.Prompts)} prompts of {request.Dataset.Source}, judge {request.Judge.Kind}.");
        CostTable.Write(ledger);
        return ExitCodes.RunFailed;
    }
}
