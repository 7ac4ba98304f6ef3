using System.Text.Json;
using System.Text.Json.Serialization;
using NovaJudge.EndToEnd.Tests.Killing;
using NovaJudge.Tests.Shared;

namespace NovaJudge.EndToEnd.Tests;

/// <summary>
/// Kills runs at random points with SIGKILL, at least 68 times in all. Each point is an event: a call that a model's server
/// received, an object that the store began to write or finished. Another seed: <c>NOVA_TEST_SEED</c>.
/// </summary>
public sealed class KillTests : IDisposable
{
    private const int KillsOfEachKind = 17;
    private static readonly JsonSerializerOptions Sparse = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task Killed_anywhere_the_same_command_ends_as_if_nothing_had_happened_and_asks_nothing_twice()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "A process is killed as Unix kills it.");
        var seed = int.TryParse(Environment.GetEnvironmentVariable("NOVA_TEST_SEED"), out var given) ? given : 20260102;
        await using var judged = await MockOpenAiServer.StartAsync();
        await using var scored = await MockOpenAiServer.StartAsync();
        await using var shared = await MockOpenAiServer.StartAsync();
        var trials = new[]
        {
            new KillTrial(_workspace, "model-judge", judged, Request("judged", judged.Spec("model-a"), judged.Spec("model-b"), $"model:{judged.Spec("judge")}", "NOVA_TEST_KEY")),
            new KillTrial(_workspace, "job", scored, Request("scored", scored.Spec("model-a"), scored.Spec("model-b"), "embedded:token-f1", "NOVA_TEST_KEY")),
            new KillTrial(_workspace, "shared", shared, Request("shared", shared.Spec("model-a"), shared.Spec("model-b"), $"model:{shared.Spec("judge")}", "NOVA_TEST_KEY", "shared")),
            new KillTrial(_workspace, "embedded", null, Request("embedded", "embedded:first-sentence", "embedded:faulty?delay=1&empty=5&fail=11", "embedded:token-f1", null)),
        };

        var results = await Task.WhenAll(trials.Select((trial, i) => trial.RunAsync(KillsOfEachKind, new Random(seed + i))));

        results.SelectMany(result => result.Faults).ShouldBeEmpty($"NOVA_TEST_SEED={seed}");
        results.Sum(result => result.Kills).ShouldBeGreaterThanOrEqualTo(trials.Length * KillsOfEachKind);
    }

    private string Request(string name, string a, string b, string judge, string? key, string? cache = null) => _workspace.Write($"{name}.json", JsonSerializer.Serialize(new
    {
        dataset = new { source = _workspace.Questions(KillTrial.Prompts), sample = new { method = "all" } },
        modelA = new { model = a, apiKeyVariable = key },
        modelB = new { model = b, apiKeyVariable = key },
        generation = new { batchSize = 4, toleratedFailurePercentage = 50, cache },
        gate = new { maxErrorRate = 1 },
        judge = judge.StartsWith("model:", StringComparison.Ordinal) ? (object)new { kind = judge, model = new { apiKeyVariable = key } } : new { kind = judge },
    }, Sparse));
}
