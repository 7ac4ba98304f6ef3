using NovaJudge.Pipeline.Judging.Archive;

namespace NovaJudge.Pipeline.Judging.Reconciling;

/// <summary>
/// Finds which of the prompts sent a longer text holds, for a container that keeps only the whole question it put to its model.
/// The longest prompt counts; two of that length are none. Rolling hashes (R. M. Karp and M. O. Rabin, "Efficient randomized
/// pattern-matching algorithms", 1987) find candidates by their last letters, SHA-256 confirms them. Texts are not kept.
/// </summary>
internal sealed class PromptFinder
{
    /// <summary>Letters at a prompt's end that it is first looked for by; shorter prompts are found in too many places to be told apart.</summary>
    private const int Anchor = 16;
    private const ulong Base = 0x9E3779B97F4A7C15;
    private static readonly ulong AnchorPower = Power(Anchor);

    /// <summary>How long the prompts are that end in those letters: templates make many prompts end alike.</summary>
    private readonly Dictionary<ulong, Dictionary<int, ulong>> _lengthsByAnchor = [];
    private readonly Dictionary<(int Length, ulong Sum), PromptHash> _prompts = [];
    private ulong[] _sums = [];

    /// <summary>A finder of these prompts.</summary>
    public static async Task<PromptFinder> OfAsync(IAsyncEnumerable<JudgePair> pairs, CancellationToken cancellationToken)
    {
        var finder = new PromptFinder();
        await foreach (var pair in pairs.WithCancellation(cancellationToken))
        {
            finder.Add(pair.Prompt, PromptHash.Of(pair.Prompt));
        }

        return finder;
    }

    public void Add(string prompt, PromptHash hash)
    {
        var text = prompt.AsSpan().Trim();
        if (text.Length < Anchor)
        {
            return;
        }

        var anchor = Sum(text[^Anchor..]);
        if (!_lengthsByAnchor.TryGetValue(anchor, out var lengths))
        {
            _lengthsByAnchor[anchor] = lengths = [];
        }

        lengths.TryAdd(text.Length, Power(text.Length));
        _prompts[(text.Length, Sum(text))] = hash;
    }

    /// <summary>The prompt in a text; default when it holds none, or cannot be told which.</summary>
    public PromptHash Find(ReadOnlySpan<char> text)
    {
        if (_sums.Length <= text.Length)
        {
            _sums = new ulong[text.Length + 1024];
        }

        var (found, longest) = (default(PromptHash), 0);
        for (var end = 1; end <= text.Length; end++)
        {
            _sums[end] = (_sums[end - 1] * Base) + text[end - 1] + 1;
            if (end < Anchor || !_lengthsByAnchor.TryGetValue(_sums[end] - (_sums[end - Anchor] * AnchorPower), out var lengths))
            {
                continue;
            }

            foreach (var (length, power) in lengths)
            {
                if (length <= end && length >= longest
                    && _prompts.TryGetValue((length, _sums[end] - (_sums[end - length] * power)), out var candidate)
                    && candidate != found
                    && PromptHash.Of(text[(end - length)..end]) == candidate)
                {
                    found = length == longest ? default : candidate;
                    longest = length;
                }
            }
        }

        return found;
    }

    private static ulong Sum(ReadOnlySpan<char> text)
    {
        ulong sum = 0;
        foreach (var character in text)
        {
            sum = (sum * Base) + character + 1;
        }

        return sum;
    }

    private static ulong Power(int length)
    {
        ulong power = 1, square = Base;
        for (; length > 0; length >>= 1, square *= square)
        {
            power *= (length & 1) == 1 ? square : 1;
        }

        return power;
    }
}
