using System.Collections;

namespace NovaJudge.Pipeline.Judging.Reconciling;

/// <summary>The verdict on each row sent, put into words when it is asked for: until then it takes a few bytes.</summary>
internal sealed class VerdictsByRow : IReadOnlyList<VerdictRow>
{
    private const int Missing = -1;
    private readonly List<ArchiveRow> _rows;
    private readonly IReadOnlyList<string> _ids;
    private readonly int[] _rowOf;
    private readonly VerdictSource _source;

    public VerdictsByRow(ArchiveRows rows, IReadOnlyList<string> ids, VerdictSource source)
    {
        (_rows, _ids, _rowOf, _source) = (rows.Rows, ids, new int[ids.Count], source);
        Array.Fill(_rowOf, Missing);
        for (var at = 0; at < rows.Count; at++)
        {
            if (rows.SentRow(at) is { } sent)
            {
                _rowOf[sent] = at;
            }
        }
    }

    public int Count => _ids.Count;

    public VerdictRow this[int index] =>
        _rowOf[index] == Missing ? new VerdictRow(_ids[index], null, null, PromptOutcome.Unscored, "the judge returned no row for this prompt")
        : _source == VerdictSource.RowScores ? ByScores(_ids[index], _rows[_rowOf[index]].Scores)
        : ByLabels(_ids[index], _rows[_rowOf[index]], _source);

    public IEnumerator<VerdictRow> GetEnumerator()
    {
        for (var index = 0; index < Count; index++)
        {
            yield return this[index];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static VerdictRow ByLabels(string id, ArchiveRow row, VerdictSource orientation)
    {
        var (forward, backward) = (row.Forward ?? PassVerdict.Unreadable, row.BackwardBy(orientation) ?? PassVerdict.Unreadable);
        var outcome = PassAgreement.Outcome(forward, backward);
        return new VerdictRow(id, forward, backward, outcome, outcome == PromptOutcome.Unscored ? "a pass of the judge held no verdict" : null);
    }

    private static VerdictRow ByScores(string id, RowScores scores)
    {
        PassVerdict? both = scores.Outcome switch
        {
            PromptOutcome.A => PassVerdict.A,
            PromptOutcome.B => PassVerdict.B,
            PromptOutcome.Tie => PassVerdict.Tie,
            _ => null,
        };
        var note = scores.Outcome switch
        {
            PromptOutcome.Unscored => "the judge did not evaluate both passes",
            PromptOutcome.Inconsistent => "read from counts, which do not say which pass said what",
            _ => null,
        };
        return new VerdictRow(id, both, both, scores.Outcome, note);
    }
}
