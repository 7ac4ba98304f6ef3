using MathNet.Numerics;

namespace NovaJudge.Pipeline.Statistics.Numerics;

/// <summary>The chi-squared distribution.</summary>
internal static class ChiSquared
{
    /// <summary>The probability of a value of at least <paramref name="x"/>.</summary>
    public static double UpperTail(double x, int degreesOfFreedom) => degreesOfFreedom == 1
        ? SpecialFunctions.Erfc(Math.Sqrt(x / 2))
        : x <= 0 ? 1 : SpecialFunctions.GammaUpperRegularized(degreesOfFreedom / 2.0, x / 2);
}
