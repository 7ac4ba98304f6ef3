using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Pipeline.Judging.Anchors;

/// <summary>The frozen pairs of a suite.</summary>
internal static class SuiteAnchors
{
    extension(IObjectStore store)
    {
        /// <summary>
        /// The anchors that a run has judged: the suite's, or, when it has none yet, some of the run's own pairs, which become the suite's.
        /// Of two runs that freeze at once the first one counts for both.
        /// </summary>
        public async Task<IReadOnlyList<AnchorRow>> AdoptAnchorsAsync(EvaluationRequest request, AnchorChoice choice, CancellationToken cancellationToken)
        {
            var key = RunKeys.Anchors(request.Suite);
            if (await store.FindAsync(key, cancellationToken) is null && choice.Freeze(request.RunId) is { Count: > 0 } frozen)
            {
                await store.WriteRowsAsync(key, frozen, PipelineJson.Rows.AnchorRow, cancellationToken, PutCondition.IfAbsent);
            }

            var anchors = new List<AnchorRow>();
            if (await store.FindAsync(key, cancellationToken) is not null)
            {
                await foreach (var anchor in store.ReadRowsAsync(key, PipelineJson.Rows.AnchorRow, cancellationToken))
                {
                    if (anchors.Count < request.Judge.Anchors && anchor.Suits(request.Judge.Kind))
                    {
                        anchors.Add(anchor);
                    }
                }
            }

            return anchors;
        }
    }
}
