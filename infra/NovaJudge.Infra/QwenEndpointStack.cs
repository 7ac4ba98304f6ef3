using Amazon.CDK;
using Amazon.CDK.AWS.ApplicationAutoScaling;
using Amazon.CDK.AWS.CloudWatch;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.Sagemaker;
using Constructs;
using NovaJudge.Infra.Access;
using NovaJudge.Infra.Settings;

namespace NovaJudge.Infra;

/// <summary>
/// An endpoint for Qwen2.5 1.5B Instruct that costs nothing while nobody asks: the model is an inference component,
/// and without calls its copies, then its instances, go down to zero. The first call after that fails as "no capacity",
/// which raises the number again; the machine retries for a quarter of an hour.
/// </summary>
public sealed class QwenEndpointStack : Stack
{
    private const string Variant = "AllTraffic";

    public QwenEndpointStack(Construct scope, string name, QwenEndpointSettings settings)
        : base(scope, "NovaJudgeQwenEndpoint", new StackProps { Description = "Qwen2.5 1.5B Instruct, scaled to zero while nobody asks" })
    {
        var names = new PipelineNames(this, name);
        var (endpointName, componentName) = ($"{name}-qwen", $"{name}-qwen-1-5b");

        var role = new Role(this, "Role", new RoleProps
        {
            Description = "Runs the containers of the Qwen endpoint",
            AssumedBy = Allow.Service("sagemaker.amazonaws.com", Aws.ACCOUNT_ID),
            InlinePolicies = Allow.Only(
                Allow.To("SignInToRegistry", ["ecr:GetAuthorizationToken"], ["*"]),
                Allow.To("PullImage", ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
                    [$"arn:{Aws.PARTITION}:ecr:{Aws.REGION}:{DjlImage.Account}:repository/{DjlImage.Repository}"]),
                Allow.To("CreateLogGroups", ["logs:CreateLogGroup", "logs:DescribeLogStreams"],
                    [.. LogGroups(endpointName, componentName).Select(group => names.Arn("logs", "log-group", group, ArnFormat.COLON_RESOURCE_NAME))]),
                Allow.To("WriteLogs", ["logs:CreateLogStream", "logs:PutLogEvents"],
                    [.. LogGroups(endpointName, componentName).Select(group => names.Arn("logs", "log-group", $"{group}:log-stream:*", ArnFormat.COLON_RESOURCE_NAME))]),
                Allow.To("ReportUse", ["cloudwatch:PutMetricData"], ["*"], new()
                {
                    ["StringLike"] = new Dictionary<string, object> { ["cloudwatch:namespace"] = new[] { "/aws/sagemaker/Endpoints", "/aws/sagemaker/InferenceComponents" } },
                })),
        });

        var model = new CfnModel(this, "Model", new CfnModelProps
        {
            ExecutionRoleArn = role.RoleArn,
            PrimaryContainer = new CfnModel.ContainerDefinitionProperty
            {
                Image = DjlImage.Uri,
                Environment = new Dictionary<string, string>
                {
                    ["HF_MODEL_ID"] = "Qwen/Qwen2.5-1.5B-Instruct",
                    ["OPTION_MAX_MODEL_LEN"] = "8192",
                    ["TENSOR_PARALLEL_DEGREE"] = "max",
                },
            },
        });

        var config = new CfnEndpointConfig(this, "Config", new CfnEndpointConfigProps
        {
            ExecutionRoleArn = role.RoleArn,
            ProductionVariants = new object[]
            {
                new CfnEndpointConfig.ProductionVariantProperty
                {
                    VariantName = Variant,
                    InstanceType = settings.InstanceType,
                    InitialInstanceCount = 1,
                    ContainerStartupHealthCheckTimeoutInSeconds = 900,
                    ModelDataDownloadTimeoutInSeconds = 900,
                    ManagedInstanceScaling = new CfnEndpointConfig.ManagedInstanceScalingProperty { Status = "ENABLED", MinInstanceCount = 0, MaxInstanceCount = settings.MaxInstances },
                    RoutingConfig = new CfnEndpointConfig.RoutingConfigProperty { RoutingStrategy = "LEAST_OUTSTANDING_REQUESTS" },
                    // Required by CDK; with components the model is the component's.
                    ModelName = model.AttrModelName,
                    InitialVariantWeight = 1,
                },
            },
        });
        config.AddPropertyDeletionOverride("ProductionVariants.0.ModelName");
        config.AddPropertyDeletionOverride("ProductionVariants.0.InitialVariantWeight");
        config.AddPropertyOverride("ProductionVariants.0.InferenceAmiVersion", DjlImage.InstanceImage);

        var endpoint = new CfnEndpoint(this, "Endpoint", new CfnEndpointProps { EndpointName = endpointName, EndpointConfigName = config.AttrEndpointConfigName });
        var component = new CfnInferenceComponent(this, "Component", new CfnInferenceComponentProps
        {
            InferenceComponentName = componentName,
            EndpointName = endpoint.AttrEndpointName,
            VariantName = Variant,
            Specification = new CfnInferenceComponent.InferenceComponentSpecificationProperty
            {
                ModelName = model.AttrModelName,
                ComputeResourceRequirements = new CfnInferenceComponent.InferenceComponentComputeResourceRequirementsProperty { NumberOfAcceleratorDevicesRequired = 1, MinMemoryRequiredInMb = 4096 },
                StartupParameters = new CfnInferenceComponent.InferenceComponentStartupParametersProperty { ContainerStartupHealthCheckTimeoutInSeconds = 900, ModelDataDownloadTimeoutInSeconds = 900 },
            },

            // One copy to begin with: a component cannot be made with none.
            RuntimeConfig = new CfnInferenceComponent.InferenceComponentRuntimeConfigProperty { CopyCount = 1 },
        });
        ScaleToZero(component, componentName, settings.MaxInstances);
        _ = new CfnOutput(this, "ModelSpec", new CfnOutputProps { Description = "List this under nova:models", Value = $"sagemaker:{endpointName}/{componentName}" });
    }

    /// <summary>Down when nobody asks, up with the calls in flight, and up from zero when a call found no capacity.</summary>
    private void ScaleToZero(CfnInferenceComponent component, string componentName, int most)
    {
        var target = new CfnScalableTarget(this, "Copies", new CfnScalableTargetProps
        {
            ServiceNamespace = "sagemaker",
            ResourceId = $"inference-component/{componentName}",
            ScalableDimension = "sagemaker:inference-component:DesiredCopyCount",
            MinCapacity = 0,
            MaxCapacity = most,
        });
        target.AddDependency(component);

        _ = new CfnScalingPolicy(this, "FollowCalls", new CfnScalingPolicyProps
        {
            PolicyName = $"{componentName}-follow-calls",
            PolicyType = "TargetTrackingScaling",
            ScalingTargetId = target.Ref,
            TargetTrackingScalingPolicyConfiguration = new CfnScalingPolicy.TargetTrackingScalingPolicyConfigurationProperty
            {
                PredefinedMetricSpecification = new CfnScalingPolicy.PredefinedMetricSpecificationProperty { PredefinedMetricType = "SageMakerInferenceComponentConcurrentRequestsPerCopyHighResolution" },
                TargetValue = 8,
                ScaleInCooldown = 600,
                ScaleOutCooldown = 60,
            },
        });

        var wake = new CfnScalingPolicy(this, "WakeUp", new CfnScalingPolicyProps
        {
            PolicyName = $"{componentName}-wake-up",
            PolicyType = "StepScaling",
            ScalingTargetId = target.Ref,
            StepScalingPolicyConfiguration = new CfnScalingPolicy.StepScalingPolicyConfigurationProperty
            {
                AdjustmentType = "ExactCapacity",
                MetricAggregationType = "Maximum",
                Cooldown = 60,
                StepAdjustments = new object[] { new CfnScalingPolicy.StepAdjustmentProperty { MetricIntervalLowerBound = 0, ScalingAdjustment = 1 } },
            },
        });
        _ = new CfnAlarm(this, "NoCapacity", new CfnAlarmProps
        {
            AlarmDescription = "A call found no copy of the model: wake it up. Not an alarm for people.",
            Namespace = "AWS/SageMaker",
            MetricName = "NoCapacityInvocationFailures",
            Dimensions = new object[] { new CfnAlarm.DimensionProperty { Name = "InferenceComponentName", Value = componentName } },
            Statistic = "Maximum",
            Period = 30,
            EvaluationPeriods = 1,
            Threshold = 1,
            ComparisonOperator = "GreaterThanOrEqualToThreshold",
            TreatMissingData = "missing",
            AlarmActions = [wake.Ref],
        });
    }

    private static string[] LogGroups(string endpoint, string component) => [$"/aws/sagemaker/Endpoints/{endpoint}", $"/aws/sagemaker/InferenceComponents/{component}"];

    /// <summary>AWS's container for large models (DJL-LMI with vLLM), and the instance image whose driver fits its CUDA 12.9.</summary>
    private static class DjlImage
    {
        public const string Account = "763104351884";
        public const string Repository = "djl-inference";
        public const string InstanceImage = "al2-ami-sagemaker-inference-gpu-3-1";

        public static string Uri => $"{Account}.dkr.ecr.{Aws.REGION}.{Aws.URL_SUFFIX}/{Repository}:0.36.0-lmi21.0.0-cu129";
    }
}
