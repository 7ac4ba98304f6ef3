using NovaJudge.StatesLanguage.Definition;

namespace NovaJudge.StatesLanguage.Running;

internal static class PassRunner
{
    public static StateExit Run(StateVisit visit, PassState state)
    {
        var input = visit.Select(state.InputPath, visit.RawInput);
        var result = state.Result ?? visit.Fill(state.Parameters, input);
        visit.Assign(state.Assign, result);
        var combined = visit.Combine(state.ResultPath, visit.RawInput, result);
        return visit.Exit(state.Next, visit.Select(state.OutputPath, combined));
    }
}
