namespace NovaJudge.Pipeline.Judging.Archive;

/// <summary>The refusals of an archive, all worded alike: what is wrong, then what to do.</summary>
internal static class JudgeOutput
{
    public static PipelineException Refused(string what, string todo, Exception? cause = null) =>
        new(ErrorNames.JudgeOutput, $"The judge's output.tar.gz cannot be used: {what}. {todo}", cause);
}
