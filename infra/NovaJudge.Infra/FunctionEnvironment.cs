namespace NovaJudge.Infra;

/// <summary>
/// The environment variables that every function is given; the functions' executable reads them by the same names.
/// They hold names and settings, never a secret.
/// </summary>
public static class FunctionEnvironment
{
    /// <summary>Name of the bucket that holds uploads, runs, callbacks and history.</summary>
    public const string Bucket = "NOVA_BUCKET";

    /// <summary>ARN of the state machine.</summary>
    public const string StateMachineArn = "NOVA_STATE_MACHINE_ARN";

    /// <summary>ARN of the role that judge jobs run with: <c>RoleArn</c> of CreateTrainingJob.</summary>
    public const string JudgeRoleArn = "NOVA_JUDGE_ROLE_ARN";

    /// <summary>ARN of the key of bucket and topic: <c>OutputDataConfig.KmsKeyId</c> of CreateTrainingJob, which is refused without it.</summary>
    public const string KmsKeyArn = "NOVA_KMS_KEY_ARN";

    /// <summary>ARN of the topic that results and alarms go to.</summary>
    public const string TopicArn = "NOVA_TOPIC_ARN";

    /// <summary>JSON array of model specs that requests may name.</summary>
    public const string AllowedModels = "NOVA_ALLOWED_MODELS";

    /// <summary>JSON array of bucket names that data sets may be read from, the pipeline's own first.</summary>
    public const string AllowedBuckets = "NOVA_ALLOWED_BUCKETS";

    /// <summary>JSON array of instance types that a judge may run on, the default first.</summary>
    public const string AllowedInstanceTypes = "NOVA_ALLOWED_INSTANCE_TYPES";

    /// <summary>JSON object of what a request may leave out: datasetSource, modelA, modelB (model, name, maxTokens, temperature), judgeKind, sampleSize.</summary>
    public const string Defaults = "NOVA_DEFAULTS";

    /// <summary>All names, for the test that compares them with what functions are given.</summary>
    public static IReadOnlyList<string> All { get; } =
        [Bucket, StateMachineArn, JudgeRoleArn, KmsKeyArn, TopicArn, AllowedModels, AllowedBuckets, AllowedInstanceTypes, Defaults];

    /// <summary>A function's environment holds 4 KB in all; this much of it is for what a deployment lists, in characters.</summary>
    public const int LongestSettings = 3000;
}
