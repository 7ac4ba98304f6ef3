using NovaJudge.Pipeline.Statistics;

namespace NovaJudge.Pipeline.Metrics;

/// <summary>Counts by category. A prompt counts once: one that was judged several times goes to whoever won more of its verdicts.</summary>
internal static class CategorySlices
{
    public static IReadOnlyList<Slice> Of(ScoredPrompts prompts)
    {
        var leads = new double[prompts.DifferentPrompts];
        var categories = new int[prompts.DifferentPrompts];
        for (var i = 0; i < prompts.Scores.Length; i++)
        {
            leads[prompts.Prompts[i]] += prompts.Scores[i] - 0.5;
            categories[prompts.Prompts[i]] = prompts.Categories[i];
        }

        var counts = new (int A, int B, int Ties)[prompts.CategoryNames.Count];
        for (var prompt = 0; prompt < leads.Length; prompt++)
        {
            if (categories[prompt] is var category and >= 0)
            {
                ref var count = ref counts[category];
                count = leads[prompt] switch { < 0 => count with { A = count.A + 1 }, > 0 => count with { B = count.B + 1 }, _ => count with { Ties = count.Ties + 1 } };
            }
        }

        return [.. counts.Select((count, at) => new Slice(prompts.CategoryNames[at], count.A, count.B, count.Ties))];
    }
}
