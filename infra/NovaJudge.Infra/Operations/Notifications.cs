using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.SNS;
using Amazon.CDK.AWS.SNS.Subscriptions;
using Constructs;
using NovaJudge.Infra.Access;
using NovaJudge.Infra.Storage;

namespace NovaJudge.Infra.Operations;

/// <summary>The topic that results and alarms go to, under our key.</summary>
public sealed class Notifications : Construct
{
    public Notifications(Construct scope, string id, PipelineNames names, RunStore store, string? email) : base(scope, id)
    {
        Topic = new Topic(this, "Topic", new TopicProps
        {
            TopicName = names.Topic,
            DisplayName = "Nova judge",
            MasterKey = store.Key,
            EnforceSSL = true,
        });
        store.LetPublish("cloudwatch.amazonaws.com", "events.amazonaws.com");
        Topic.AddToResourcePolicy(Publish("AlarmsOfThisAccount", Allow.Service("cloudwatch.amazonaws.com", Aws.ACCOUNT_ID)));

        // For rules that somebody adds. EventBridge does not take conditions in a topic's policy; its rules reach topics of their own account only.
        Topic.AddToResourcePolicy(Publish("Rules", new ServicePrincipal("events.amazonaws.com")));
        if (email is not null)
        {
            Topic.AddSubscription(new EmailSubscription(email));
        }
    }

    public Topic Topic { get; }

    private PolicyStatement Publish(string purpose, IPrincipal principal) => new(new PolicyStatementProps
    {
        Sid = purpose,
        Principals = [principal],
        Actions = ["sns:Publish"],
        Resources = [Topic.TopicArn],
    });
}
