using NovaJudge.Pipeline.Judging;
using NovaJudge.Pipeline.Judging.Archive;
using NovaJudge.Pipeline.Judging.Reconciling;
using NovaJudge.Pipeline.Tests.Judging.Archive;

namespace NovaJudge.Pipeline.Tests.Judging.Reconciling;

/// <summary>Rows as a container may write them, and the rows that it was sent.</summary>
internal static class ReconciliationFixture
{
    /// <summary>A row by its prompt, its raw labels and, unless told otherwise, no counts of its own.</summary>
    public sealed record Judged(string Prompt, string? Forward, string? Backward, string? Counts = null);

    public static Task<ReconciledVerdicts> ReconcileAsync(
        (double A, double B, double Ties, double Errors) reported, IReadOnlyList<Judged> rows, params string[] sent) =>
        ReconcileAsync(reported, rows, sent.ToList());

    public static async Task<ReconciledVerdicts> ReconcileAsync(
        (double A, double B, double Ties, double Errors) reported, IReadOnlyList<Judged> rows, IReadOnlyList<string> sent)
    {
        var details = await DetailsFixture.TextAsync(
            ("full_prompt", [.. rows.Select(row => "Judge this: " + row.Prompt)]),
            ("example", [.. rows.Select(row => row.Prompt)]),
            ("metrics", [.. rows.Select(Dict)]));
        var archive = await ArchiveFixture.ReadAsync(
            DetailsFixture.Packed(DetailsFixture.Counts(reported.A, reported.B, reported.Ties, reported.Errors), details));
        return await ReconcileAsync(archive, sent);
    }

    public static Task<ReconciledVerdicts> ReconcileAsync(JudgeArchive archive, IReadOnlyList<string> sent) => Reconciliation.RunAsync(
        archive,
        sent.Select((_, row) => new JudgeIndexRow(row, $"p{row}")).ToAsyncEnumerable(),
        sent.Select(prompt => new JudgePair(prompt, "a", "b")).ToAsyncEnumerable(),
        TestContext.Current.CancellationToken);

    public static string Counts(int a, int b, int ties = 0, int errors = 0) => $"'a_scores': {a}.0, 'b_scores': {b}.0, 'ties': {ties}, 'inference_error': {errors}";

    public static string Outcomes(ReconciledVerdicts verdicts) => string.Join(' ', verdicts.Rows.Select(row => $"{row.Id}:{row.Verdict}"));

    private static string Dict(Judged row) => "{" + string.Join(", ", new[]
    {
        row.Forward is null ? null : $"'forward_output': '{row.Forward}'",
        row.Backward is null ? null : $"'backward_output': '{row.Backward}'",
        row.Counts,
    }.Where(part => part is not null)) + "}";
}
