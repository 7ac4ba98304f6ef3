using NovaJudge.Pipeline.Metrics;

namespace NovaJudge.Pipeline.Judging;

/// <summary>What became of the prompts on their way to the judge: the content of <c>judge/pairs.json</c>.</summary>
/// <param name="Prompts">Prompts of the run.</param>
/// <param name="Rows">Pairs that the judge gets.</param>
/// <param name="GenerationFailed">Prompts that at least one model did not answer.</param>
/// <param name="TooLongForJudge">Prompts beyond the judge's context.</param>
/// <param name="Generation">How each model fared.</param>
/// <param name="CachedA">Answers of model A that came from the cache, if any.</param>
/// <param name="CachedB">Answers of model B that came from the cache, if any.</param>
/// <param name="Anchors">Frozen pairs that the judge gets after those; not among <paramref name="Rows"/>.</param>
public sealed record PairCounts(
    int Prompts, int Rows, int GenerationFailed, int TooLongForJudge, GenerationMetrics Generation, int? CachedA = null, int? CachedB = null, int Anchors = 0);
