namespace NovaJudge.StatesLanguage;

/// <summary>The kind of workflow an execution belongs to.</summary>
public enum WorkflowType
{
    /// <summary>Runs up to a year, each state exactly once, with a history.</summary>
    Standard,

    /// <summary>Runs up to five minutes; its context object knows no redrives.</summary>
    Express,
}
