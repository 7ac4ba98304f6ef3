using NovaJudge.StatesLanguage.Definition;
using NovaJudge.StatesLanguage.Json;

namespace NovaJudge.StatesLanguage.Running;

/// <summary>Where a state leads, and with what; or why it failed.</summary>
internal readonly record struct StateExit(State? Next, JsonValue? Output, Failure? Failure)
{
    public static StateExit Failed(Failure failure) => new(null, null, failure);
}
