using Microsoft.Extensions.AI;
using NovaJudge.Pipeline;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Functions.StandIns;

/// <summary>Calls one model where another is named.</summary>
internal sealed class StandInModels(IModelProvider models, IReadOnlyDictionary<string, string> standIns) : IModelProvider
{
    public static IModelProvider Over(IModelProvider models, StandInSettings? settings) =>
        settings is null ? models : new StandInModels(models, settings.Models);

    public ValueTask<string?> CheckAsync(ModelSpec spec, CancellationToken cancellationToken) => models.CheckAsync(StandIn(spec), cancellationToken);

    public IChatClient Open(ModelSpec spec) => models.Open(StandIn(spec));

    private ModelSpec StandIn(ModelSpec spec) => standIns.TryGetValue(spec.ToString(), out var other) ? ModelSpec.Parse(other) : spec;
}
