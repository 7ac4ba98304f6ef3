using System.Globalization;
using NovaJudge.Pipeline.Statistics;

namespace NovaJudge.Pipeline.Metrics;

/// <summary>What so many decisive prompts can and cannot show, by the exact sign test.</summary>
public static class PromptsCanShow
{
    /// <summary>So few scored prompts cannot show two models to be equal even if all of them tie, at a margin of five points.</summary>
    private const int NeverEqual = 20;

    /// <param name="decisive">Prompts that one model won.</param>
    /// <param name="scored">Prompts with a verdict.</param>
    public static string Of(int decisive, int scored)
    {
        var fewest = Enumerable.Range((decisive / 2) + 1, Math.Max(0, decisive - (decisive / 2))).Cast<int?>()
            .FirstOrDefault(wins => SignTest.TwoSided(wins!.Value, decisive) < 0.05);
        if (fewest is not { } wins)
        {
            return $"{decisive} decisive {(decisive == 1 ? "prompt" : "prompts")} cannot show which model is better, even if all agree.";
        }

        var less = wins - 1 > decisive / 2
            ? $"; {wins - 1} to {decisive - wins + 1} is chance as far as anyone can tell (p {P(SignTest.TwoSided(wins - 1, decisive))})"
            : "";
        var equal = scored < NeverEqual ? ", and they never show that two models are equal" : "";
        var power = MinimalDetectable.WinRateBySignTest(decisive).TryGet(out var rate)
            ? string.Create(CultureInfo.InvariantCulture, $" Four times in five they find a model that wins {rate * 100:0}% of its prompts; a smaller lead they mostly miss{equal}.")
            : "";
        var sweep = wins == decisive ? $"only {wins} to 0" : $"{wins} to {decisive - wins} or more";
        return $"What {decisive} decisive prompts can show: {sweep} (p {P(SignTest.TwoSided(wins, decisive))}){less}.{power}";
    }

    private static string P(double p) => p < 0.001 ? "< 0.001" : string.Create(CultureInfo.InvariantCulture, $"{p:0.000}");
}
