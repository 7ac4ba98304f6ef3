using NovaJudge.Pipeline.Statistics;

namespace NovaJudge.Pipeline.Tests.Statistics;

/// <summary>The vectors' names for what may be looked at as often as one likes.</summary>
internal static class SequenceVectors
{
    public static VectorOutputs BetaBinomial(VectorInputs v)
    {
        int k = v.Count("successes"), n = v.Count("n");
        double alpha = v.Number("alpha_prior", 1), beta = v.Number("beta_prior", 1);
        return new()
        {
            { "low", "high", BetaBinomialSequence.Of(k, n, v.Alpha, alpha, beta) },
            { "e_value_p0_half", BetaBinomialSequence.E(k, n, 0.5, alpha, beta) },
            { "anytime_p", BetaBinomialSequence.AnytimeP(k, n, 0.5, alpha, beta) },
        };
    }

    public static VectorOutputs Running(VectorInputs v)
    {
        double[] prior = v.Has("prior") ? v.Numbers("prior") : [1, 1];
        var sequence = new RunningSequence(v.Alpha, prior[0], prior[1]);
        var path = new List<VectorOutputs>();
        var largest = 0.0;
        foreach (var outcome in v.Counts("outcomes"))
        {
            sequence.Add(outcome == 1);
            largest = Math.Max(largest, sequence.E);
            path.Add(new() { { "n", sequence.N }, { "k", sequence.BWins }, { "low", "high", sequence.Interval }, { "e", sequence.E } });
        }

        return new()
        {
            { "final_low", "final_high", sequence.Interval },
            { "max_e", largest },
            { "first_n_excluding_half", sequence.FirstExcludingHalf },
            { "path", path },
        };
    }

    public static VectorOutputs Bounded(VectorInputs v)
    {
        var values = v.Numbers("values");
        var path = v.Text("kind") switch
        {
            "empirical_bernstein" => BoundedSequence.EmpiricalBernstein(values, v.Alpha, v.Number("lambda_cap", 0.5)),
            "hoeffding" => BoundedSequence.Hoeffding(values, v.Alpha, v.Count("target_n", 1000)),
            var other => throw new NotSupportedException($"No confidence sequence of kind '{other}' is known."),
        };
        var outputs = new VectorOutputs { { "mean", values.Average() }, { "low", "high", path[^1] } };
        if (path.Length >= 10)
        {
            outputs.Add("low_at_10", "high_at_10", path[9]);
        }

        return outputs;
    }
}
