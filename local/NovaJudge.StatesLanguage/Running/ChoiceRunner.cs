using NovaJudge.StatesLanguage.Definition;

namespace NovaJudge.StatesLanguage.Running;

internal static class ChoiceRunner
{
    public static StateExit Run(StateVisit visit, ChoiceState state)
    {
        var input = visit.Select(state.InputPath, visit.RawInput);
        var scope = visit.Scope.WithInput(input);
        foreach (var branch in state.Choices)
        {
            if (branch.Rule.Holds(scope))
            {
                visit.Assign(branch.Assign, input);
                return visit.Exit(branch.Next, visit.Select(state.OutputPath, input));
            }
        }

        if (state.Default is null)
        {
            // The specification says States.NoChoiceMatched here; AWS reports a runtime error.
            throw new StateException(ErrorNames.Runtime, "Failed to transition out of the state. The state does not point to a next state.");
        }

        visit.Assign(state.Assign, input);
        return visit.Exit(state.Default, visit.Select(state.OutputPath, input));
    }
}
