using Amazon.CDK.AWS.SQS;
using Constructs;
using static Amazon.CDK.Duration;

namespace NovaJudge.Infra.Operations;

/// <summary>Where events end that could not be delivered, or whose function failed: the dead-letter queue of rules, schedules and functions.</summary>
public sealed class Undelivered : Construct
{
    public Undelivered(Construct scope, string id) : base(scope, id) => Queue = new Queue(this, "Queue", new QueueProps
    {
        Encryption = QueueEncryption.SQS_MANAGED,
        EnforceSSL = true,
        RetentionPeriod = Days(14),
    });

    public Queue Queue { get; }
}
