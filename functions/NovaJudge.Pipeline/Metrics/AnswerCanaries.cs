using System.Runtime.InteropServices;
using NovaJudge.Pipeline.Judging;
using NovaJudge.Pipeline.Judging.Archive;

namespace NovaJudge.Pipeline.Metrics;

/// <summary>Watches the answers that the judge sees; keeps hashes and counts, no texts.</summary>
internal sealed class AnswerCanaries
{
    /// <summary>Below this many answers a repeated one says little.</summary>
    public const int FewestForConstant = 10;

    private readonly Slot _a = new();
    private readonly Slot _b = new();

    public void Add(string id, JudgePair pair)
    {
        _a.Add(id, pair.Prompt, pair.ResponseA);
        _b.Add(id, pair.Prompt, pair.ResponseB);
    }

    public AnswersMetrics ToMetrics() => new(_a.ToMetrics(), _b.ToMetrics());

    private sealed class Slot
    {
        private readonly Dictionary<ulong, int> _answers = [];
        private int _judged;
        private int _empty;
        private int _mostFrequent;
        private int _addressing;
        private SuspiciousAnswer? _example;

        public void Add(string id, string prompt, string answer)
        {
            _judged++;
            if (string.IsNullOrWhiteSpace(answer))
            {
                _empty++;
            }

            ref var count = ref CollectionsMarshal.GetValueRefOrAddDefault(_answers, (ulong)PromptHash.Of(answer).Value, out _);
            _mostFrequent = Math.Max(_mostFrequent, ++count);
            if (JudgePhrases.Find(answer, prompt) is { } phrase)
            {
                _addressing++;
                _example ??= new SuspiciousAnswer(id, phrase);
            }
        }

        public SlotAnswers ToMetrics() =>
            new(_judged, _empty, _mostFrequent, _judged >= FewestForConstant && _mostFrequent * 2 > _judged, _addressing, _example);
    }
}
