using Microsoft.Extensions.AI;
using NovaJudge.Pipeline;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Local.Models;

/// <summary>Models on a laptop, by the scheme of their spec.</summary>
public sealed class LocalModelProvider : IModelProvider
{
    /// <summary>The embedded models by name; all of them are demonstrations.</summary>
    private static readonly SortedDictionary<string, Func<IChatClient>> Embedded = new(StringComparer.Ordinal)
    {
        ["first-sentence"] = () => new FirstSentenceReader(),
        ["keyword-match"] = () => new KeywordMatchReader(),
    };

    public ValueTask<string?> CheckAsync(ModelSpec spec, CancellationToken cancellationToken) => ValueTask.FromResult(spec.Scheme switch
    {
        "embedded" when Embedded.ContainsKey(spec.Target) => null,
        "embedded" when FaultyReader.TryParse(spec.Target, out var problem) is not null || problem is not null => problem,
        "embedded" => $"there is no embedded model \"{spec.Target}\"; known are {string.Join(", ", Embedded.Keys.Select(name => $"embedded:{name}"))}.",
        _ => $"{spec.Scheme}: models are not available here yet.",
    });

    public IChatClient Open(ModelSpec spec) => spec.Scheme switch
    {
        "embedded" => FaultyReader.TryParse(spec.Target, out _) ?? Embedded[spec.Target](),
        _ => throw new NotSupportedException($"{spec} cannot be opened here."),
    };
}
