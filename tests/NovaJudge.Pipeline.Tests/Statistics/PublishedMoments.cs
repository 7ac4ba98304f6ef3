using System.Text.Json;

namespace NovaJudge.Pipeline.Tests.Statistics;

/// <summary>Rows of two models on GPQA diamond (198 items, 5 epochs) that have the moments their authors published; the answers themselves they did not.</summary>
internal static class PublishedMoments
{
    private const int Items = 198;
    private const int Epochs = 5;

    /// <param name="published">The mean difference, its paired error, the correlation over items, and the errors of model A with and without clusters.</param>
    public static ItemScores Rows(JsonElement published)
    {
        double Of(string name) => published.GetProperty(name).GetDouble();
        double correlation = Of("corr"), clustered = Of("cluster_se"), naive = Of("naive_se"), paired = Of("se_paired");

        // var(A) from A's clustered error; var(B) is what gives the paired error at this correlation.
        var deviationA = clustered * Math.Sqrt(Items);
        var half = correlation * deviationA;
        var deviationB = half + Math.Sqrt((half * half) - (deviationA * deviationA) + (paired * paired * Items));

        // What the spread over items leaves of the spread over rows is the spread between the epochs of one item.
        double rows = Items * Epochs, squares = naive * naive * rows * (rows - 1);
        var within = Math.Sqrt((squares - (Epochs * (Items - 1) * deviationA * deviationA)) / (4 * Items));

        double[] meansA = new double[Items], meansB = new double[Items];
        var scores = new List<double>(Items * Epochs);
        for (var item = 0; item < Items; item++)
        {
            var (one, other) = Directions(item);
            meansA[item] = 0.5 + Of("diff") + (deviationA * one);
            meansB[item] = 0.5 + (deviationB * ((correlation * one) + (Math.Sqrt(1 - (correlation * correlation)) * other)));
            scores.AddRange([meansA[item] + within, meansA[item] - within, meansA[item] + within, meansA[item] - within, meansA[item]]);
        }

        return new ItemScores(meansA, meansB, [.. scores], [.. Enumerable.Range(0, Items * Epochs).Select(row => $"{row / Epochs}")]);
    }

    /// <summary>Two patterns over the items with mean 0 and standard deviation 1 that do not correlate.</summary>
    private static (double One, double Other) Directions(int item)
    {
        const int side = Items / 2;
        var (sign, at) = (item < side ? 1 : -1, item % side);
        var other = at == side - 1 ? 0 : at % 2 == 0 ? 1 : -1;
        return (sign * Math.Sqrt((Items - 1.0) / Items), other * Math.Sqrt((Items - 1.0) / (Items - 2)));
    }
}
