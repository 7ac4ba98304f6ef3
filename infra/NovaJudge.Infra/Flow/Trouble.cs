using Amazon.CDK.AWS.StepFunctions;
using Amazon.CDK.AWS.StepFunctions.Tasks;
using Parallel = Amazon.CDK.AWS.StepFunctions.Parallel;

namespace NovaJudge.Infra.Flow;

/// <summary>What happens in trouble, written beside each state.</summary>
public static class Trouble
{
    /// <summary>Tries again by the first retry that names the error.</summary>
    public static LambdaInvoke Retrying(this LambdaInvoke task, params ReadOnlySpan<RetryProps> retries)
    {
        foreach (var retry in retries)
        {
            task.AddRetry(retry);
        }

        return task;
    }

    /// <summary>Goes on at another state with whatever error is left; the error lies at <paramref name="into"/>.</summary>
    public static LambdaInvoke Catching(this LambdaInvoke task, IChainable next, string into = "$.error")
    {
        task.AddCatch(next, Everything(into));
        return task;
    }

    /// <inheritdoc cref="Catching(LambdaInvoke, IChainable, string)"/>
    public static DistributedMap Catching(this DistributedMap map, IChainable next)
    {
        map.AddCatch(next, Everything("$.error"));
        return map;
    }

    /// <inheritdoc cref="Catching(LambdaInvoke, IChainable, string)"/>
    public static Parallel Catching(this Parallel parallel, IChainable next) => parallel.AddCatch(next, Everything("$.error"));

    private static CatchProps Everything(string into) => new() { Errors = ["States.ALL"], ResultPath = into };
}
