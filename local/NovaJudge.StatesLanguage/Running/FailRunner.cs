using NovaJudge.StatesLanguage.Definition;
using NovaJudge.StatesLanguage.Json;
using NovaJudge.StatesLanguage.Templates;

namespace NovaJudge.StatesLanguage.Running;

internal static class FailRunner
{
    public static StateExit Run(StateVisit visit, FailState state) => StateExit.Failed(new Failure(
        state.ErrorPath is null ? state.Error : Text(visit, state.ErrorPath, "ErrorPath"),
        state.CausePath is null ? state.Cause : Text(visit, state.CausePath, "CausePath")));

    private static string Text(StateVisit visit, Expression path, string field) =>
        visit.Value(path, visit.RawInput) is JsonString text
            ? text.Text
            : throw new StateException(ErrorNames.Runtime, $"{field} '{path.Text}' must refer to a string value");
}
