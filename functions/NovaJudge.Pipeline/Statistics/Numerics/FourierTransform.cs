using System.Numerics;

namespace NovaJudge.Pipeline.Statistics.Numerics;

/// <summary>The discrete Fourier transform of a power-of-two number of values, in place. Source: J. W. Cooley and J. W. Tukey, Math. Comp. 19 (1965) 297.</summary>
internal static class FourierTransform
{
    /// <summary>Replaces x[k] by the sum over j of x[j] exp(-2 pi i j k / n).</summary>
    public static void Forward(Span<Complex> x)
    {
        var n = x.Length;
        for (int i = 1, reversed = 0; i < n; i++)
        {
            var bit = n >> 1;
            for (; (reversed & bit) != 0; bit >>= 1)
            {
                reversed ^= bit;
            }

            reversed ^= bit;
            if (i < reversed)
            {
                (x[i], x[reversed]) = (x[reversed], x[i]);
            }
        }

        var turns = new Complex[n / 2];
        for (var i = 0; i < turns.Length; i++)
        {
            var (sine, cosine) = Math.SinCos(-2 * Math.PI * i / n);
            turns[i] = new(cosine, sine);
        }

        for (var half = 1; half < n; half <<= 1)
        {
            var stride = n / (2 * half);
            for (var start = 0; start < n; start += 2 * half)
            {
                for (var i = 0; i < half; i++)
                {
                    var even = x[start + i];
                    var odd = turns[i * stride] * x[start + i + half];
                    x[start + i] = even + odd;
                    x[start + i + half] = even - odd;
                }
            }
        }
    }
}
