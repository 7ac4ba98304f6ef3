using System.Runtime.CompilerServices;
using System.Text.Json;
using NovaJudge.Pipeline;

namespace NovaJudge.Local.Commands.Importing;

/// <summary>
/// Results of promptfoo as <c>promptfoo eval -o results.json</c> or <c>results.jsonl</c> writes them (summary versions 2 and 3:
/// <c>results.results[]</c> with <c>provider</c>, <c>prompt.raw</c>, <c>response.output</c>, <c>testIdx</c>). Two answers make a pair
/// when they answer the same test with the same rendered prompt. The file is read twice, for the providers and for the pairs, and never held.
/// </summary>
internal static class PromptfooResults
{
    /// <summary>Assertions whose value is an answer that would be right.</summary>
    private static readonly HashSet<string> Expectations = new(["equals", "contains", "icontains", "similar", "levenshtein", "rouge-n", "bleu"], StringComparer.Ordinal);

    /// <param name="path">The file.</param>
    /// <param name="a">Which provider is A; absent: the first one.</param>
    /// <param name="b">Which provider is B; absent: the other one.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="PipelineException"><see cref="ErrorNames.BadInput"/>: the file holds no such results, or more providers than two.</exception>
    public static async Task<ImportedPairs> ReadAsync(string path, string? a, string? b, CancellationToken cancellationToken)
    {
        var providers = new List<string>();
        await foreach (var row in RowsAsync(path, cancellationToken))
        {
            if (!providers.Contains(row.Provider))
            {
                providers.Add(row.Provider);
            }
        }

        if (providers.Count == 0)
        {
            throw PipelineException.BadInput($"{path}: it holds no results of promptfoo. Write them with: promptfoo eval -o results.json");
        }

        var (first, second) = Choose(path, [.. providers], a, b);
        var match = new PromptfooMatch(first, second);
        return new ImportedPairs(ImportedText.Name(first), ImportedText.Name(second), match.PairsAsync(RowsAsync(path, cancellationToken)), match.LeftOut);
    }

    private static async IAsyncEnumerable<PromptfooRow> RowsAsync(string path, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var number = 0;
        await foreach (var result in new PromptfooReader(path).ReadAsync(cancellationToken))
        {
            yield return Read(result, path, ++number);
        }
    }

    private static PromptfooRow Read(JsonElement result, string path, int number)
    {
        var provider = result.Text("provider", "label") is { Length: > 0 } label ? label : result.Text("provider", "id") ?? result.Text("provider");
        var prompt = result.Field("prompt", "raw") ?? result.Field("prompt");
        return provider is null || prompt is not { ValueKind: JsonValueKind.String } raw
            ? throw PipelineException.BadInput($"{path}, result {number}: \"provider\" and \"prompt.raw\" are expected in each result of promptfoo.")
            : new PromptfooRow(
                provider, result.Field("testIdx")?.GetRawText(), raw.GetString()!,
                Answer(result), Expected(result));
    }

    /// <summary>The result's own <c>error</c> does not count: it also holds why an assertion failed.</summary>
    private static string? Answer(JsonElement result) =>
        result.Field("response", "error") is null ? ImportedText.Answer(result.Field("response", "output")) : null;

    private static IReadOnlyList<string>? Expected(JsonElement result)
    {
        if (result.Field("testCase", "assert") is not { ValueKind: JsonValueKind.Array } assertions)
        {
            return null;
        }

        // A value that is still a template says nothing.
        string[] expected =
        [
            .. from assertion in assertions.EnumerateArray()
               let value = assertion.Text("value")
               where Expectations.Contains(assertion.Text("type") ?? "") && !string.IsNullOrWhiteSpace(value) && !value.Contains("{{", StringComparison.Ordinal)
               select value,
        ];
        return expected.Length == 0 ? null : [.. expected.Distinct()];
    }

    private static (string A, string B) Choose(string path, string[] providers, string? a, string? b)
    {
        var list = string.Join(", ", providers.Select(provider => $"\"{ImportedText.Name(provider)}\""));
        foreach (var (option, given) in new[] { ("--a", a), ("--b", b) })
        {
            if (given is not null && !providers.Contains(given))
            {
                throw PipelineException.BadInput($"{option} \"{ImportedText.Name(given)}\": {path} has no such provider; it has {list}.");
            }
        }

        if (a is not null && a == b)
        {
            throw PipelineException.BadInput("--a and --b name the same provider; a comparison needs two.");
        }

        if (providers.Length < 2)
        {
            throw PipelineException.BadInput($"{path}: all results are of {list}; a comparison needs two providers.");
        }

        if (providers.Length > 2 && (a is null || b is null))
        {
            throw PipelineException.BadInput($"{path} has {providers.Length} providers: {list}. Say which two are compared: --a NAME --b NAME");
        }

        var first = a ?? providers.First(provider => provider != b);
        return (first, b ?? providers.First(provider => provider != first));
    }
}
