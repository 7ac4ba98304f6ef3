using NovaJudge.Pipeline.Statistics.Numerics;

namespace NovaJudge.Pipeline.Statistics;

/// <summary>
/// Strengths of more than two models from who beat whom. Sources: R. A. Bradley and M. E. Terry, Biometrika 39 (1952) 324; maximum and its
/// existence: L. R. Ford, American Mathematical Monthly 64 (1957) 28; D. R. Hunter, Annals of Statistics 32 (2004) 384.
/// </summary>
public sealed record BradleyTerry
{
    /// <summary>Natural logarithms, summing to zero; for two models log(b/a) apart.</summary>
    public required IReadOnlyList<double> LogStrength { get; init; }

    /// <summary>On the chess scale: 400 points are odds of ten to one, 1000 is the mean.</summary>
    public IReadOnlyList<double> Elo => [.. LogStrength.Select(strength => 1000 + (400 / Math.Log(10) * strength))];

    public double WinProbability(int model, int opponent) => Elementary.Logistic(LogStrength[model] - LogStrength[opponent]);

    /// <param name="wins">wins[i][j]: how often i beat j; a tie is half a win each.</param>
    /// <returns>Withheld when some group of models never lost to, or never met, the rest: its strength is then unbounded or unknown.</returns>
    public static Finding<BradleyTerry> Of(IReadOnlyList<IReadOnlyList<double>> wins)
    {
        ArgumentNullException.ThrowIfNull(wins);
        var k = wins.Count;
        foreach (var row in wins)
        {
            Guard.SameLength(k, row.Count, "Models and columns");
        }

        if (k < 2 || !EveryoneReaches(wins))
        {
            return Finding.Withheld<BradleyTerry>(k < 2
                ? "there are fewer than two models"
                : "some models never lost to the others or never met them, so their strength has no bound");
        }

        // Newton's method on a concave function, steps kept short: quadratic where the classic iteration may crawl.
        var strength = new double[k];
        for (var i = 0; i < 500; i++)
        {
            var (gradient, information) = Derivatives(wins, strength);
            var step = LinearSystem.Solve(information, gradient);
            var largest = step.Max(Math.Abs);
            var shrink = Math.Min(1, 2 / Math.Max(largest, 1e-300));
            for (var m = 0; m < k; m++)
            {
                strength[m] += shrink * step[m];
            }

            if (largest < 1e-13)
            {
                break;
            }
        }

        var mean = strength.Average();
        return Finding.Of(new BradleyTerry { LogStrength = [.. strength.Select(value => value - mean)] });
    }

    private static (double[] Gradient, double[,] Information) Derivatives(IReadOnlyList<IReadOnlyList<double>> wins, double[] strength)
    {
        var k = strength.Length;
        var gradient = new double[k];
        var information = new double[k, k];
        for (var i = 0; i < k; i++)
        {
            for (var j = 0; j < k; j++)
            {
                var games = wins[i][j] + wins[j][i];
                if (i != j && games > 0)
                {
                    var p = Elementary.Logistic(strength[i] - strength[j]);
                    gradient[i] += wins[i][j] - (games * p);
                    information[i, i] += games * p * (1 - p);
                    information[i, j] -= games * p * (1 - p);
                }
            }
        }

        // The sum of all strengths is free: fixing it makes the system regular without touching its solution.
        var size = 0.0;
        for (var i = 0; i < k; i++)
        {
            size = Math.Max(size, information[i, i]);
        }

        for (var i = 0; i < k; i++)
        {
            for (var j = 0; j < k; j++)
            {
                information[i, j] += size / k;
            }
        }

        return (gradient, information);
    }

    /// <summary>Ford's condition: along wins, every model is reached from every other.</summary>
    private static bool EveryoneReaches(IReadOnlyList<IReadOnlyList<double>> wins)
    {
        return Reached((i, j) => wins[i][j] > 0) && Reached((i, j) => wins[j][i] > 0);

        bool Reached(Func<int, int, bool> leads)
        {
            var seen = new bool[wins.Count];
            var pending = new Stack<int>([0]);
            seen[0] = true;
            while (pending.TryPop(out var from))
            {
                for (var to = 0; to < seen.Length; to++)
                {
                    if (!seen[to] && leads(from, to))
                    {
                        seen[to] = true;
                        pending.Push(to);
                    }
                }
            }

            return Array.TrueForAll(seen, reached => reached);
        }
    }
}
