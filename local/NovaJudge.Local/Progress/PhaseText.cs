namespace NovaJudge.Local.Progress;

/// <summary>A phase in one line, with what is known of it.</summary>
internal static class PhaseText
{
    public static string Of(string phase, RunProgress progress) => phase switch
    {
        "Sample the prompts" => $"{phase}: {progress.Prompts:N0} prompts",
        "Generate the responses" => $"{phase}: A {Slot(progress.A, progress)}; B {Slot(progress.B, progress)}",
        "Write the judge dataset" => $"{phase}: {progress.ToJudge:N0} pairs",
        "Judge the responses" or "Judge with a model" => $"{phase}: {progress.Judged:N0} of {progress.ToJudge:N0} pairs",
        _ => phase,
    };

    private static string Slot(SlotProgress slot, RunProgress progress) =>
        $"{slot.Done:N0} of {progress.Prompts:N0} done, {slot.Failed:N0} failed";
}
