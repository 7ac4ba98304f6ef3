namespace NovaJudge.StatesLanguage;

/// <summary>A failure while a state works on its data; the interpreter adds which state it was.</summary>
internal sealed class StateException(string error, string cause) : Exception(cause)
{
    public string Error { get; } = error;
}
