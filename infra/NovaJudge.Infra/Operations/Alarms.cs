using Amazon.CDK.AWS.CloudWatch;
using Amazon.CDK.AWS.CloudWatch.Actions;
using Amazon.CDK.AWS.SNS;
using Amazon.CDK.AWS.SQS;
using Amazon.CDK.AWS.StepFunctions;
using Constructs;
using NovaJudge.Infra.Steps;
using NovaJudge.Pipeline.Steps;
using static Amazon.CDK.Duration;

namespace NovaJudge.Infra.Operations;

/// <summary>What wakes somebody; <c>docs/operations.md</c> says of each what to do. Errors that the machine retries wake nobody.</summary>
public sealed class Alarms : Construct
{
    private readonly List<Alarm> _all = [];

    public Alarms(Construct scope, string id, StateMachine machine, StepFunctions functions, IQueue undelivered, ITopic topic) : base(scope, id)
    {
        Raise("RunFailed", "A run failed; its failure.json says why.", machine.MetricFailed(Sum(5)), atLeast: 1);
        Raise("RunTimedOut", "A run took more than a day and was ended.", machine.MetricTimedOut(Sum(5)), atLeast: 1);
        Raise("RunAborted", "Somebody stopped a run.", machine.MetricAborted(Sum(5)), atLeast: 1);
        Raise("EventLost", "An event could not be delivered; it lies in the queue.", undelivered.MetricApproximateNumberOfMessagesVisible(Largest(5)), atLeast: 1);
        Raise("CallbackFailing", "The judge's end cannot be reported; the sweeper tries again.", functions[StepNames.CompleteJudge].MetricErrors(Sum(15)), atLeast: 3);
        Raise("SweeperFailing", "Lost events of judges are not made good.", functions[StepNames.SweepJudges].MetricErrors(Sum(15)), atLeast: 2);
        Raise("CleanUpFailing", "A judge's job of an ended run may still run, and cost.", functions[StepNames.CleanUpRun].MetricErrors(Sum(15)), atLeast: 1);
        Raise("Throttled", "Lambda refuses calls: the account's concurrency is used up.", Throttles(functions), atLeast: 50);
        _all.Add(new Alarm(this, "SweeperSilent", new AlarmProps
        {
            AlarmDescription = "The sweeper has not run for a quarter of an hour: its schedule is off or broken.",
            Metric = functions[StepNames.SweepJudges].MetricInvocations(Sum(15)),
            Threshold = 1,
            ComparisonOperator = ComparisonOperator.LESS_THAN_THRESHOLD,
            EvaluationPeriods = 1,
            TreatMissingData = TreatMissingData.BREACHING,
        }));
        foreach (var alarm in _all)
        {
            alarm.AddAlarmAction(new SnsAction(topic));
            alarm.AddOkAction(new SnsAction(topic));
        }
    }

    public IReadOnlyList<IAlarm> All => _all;

    private void Raise(string name, string description, IMetric metric, double atLeast) => _all.Add(new Alarm(this, name, new AlarmProps
    {
        AlarmDescription = description,
        Metric = metric,
        Threshold = atLeast,
        ComparisonOperator = ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
        EvaluationPeriods = 1,
        TreatMissingData = TreatMissingData.NOT_BREACHING,
    }));

    // The steps that run many at a time are the ones that use the account's concurrency up.
    private static MathExpression Throttles(StepFunctions functions) => new(new MathExpressionProps
    {
        Label = "Throttled calls",
        Expression = "generate + judge",
        UsingMetrics = new Dictionary<string, IMetric>
        {
            ["generate"] = functions[StepNames.GenerateResponses].MetricThrottles(Sum(5)),
            ["judge"] = functions[StepNames.JudgeResponses].MetricThrottles(Sum(5)),
        },
        Period = Minutes(5),
    });

    private static MetricOptions Sum(double minutes) => new() { Statistic = "Sum", Period = Minutes(minutes) };

    private static MetricOptions Largest(double minutes) => new() { Statistic = "Maximum", Period = Minutes(minutes) };
}
