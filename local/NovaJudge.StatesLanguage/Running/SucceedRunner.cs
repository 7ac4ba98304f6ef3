namespace NovaJudge.StatesLanguage.Running;

internal static class SucceedRunner
{
    public static StateExit Run(StateVisit visit)
    {
        var input = visit.Select(visit.State.InputPath, visit.RawInput);
        return visit.Exit(null, visit.Select(visit.State.OutputPath, input));
    }
}
