using System.Diagnostics;
using System.Globalization;
using NovaJudge.Pipeline.Statistics;

namespace NovaJudge.Benchmarks.Statistics;

/// <summary>
/// All statistics of 100,000 verdicts in 1,000 clusters, part by part and together, beside the usual bootstrap that resamples rows.
/// </summary>
public static class StatisticsBenchmark
{
    private const int Rounds = 9;
    private const int Replicates = 100_000;

    /// <param name="args">Verdicts, 100000 unless given; clusters, 1000 unless given.</param>
    public static Task RunAsync(string[] args)
    {
        var rows = VerdictRows.Make(Number(args, 0, 100_000), Number(args, 1, 1_000));
        var input = new Prepared(rows);
        Console.WriteLine($"statistics of {rows.Count:N0} verdicts; times in ms, memory in MB beyond the input");
        Console.WriteLine($"{"",-62} {"first",8} {"second",8} {"best",8} {"MB",8}");

        var whole = Measure("all of it, from rows", () => Everything(rows));
        Measure("reconcile passes, label clusters and categories", () => new Prepared(rows).Counts.Scored);
        Measure("headline: rates, clustered interval, sign test, posterior, plan", () => Headline(input));
        Measure("BCa, exact (as if infinitely many replicates)", () => Exact(input));
        Measure($"BCa, {Replicates:N0} multinomial replicates", () => Resampled(input));
        Measure("sandwich errors of the mean", () => ClusterRobust.Of(input.Scores, input.Articles.Ordinals, input.Articles.Names.Count).Value.StandardError);
        Measure("bias panel: both orders, first slot, flips, agreement", () => BiasPanel(input));
        Measure("length control with clustered sandwich errors", () => Length(rows, input));
        Measure("slices with Holm and heterogeneity", () => Slices(input));
        var usual = Measure("for comparison: 100 bootstrap replicates by resampling rows", () => ByRows(input, 100), rounds: 2);
        Console.WriteLine($"all of it takes {whole / (usual * Replicates / 100):0.00000} of the time row resampling takes for {Replicates:N0} replicates alone (from 100)");
        return Task.CompletedTask;
    }

    /// <summary>What every part starts from: the reconciled score of each row and its cluster and category as numbers.</summary>
    private sealed class Prepared
    {
        public Prepared(VerdictRows rows)
        {
            Scores = new double[rows.Count];
            Table = [[0, 0, 0], [0, 0, 0], [0, 0, 0]];
            for (var i = 0; i < Scores.Length; i++)
            {
                var (forward, backward) = (rows.Forward[i], rows.Backward[i]);
                Scores[i] = forward == backward && forward != VerdictRows.Tie ? forward : 0.5;
                Table[forward][backward]++;
            }

            Counts = new() { A = Table[0][0], B = Table[1][1], Tie = Table[2][2], Inconsistent = Scores.Length - Table[0][0] - Table[1][1] - Table[2][2] };
            Articles = ClusterLabels.Of(rows.Articles);
            Categories = ClusterLabels.Of(rows.Categories);
        }

        public double[] Scores { get; }

        public int[][] Table { get; }

        public OutcomeCounts Counts { get; }

        public ClusterLabels Articles { get; }

        public ClusterLabels Categories { get; }
    }

    private static double Headline(Prepared input)
    {
        var counts = input.Counts;
        var score = ScoreEstimate.FromClusters(input.Scores, input.Articles.Ordinals, input.Articles.Names.Count);
        var rule = new DecisionRule();
        var decision = Decision.Of(DecisionInput.From(counts, score, rule));
        var posterior = BetaPosterior.Of(counts.A, counts.B);
        var bounds = OutcomeBounds.Of(counts, rule, score.Value);
        var plan = PromptPlan.Of(counts, designEffect: score.Value.AppliedDesignEffect);
        return WinRates.Of(counts.A, counts.B, counts.Ties).DecisiveWilson.Low + posterior.ProbabilityBBetter + posterior.Credible().Low
            + bounds.Score.Low + plan.SmallestDetectable.Value + (int)decision.Verdict;
    }

    private static double Exact(Prepared input) => ExactBootstrap.Of(input.Counts.A, input.Counts.B, input.Counts.Ties).Value.Bca.Low;

    private static double Resampled(Prepared input) =>
        ExactBootstrap.Resampled(input.Counts.A, input.Counts.B, input.Counts.Ties, Replicates, new Random(1)).Value.Bca.Low;

    private static double BiasPanel(Prepared input)
    {
        var swap = PositionSwap.Of(input.Table).Value;
        return swap.FirstSlotRate.Value + swap.FlipP + swap.BetweenOrders.Value.Kappa.Value;
    }

    private static double Length(VerdictRows rows, Prepared input)
    {
        var fit = LengthControl.Of(rows.LengthA, rows.LengthB, input.Scores, clusters: input.Articles.Ordinals).Value;
        return fit.WinRateInterval().Low + fit.PrefersLonger.Value;
    }

    private static double Slices(Prepared input)
    {
        var slices = SliceRates.Of(input.Scores, input.Categories.Ordinals, input.Categories.Names);
        return slices.Heterogeneity.Value.P + slices.Shown[0].AdjustedP;
    }

    private static double Everything(VerdictRows rows)
    {
        var input = new Prepared(rows);
        return Headline(input) + Exact(input) + Resampled(input) + BiasPanel(input) + Length(rows, input) + Slices(input)
            + ClusterRobust.Of(input.Scores, input.Articles.Ordinals, input.Articles.Names.Count).Value.StandardError;
    }

    private static double ByRows(Prepared input, int replicates)
    {
        var random = new Random(1);
        var means = new double[replicates];
        for (var r = 0; r < replicates; r++)
        {
            for (var i = 0; i < input.Scores.Length; i++)
            {
                means[r] += input.Scores[random.Next(input.Scores.Length)];
            }
        }

        Array.Sort(means);
        return means[replicates / 40];
    }

    /// <summary>Returns the best time in milliseconds.</summary>
    private static double Measure(string name, Func<double> work, int rounds = Rounds)
    {
        double first = 0, second = 0, best = double.MaxValue, sink = 0;
        long allocated = 0;
        for (var round = 0; round < rounds; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var watch = Stopwatch.StartNew();
            sink += work();
            var elapsed = watch.Elapsed.TotalMilliseconds;
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            first = round == 0 ? elapsed : first;
            second = round == 1 ? elapsed : second;
            best = Math.Min(best, elapsed);
        }

        if (double.IsNaN(sink))
        {
            throw new InvalidOperationException($"{name} gave no number.");
        }

        Console.WriteLine($"{name,-62} {first,8:F2} {second,8:F2} {best,8:F2} {allocated / 1e6,8:F2}");
        return best;
    }

    private static int Number(string[] args, int index, int otherwise) =>
        args.Length > index ? int.Parse(args[index], CultureInfo.InvariantCulture) : otherwise;
}
