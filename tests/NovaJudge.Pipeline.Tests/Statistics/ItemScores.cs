namespace NovaJudge.Pipeline.Tests.Statistics;

/// <summary>Scores of two models on the same items, several per item.</summary>
internal sealed record ItemScores(double[] MeansA, double[] MeansB, double[] ScoresA, string[] ItemsA)
{
    public static ItemScores Of(int[][] scoresA, int[][] scoresB) => new(
        [.. scoresA.Select(item => item.Average())],
        [.. scoresB.Select(item => item.Average())],
        [.. scoresA.SelectMany(item => item).Select(score => (double)score)],
        [.. scoresA.SelectMany((item, i) => item.Select(_ => $"{i}"))]);

    /// <summary>From a CSV file of that name beside the vectors, with columns for model, item and score; null when there is none.</summary>
    public static ItemScores? Read(string named)
    {
        var path = Path.Combine(Path.GetDirectoryName(StatVectors.Path)!, Path.GetFileName(named.Split(' ')[^1]));
        if (!File.Exists(path))
        {
            return null;
        }

        var lines = File.ReadAllLines(path);
        var header = lines[0].Split(',').Select(name => name.Trim().ToLowerInvariant()).ToArray();
        int model = Column("model"), item = Column("item", "sample", "question", "id"), score = Column("score", "correct", "value");
        var rows = lines.Skip(1).Where(line => line.Length > 0).Select(line => line.Split(','))
            .Select(cells => (Model: cells[model], Item: cells[item], Score: double.Parse(cells[score]))).ToArray();
        var byModel = rows.GroupBy(row => row.Model).ToArray();
        var means = byModel.Select(rowsOf => rowsOf.GroupBy(row => row.Item).ToDictionary(of => of.Key, of => of.Average(row => row.Score))).ToArray();
        string[] shared = [.. means[0].Keys.Where(means[1].ContainsKey)];
        return new(
            [.. shared.Select(key => means[0][key])],
            [.. shared.Select(key => means[1][key])],
            [.. byModel[0].Select(row => row.Score)],
            [.. byModel[0].Select(row => row.Item)]);

        int Column(params string[] names) => Array.FindIndex(header, name => names.Any(name.Contains));
    }
}
