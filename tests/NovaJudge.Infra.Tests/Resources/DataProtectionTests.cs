using System.Text.Json.Nodes;

namespace NovaJudge.Infra.Tests.Resources;

[Collection(SynthesisGroup.Name)]
public sealed class DataProtectionTests(Synthesized stacks)
{
    private readonly SynthesizedTemplate _pipeline = stacks.Pipeline;

    [Fact]
    public void The_store_is_encrypted_with_our_key_which_is_rotated()
    {
        var encryption = Store["BucketEncryption"]!["ServerSideEncryptionConfiguration"]![0]!;

        ((string?)encryption["ServerSideEncryptionByDefault"]!["SSEAlgorithm"]).ShouldBe("aws:kms");
        ((string)encryption["ServerSideEncryptionByDefault"]!["KMSMasterKeyID"]!).ShouldStartWith("{StoreKey");
        ((bool?)encryption["BucketKeyEnabled"]).ShouldBe(true);
        ((bool?)_pipeline.Resource("AWS::KMS::Key")["EnableKeyRotation"]).ShouldBe(true);
    }

    [Fact]
    public void Access_logs_queue_and_topic_are_encrypted()
    {
        var logs = _pipeline.Resource("AWS::S3::Bucket", "StoreAccessLogs");

        ((string?)logs["BucketEncryption"]!["ServerSideEncryptionConfiguration"]![0]!["ServerSideEncryptionByDefault"]!["SSEAlgorithm"]).ShouldBe("AES256");
        _pipeline.Resources("AWS::SQS::Queue").ShouldAllBe(queue => (bool)queue.Properties["SqsManagedSseEnabled"]!);
        _pipeline.Resources("AWS::SNS::Topic").ShouldAllBe(topic => ((string)topic.Properties["KmsMasterKeyId"]!).StartsWith("{StoreKey"));
    }

    [Fact]
    public void No_bucket_is_public_or_has_access_lists()
    {
        foreach (var (id, bucket) in _pipeline.Resources("AWS::S3::Bucket"))
        {
            bucket["PublicAccessBlockConfiguration"]!.AsObject().Count.ShouldBe(4, id);
            bucket["PublicAccessBlockConfiguration"]!.AsObject().ShouldAllBe(setting => (bool)setting.Value!, id);
            ((string?)bucket["OwnershipControls"]!["Rules"]![0]!["ObjectOwnership"]).ShouldBe("BucketOwnerEnforced", id);
        }
    }

    [Fact]
    public void Buckets_queue_and_topic_refuse_calls_without_TLS()
    {
        var policies = new[] { "AWS::S3::BucketPolicy", "AWS::SQS::QueuePolicy", "AWS::SNS::TopicPolicy" }.SelectMany(_pipeline.Resources).ToArray();

        policies.Length.ShouldBe(4);
        foreach (var (id, policy) in policies)
        {
            Denials(policy).ShouldContain("""{"Bool":{"aws:SecureTransport":"false"}}""", id);
        }

        foreach (var (id, policy) in policies.Where(policy => policy.LogicalId.StartsWith("Store")))
        {
            Denials(policy).ShouldContain("""{"NumericLessThan":{"s3:TlsVersion":1.2}}""", id);
        }
    }

    [Fact]
    public void The_store_keeps_versions_and_logs_who_touches_it()
    {
        ((string?)Store["VersioningConfiguration"]!["Status"]).ShouldBe("Enabled");
        ((string)Store["LoggingConfiguration"]!["DestinationBucketName"]!).ShouldStartWith("{StoreAccessLogs");
    }

    [Fact]
    public void Runs_and_uploads_are_kept_as_long_as_the_deployment_says_and_history_for_ever()
    {
        var days = Lifecycle(stacks.Other).ToDictionary(rule => (string?)rule["Prefix"] ?? (string)rule["Id"]!, rule => (int?)rule["ExpirationInDays"]);

        days["runs/"].ShouldBe(90);
        days["incoming/"].ShouldBe(90);
        days.Keys.ShouldNotContain(prefix => prefix.StartsWith("history") || prefix.StartsWith("baselines"));
        days["OldVersions"].ShouldBeNull();
    }

    [Fact]
    public void Answered_task_tokens_do_not_stay_as_old_versions()
    {
        var callbacks = Lifecycle(_pipeline).Single(rule => (string?)rule["Prefix"] == "callbacks/");

        ((int?)callbacks["NoncurrentVersionExpiration"]!["NoncurrentDays"]).ShouldBe(1);
        ((int?)callbacks["ExpirationInDays"]).ShouldBe(30);
    }

    [Fact]
    public void Deleting_the_stack_keeps_the_data()
    {
        foreach (var (_, resource) in _pipeline.Json["Resources"]!.AsObject().Where(resource => (string?)resource.Value!["Type"] is "AWS::S3::Bucket" or "AWS::KMS::Key"))
        {
            ((string?)resource!["DeletionPolicy"]).ShouldBe("Retain");
        }
    }

    [Fact]
    public void Every_log_group_has_an_end()
    {
        _pipeline.Resources("AWS::Logs::LogGroup").Count.ShouldBe(15);
        _pipeline.Resources("AWS::Logs::LogGroup").ShouldAllBe(group => (int)group.Properties["RetentionInDays"]! == 30);
        stacks.Other.Resources("AWS::Logs::LogGroup").ShouldAllBe(group => (int)group.Properties["RetentionInDays"]! == 7);
    }

    [Fact]
    public void The_machine_logs_what_happens_but_no_data_since_prompts_and_task_tokens_are_data()
    {
        var machine = _pipeline.Resource("AWS::StepFunctions::StateMachine");

        ((bool?)machine["LoggingConfiguration"]!["IncludeExecutionData"]).ShouldBe(false);
        ((string?)machine["LoggingConfiguration"]!["Level"]).ShouldBe("ALL");
        ((bool?)machine["TracingConfiguration"]!["Enabled"]).ShouldBe(true);
        ((string)_pipeline.Resources("AWS::Logs::LogGroup").Single(group => group.LogicalId.StartsWith("EvaluationLogs")).Properties["LogGroupName"]!).ShouldStartWith("/aws/vendedlogs/states/");
    }

    [Fact]
    public void Alarms_and_rules_may_publish_and_encrypt_and_nobody_else()
    {
        var publishers = _pipeline.Resource("AWS::SNS::TopicPolicy")["PolicyDocument"]!["Statement"]!.AsArray()
            .Where(statement => (string?)statement!["Effect"] == "Allow").Select(statement => (string?)statement!["Principal"]!["Service"]).ToArray();
        var encrypters = _pipeline.Resource("AWS::KMS::Key")["KeyPolicy"]!["Statement"]!.AsArray()
            .Select(statement => (string?)statement!["Principal"]!["Service"]).OfType<string>().ToArray();

        publishers.ShouldBe(["cloudwatch.amazonaws.com", "events.amazonaws.com"], ignoreOrder: true);
        encrypters.ShouldBe(publishers, ignoreOrder: true);
    }

    private JsonObject Store => _pipeline.Resource("AWS::S3::Bucket", "StoreBucket");

    private static IEnumerable<string> Denials(JsonObject policy) => policy["PolicyDocument"]!["Statement"]!.AsArray()
        .Where(statement => (string?)statement!["Effect"] == "Deny").Select(statement => statement!["Condition"]!.ToJsonString());

    private static IEnumerable<JsonNode> Lifecycle(SynthesizedTemplate stack) =>
        stack.Resource("AWS::S3::Bucket", "StoreBucket")["LifecycleConfiguration"]!["Rules"]!.AsArray().Select(rule => rule!);
}
