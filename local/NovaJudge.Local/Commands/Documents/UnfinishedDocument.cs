using NovaJudge.Pipeline.Costs;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Local.Commands.Documents;

/// <summary>What <c>nova show --json</c> prints of a run without a result.</summary>
internal sealed record UnfinishedDocument(RunId RunId, bool Finished, string? Error, string? Message, RunLedger Ledger);
