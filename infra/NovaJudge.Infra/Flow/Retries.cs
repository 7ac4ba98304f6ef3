using Amazon.CDK.AWS.StepFunctions;
using NovaJudge.Pipeline;
using static Amazon.CDK.Duration;

namespace NovaJudge.Infra.Flow;

/// <summary>What is worth another try, and how patiently.</summary>
public static class Retries
{
    /// <summary>
    /// Lambda itself failed: every step may be repeated. A function that died or ran out of time has several names;
    /// CDK's own list lacks the refusal for too many calls at once.
    /// </summary>
    public static RetryProps Lambda => new()
    {
        Errors =
        [
            "Lambda.ClientExecutionTimeoutException", "Lambda.ServiceException", "Lambda.AWSLambdaException", "Lambda.SdkClientException",
            "Lambda.TooManyRequestsException", "Lambda.Unknown", "Sandbox.Timedout", "Runtime.ExitError",
        ],
        Interval = Seconds(2),
        BackoffRate = 2,
        MaxAttempts = 6,
        MaxDelay = Seconds(60),
        JitterStrategy = JitterType.FULL,
    };

    /// <summary>The model refuses calls for now: up to about 20 minutes, spread so that batches do not return together.</summary>
    public static RetryProps ModelThrottled => new()
    {
        Errors = [ErrorNames.ModelThrottled],
        Interval = Seconds(5),
        BackoffRate = 2,
        MaxAttempts = 14,
        MaxDelay = Seconds(120),
        JitterStrategy = JitterType.FULL,
    };

    /// <summary>An endpoint scaled to zero needs minutes to provision: 15 of them.</summary>
    public static RetryProps ModelWarming => new()
    {
        Errors = [ErrorNames.ModelWarming],
        Interval = Seconds(30),
        BackoffRate = 1,
        MaxAttempts = 30,
        JitterStrategy = JitterType.NONE,
    };

    /// <summary>A batch ran out of a function's time and saved what it had: the next attempt goes on there at once.</summary>
    public static RetryProps ModelDeadline => new()
    {
        Errors = [ErrorNames.ModelDeadline],
        Interval = Seconds(1),
        BackoffRate = 1,
        MaxAttempts = 100,
        JitterStrategy = JitterType.NONE,
    };

    /// <summary>No instance for the judge: up to about an hour and a half.</summary>
    public static RetryProps JudgeCapacity => new()
    {
        Errors = [ErrorNames.JudgeCapacity],
        Interval = Seconds(60),
        BackoffRate = 2,
        MaxAttempts = 12,
        MaxDelay = Minutes(10),
        JitterStrategy = JitterType.NONE,
    };
}
