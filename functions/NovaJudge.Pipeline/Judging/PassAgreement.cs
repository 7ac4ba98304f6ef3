namespace NovaJudge.Pipeline.Judging;

/// <summary>What the two passes of a row say together.</summary>
public static class PassAgreement
{
    /// <summary>
    /// Both agree: that verdict. They disagree: inconsistent. One is unreadable: unscored, never a loss.
    /// The backward pass is given in terms of the models, already turned round.
    /// </summary>
    public static PromptOutcome Outcome(PassVerdict forward, PassVerdict backward) => (forward, backward) switch
    {
        (PassVerdict.Unreadable, _) or (_, PassVerdict.Unreadable) => PromptOutcome.Unscored,
        (PassVerdict.A, PassVerdict.A) => PromptOutcome.A,
        (PassVerdict.B, PassVerdict.B) => PromptOutcome.B,
        (PassVerdict.Tie, PassVerdict.Tie) => PromptOutcome.Tie,
        _ => PromptOutcome.Inconsistent,
    };
}
