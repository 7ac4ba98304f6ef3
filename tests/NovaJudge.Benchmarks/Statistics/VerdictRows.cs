namespace NovaJudge.Benchmarks.Statistics;

/// <summary>Verdicts of a large made-up run: articles differ in difficulty, the judge likes the first slot and long answers a little.</summary>
internal sealed record VerdictRows(string[] Articles, string[] Categories, int[] Forward, int[] Backward, double[] LengthA, double[] LengthB)
{
    public const int Tie = 2;

    public int Count => Articles.Length;

    public static VerdictRows Make(int rows, int articles)
    {
        var random = new Random(20);
        var made = new VerdictRows(new string[rows], new string[rows], new int[rows], new int[rows], new double[rows], new double[rows]);
        var leanings = Enumerable.Range(0, articles).Select(_ => 0.2 * (random.NextDouble() - 0.5)).ToArray();
        var articleNames = Enumerable.Range(0, articles).Select(i => $"Article {i}").ToArray();
        var categoryNames = Enumerable.Range(0, 12).Select(i => $"category {i}").ToArray();
        for (var i = 0; i < rows; i++)
        {
            var article = random.Next(articles);
            made.Articles[i] = articleNames[article];
            made.Categories[i] = categoryNames[article % categoryNames.Length];
            made.LengthA[i] = 50 + random.Next(400);
            made.LengthB[i] = 50 + random.Next(450);
            var lean = 0.52 + leanings[article] + (made.LengthB[i] > made.LengthA[i] ? 0.05 : -0.05);
            var belief = random.NextDouble();
            made.Forward[i] = Verdict(belief, lean - 0.03, random);
            made.Backward[i] = Verdict(belief, lean + 0.03, random);
        }

        return made;
    }

    private static int Verdict(double belief, double lean, Random random) =>
        random.NextDouble() < 0.15 ? Tie : belief + (0.1 * random.NextDouble()) - 0.05 < lean ? 1 : 0;
}
