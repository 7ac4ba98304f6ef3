using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Pipeline.Metrics;

/// <summary>
/// Which models are relatives, by the names people and specs give them: judges prefer answers of their own family (A. Panickssery,
/// S. R. Bowman and S. Feng, "LLM Evaluators Recognize and Favor Their Own Generations", arXiv:2404.13076).
/// </summary>
internal static class ModelFamilies
{
    /// <summary>Families and the words their models' names have.</summary>
    private static readonly (string Family, string[] Words)[] Families =
    [
        ("Amazon Nova", ["amazon.nova", "nova-pro", "nova-lite", "nova-micro", "nova-premier", "amazon nova", "nova pro", "nova lite", "nova micro", "nova premier"]),
        ("Amazon Titan", ["titan"]),
        ("Claude", ["claude", "anthropic"]),
        ("GPT", ["gpt", "chatgpt", "davinci", "o1-", "o3-", "o4-"]),
        ("Gemini", ["gemini", "gemma"]),
        ("Llama", ["llama", "vicuna", "tulu"]),
        ("Qwen", ["qwen", "qwq"]),
        ("Mistral", ["mistral", "mixtral", "ministral", "magistral"]),
        ("DeepSeek", ["deepseek"]),
        ("Command", ["cohere", "command-r"]),
        ("Phi", ["phi-2", "phi-3", "phi-4", "phi3", "phi4"]),
        ("Grok", ["grok"]),
        ("Granite", ["granite"]),
        ("Jamba", ["jamba", "ai21"]),
    ];

    /// <summary>The family of a model, or <c>null</c> when its name tells nothing.</summary>
    public static string? Of(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            foreach (var (family, words) in Families)
            {
                if (words.Any(word => name.Contains(word, StringComparison.OrdinalIgnoreCase)))
                {
                    return family;
                }
            }
        }

        return null;
    }

    public static FamilyMetrics Compare(EvaluationRequest request)
    {
        var judge = request.Judge;
        if (judge.Kind.StartsWith("embedded:", StringComparison.Ordinal))
        {
            return new FamilyMetrics("notApplicable", null, [], "This judge is no model, so it has no relatives.");
        }

        var family = judge.IsModel ? Of(judge.Kind) : "Amazon Nova";
        var slots = new[] { ("a", request.ModelA), ("b", request.ModelB) };
        string?[] families = [.. slots.Select(slot => Of(slot.Item2.Model.ToString(), slot.Item2.Name))];
        string[] related = [.. slots.Where((_, at) => family is not null && families[at] == family).Select(slot => slot.Item1)];
        if (related.Length > 0)
        {
            var names = string.Join(" and ", slots.Where(slot => related.Contains(slot.Item1)).Select(slot => slot.Item2.Name));
            return new FamilyMetrics("unverified", family, related,
                $"The judge and {names} are of one family ({family}), and judges favour their own: unverified; label 30 prompts (nova label {request.RunId} --n 30).");
        }

        return family is null || families.Contains(null)
            ? new FamilyMetrics("unknown", family, [], "The names do not tell whether the judge is a relative of a model it judges.")
            : new FamilyMetrics("unrelated", family, [], "The judge is of another family than both models.");
    }
}
