using System.Text.Json;
using Microsoft.Extensions.AI;
using NovaJudge.LocalAws.Protocol;
using NovaJudge.Pipeline;

namespace NovaJudge.LocalAws;

/// <summary>What stands behind the stand-ins; whatever is left out answers that there is no such thing.</summary>
public sealed record LocalAwsOptions
{
    /// <summary>The buckets of S3, by name.</summary>
    public IReadOnlyDictionary<string, IObjectStore> Buckets { get; init; } = new Dictionary<string, IObjectStore>();

    /// <summary>The model behind a SageMaker endpoint, by the endpoint's name; <c>null</c> for none.</summary>
    public Func<string, IChatClient?> Endpoints { get; init; } = static _ => null;

    /// <summary>The model of Bedrock, by its id; <c>null</c> for none.</summary>
    public Func<string, IChatClient?> Models { get; init; } = static _ => null;

    /// <summary>What runs SageMaker's training jobs.</summary>
    public IJudgeJobs? Jobs { get; init; }

    /// <summary>The kind of judge that an image is, by the image.</summary>
    public IReadOnlyDictionary<string, string> JudgeImages { get; init; } = new Dictionary<string, string>();

    /// <summary>Who waits for task tokens.</summary>
    public ITaskCallbacks? Callbacks { get; init; }

    /// <summary>Told of every event that is put on EventBridge's default bus, as rules would see it.</summary>
    public Action<JsonElement>? OnEvent { get; init; }

    /// <summary>Told of every message to a topic: the topic's ARN, subject and message.</summary>
    public Action<string, string, string>? OnMessage { get; init; }

    /// <summary>What is wrong with a request's signature, or <c>null</c>; absent: signatures are not looked at.</summary>
    public Func<SignedRequest, string?>? SignatureProblem { get; init; }

    /// <summary>The clock of deadlines and events.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    public string Region { get; init; } = "us-east-1";

    public string Account { get; init; } = "123456789012";
}
