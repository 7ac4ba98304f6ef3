namespace NovaJudge.Pipeline.Statistics.Numerics;

/// <summary>
/// Logistic regression on one regressor by Newton's method with step halving; outcomes may be fractions (quasi-likelihood,
/// L. E. Papke and J. M. Wooldridge, J. Applied Econometrics 11 (1996) 619).
/// </summary>
internal sealed record LogisticFit(double Intercept, double Slope, double Information00, double Information01, double Information11)
{
    public double ModelErrorOfIntercept => Math.Sqrt(Information11 / Determinant);

    private double Determinant => (Information00 * Information11) - (Information01 * Information01);

    /// <summary>Null when the likelihood has no maximum (complete separation) or the regressor does not vary.</summary>
    public static LogisticFit? Of(ReadOnlySpan<double> x, ReadOnlySpan<double> y, double ridge)
    {
        double intercept = 0, slope = 0;
        for (var i = 0; i < 100; i++)
        {
            double g0 = 0, g1 = -ridge * slope, h00 = 0, h01 = 0, h11 = ridge;
            for (var r = 0; r < x.Length; r++)
            {
                var p = Elementary.Logistic(intercept + (slope * x[r]));
                var weight = p * (1 - p);
                g0 += y[r] - p;
                g1 += (y[r] - p) * x[r];
                h00 += weight;
                h01 += weight * x[r];
                h11 += weight * x[r] * x[r];
            }

            var determinant = (h00 * h11) - (h01 * h01);
            if (!(determinant > 1e-12 * h00 * h11))
            {
                return null;
            }

            double step0 = ((h11 * g0) - (h01 * g1)) / determinant, step1 = ((h00 * g1) - (h01 * g0)) / determinant;
            if (Math.Abs(step0) < 1e-12 && Math.Abs(step1) < 1e-12)
            {
                return new(intercept, slope, h00, h01, h11);
            }

            // Beyond four logits a step only overshoots; a separated fit runs away to 40 and is given up.
            var shrink = Math.Min(1, 4 / Math.Max(Math.Abs(step0), Math.Abs(step1)));
            intercept += shrink * step0;
            slope += shrink * step1;
            if (Math.Abs(intercept) > 40 || Math.Abs(slope) > 80)
            {
                return null;
            }
        }

        return null;
    }

    /// <summary>Sandwich standard errors (HC0) of intercept and slope; scores are summed within clusters first.</summary>
    public (double Intercept, double Slope) RobustErrors(ReadOnlySpan<double> x, ReadOnlySpan<double> y, ReadOnlySpan<int> clusters)
    {
        // Squares of sums, never differences of squares: those may come out below zero where a fit is exact.
        double a = Information11 / Determinant, b = -Information01 / Determinant, d = Information00 / Determinant;
        double intercept = 0, slope = 0;
        if (clusters.IsEmpty)
        {
            for (var r = 0; r < x.Length; r++)
            {
                Add(Residual(x[r], y[r]), Residual(x[r], y[r]) * x[r]);
            }
        }
        else
        {
            Guard.SameLength(x.Length, clusters.Length, "Prompts and clusters");
            var most = 0;
            foreach (var cluster in clusters)
            {
                most = Math.Max(most, cluster);
            }

            double[] sums0 = new double[most + 1], sums1 = new double[most + 1];
            for (var r = 0; r < x.Length; r++)
            {
                var residual = Residual(x[r], y[r]);
                sums0[clusters[r]] += residual;
                sums1[clusters[r]] += residual * x[r];
            }

            for (var c = 0; c <= most; c++)
            {
                Add(sums0[c], sums1[c]);
            }
        }

        return (Math.Sqrt(intercept), Math.Sqrt(slope));

        double Residual(double xr, double yr) => yr - Elementary.Logistic(Intercept + (Slope * xr));

        void Add(double s0, double s1)
        {
            var (atIntercept, atSlope) = ((a * s0) + (b * s1), (b * s0) + (d * s1));
            intercept += atIntercept * atIntercept;
            slope += atSlope * atSlope;
        }
    }
}
