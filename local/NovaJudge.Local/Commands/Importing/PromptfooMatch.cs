
namespace NovaJudge.Local.Commands.Importing;

/// <summary>One result of promptfoo.</summary>
/// <param name="Provider">Who answered.</param>
/// <param name="Test">Which test.</param>
/// <param name="Raw">The rendered prompt.</param>
/// <param name="Answer">The answer; absent when there is none.</param>
/// <param name="References">Answers that would be right.</param>
internal sealed record PromptfooRow(string Provider, string? Test, string Raw, string? Answer, IReadOnlyList<string>? References);

/// <summary>
/// Makes pairs of results as they come. Only results whose twin has not come yet are held: promptfoo writes all answers to a test one after
/// the other.
/// </summary>
internal sealed class PromptfooMatch(string a, string b)
{
    private int _ofA;
    private int _withoutA;
    private int _withoutB;
    private int _alone;

    /// <summary>The pairs. The same test asked several times: the n-th answer of one goes with the n-th of the other.</summary>
    public async IAsyncEnumerable<ImportedPair> PairsAsync(IAsyncEnumerable<PromptfooRow> rows)
    {
        var waiting = new Dictionary<(string?, string), Queue<(PromptfooRow Row, int Number)>>();
        await foreach (var row in rows)
        {
            var isA = row.Provider == a;
            if (!isA && row.Provider != b)
            {
                continue;
            }

            var number = isA ? ++_ofA : 0;
            var key = (row.Test, row.Raw);
            if (!waiting.TryGetValue(key, out var queue) || (queue.Peek().Row.Provider == a) == isA)
            {
                (queue ?? (waiting[key] = new Queue<(PromptfooRow, int)>())).Enqueue((row, number));
                continue;
            }

            var (twin, twinNumber) = queue.Dequeue();
            if (queue.Count == 0)
            {
                waiting.Remove(key);
            }

            if (Pair(isA ? row : twin, isA ? twin : row, number + twinNumber) is { } pair)
            {
                yield return pair;
            }
        }

        _alone = waiting.Values.Sum(queue => queue.Count);
    }

    /// <summary>What made no pair, and why.</summary>
    public IReadOnlyList<string> LeftOut() =>
    [
        .. _withoutA > 0 ? new[] { $"{_withoutA} without an answer of {ImportedText.Name(a)}" } : [],
        .. _withoutB > 0 ? new[] { $"{_withoutB} without an answer of {ImportedText.Name(b)}" } : [],
        .. _alone > 0 ? new[] { $"{_alone} with a test and prompt that the other was not asked" } : [],
    ];

    private ImportedPair? Pair(PromptfooRow first, PromptfooRow second, int number)
    {
        if (first.Answer is not null && second.Answer is not null)
        {
            return new ImportedPair($"test-{number}", ImportedText.Prompt(first.Raw), first.Answer, second.Answer, first.References);
        }

        _withoutA += first.Answer is null ? 1 : 0;
        _withoutB += first.Answer is not null ? 1 : 0;
        return null;
    }
}
