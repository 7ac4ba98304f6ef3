using Microsoft.Extensions.AI;
using NovaJudge.Pipeline;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Functions.StandIns;

/// <summary>Calls one model where another is named.</summary>
internal sealed class StandInModels(IModelProvider models, IReadOnlyDictionary<string, string> standIns) : IModelProvider
{
    public static IModelProvider Over(IModelProvider models, StandInSettings? settings) =>
        settings is null ? models : new StandInModels(models, settings.Models);

    public ValueTask<string?> CheckAsync(ModelSettings settings, CancellationToken cancellationToken) => models.CheckAsync(StandIn(settings), cancellationToken);

    public IChatClient Open(ModelSettings settings) => models.Open(StandIn(settings));

    private ModelSettings StandIn(ModelSettings settings) =>
        standIns.TryGetValue(settings.Model.ToString(), out var other) ? settings with { Model = ModelSpec.Parse(other) } : settings;
}
