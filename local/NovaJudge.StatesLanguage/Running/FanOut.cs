using NovaJudge.StatesLanguage.Json;
using NovaJudge.StatesLanguage.Maps;

namespace NovaJudge.StatesLanguage.Running;

/// <summary>How far the branches of a Parallel, or the iterations of a Map, have come. A redrive takes over from here.</summary>
internal sealed class FanOut(int count)
{
    /// <summary>The outputs of those that succeeded.</summary>
    public JsonValue?[] Outputs { get; } = new JsonValue?[count];

    /// <summary>Those that started and did not succeed.</summary>
    public BranchRun?[] Unfinished { get; } = new BranchRun?[count];

    /// <summary>The children of a distributed Map.</summary>
    public MapRun? MapRun { get; init; }
}
