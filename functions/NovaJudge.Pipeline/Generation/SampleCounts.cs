namespace NovaJudge.Pipeline.Generation;

/// <summary>What the sampling met: the content of <c>sample.json</c>, written when everything else of it is complete.</summary>
/// <param name="Format">The format the data set was read as.</param>
/// <param name="Records">Usable records of the whole data set.</param>
/// <param name="UnanswerableLeftOut">Questions without an answer that took no part.</param>
/// <param name="Prompts">Prompts of this run.</param>
/// <param name="Batches">Batches they are answered in.</param>
public sealed record SampleCounts(string Format, long Records, long UnanswerableLeftOut, int Prompts, int Batches);
