using System.Collections.Concurrent;
using Microsoft.Extensions.AI;
using NovaJudge.Local.Models.OnAws;
using NovaJudge.Local.Models.OpenAi;
using NovaJudge.Pipeline;
using NovaJudge.Pipeline.Generation;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Local.Models;

/// <summary>Models on a laptop, by the scheme of their spec. One client for each model serves all batches of the process.</summary>
public sealed class LocalModelProvider(IObjectStore store, TimeProvider time) : IModelProvider
{
    /// <summary>The embedded models by name; all of them are demonstrations.</summary>
    private static readonly SortedDictionary<string, Func<IChatClient>> Embedded = new(StringComparer.Ordinal)
    {
        ["first-sentence"] = () => new FirstSentenceReader(),
        ["keyword-match"] = () => new KeywordMatchReader(),
    };

    private readonly RunReplays _replays = new(store);
    private readonly Lazy<AwsModels> _aws = new(() => new AwsModels());
    private readonly ConcurrentDictionary<(ModelSpec Model, string? ApiKeyVariable), IChatClient> _clients = new();

    /// <summary>How fast each model that is called over the network is called, by what it is called.</summary>
    public IEnumerable<(ModelSpec Model, CallPace Pace)> Paces =>
        from client in _clients
        let pace = client.Value.GetService(typeof(CallPace)) as CallPace
        where pace is not null
        select (client.Key.Model, pace);

    public ValueTask<string?> CheckAsync(ModelSettings settings, CancellationToken cancellationToken) => settings.Model switch
    {
        { Scheme: "embedded" } spec => ValueTask.FromResult(FindEmbeddedProblem(spec.Target)),
        { Scheme: "openai" or "ollama" } => OpenAiEndpoint.TryCreate(settings, out var problem) is { } endpoint
            ? new ValueTask<string?>(OpenAiCheck.FindProblemAsync(endpoint, OpenAiConnections.Shared, cancellationToken))
            : ValueTask.FromResult(problem),
        { Scheme: "file" } spec => ValueTask.FromResult(AnswersFile.FindProblem(spec.Target)),
        { Scheme: "run" } => _replays.CheckAsync(settings, cancellationToken),
        var spec when AwsModels.Knows(spec) => _aws.Value.CheckAsync(settings, cancellationToken),
        var spec => ValueTask.FromResult<string?>($"\"{spec}\": a model's spec begins with openai:, ollama:, bedrock:, sagemaker:, file:, run: or embedded:."),
    };

    public IChatClient Open(ModelSettings settings) => settings.Model.Scheme switch
    {
        "embedded" => FaultyReader.TryParse(settings.Model.Target, out _) ?? Embedded[settings.Model.Target](),
        "run" => _replays.Open(settings),
        _ when AwsModels.Knows(settings.Model) => _aws.Value.Open(settings),
        _ => _clients.GetOrAdd((settings.Model, settings.ApiKeyVariable), (_, wanted) => Create(wanted), settings),
    };

    private IChatClient Create(ModelSettings settings) => settings.Model.Scheme switch
    {
        "file" => new RecordedChatClient(settings.Model.Target, () => AnswersFile.ReadAsync(settings.Model.Target)),
        "openai" or "ollama" => OpenAiEndpoint.TryCreate(settings, out var problem) is { } endpoint
            ? new OpenAiChatClient(endpoint, OpenAiConnections.Shared, time)
            : throw new ModelException(ModelFailureKind.Permanent, "wrongAddress", problem!),
        _ => throw new ModelException(ModelFailureKind.Permanent, "notHere", $"{settings.Model} cannot be called here."),
    };

    private static string? FindEmbeddedProblem(string name) =>
        Embedded.ContainsKey(name) || FaultyReader.TryParse(name, out var problem) is not null ? null
        : problem ?? $"there is no embedded model \"{name}\"; known are {string.Join(", ", Embedded.Keys.Select(known => $"embedded:{known}"))}.";
}
