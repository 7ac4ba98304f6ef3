namespace NovaJudge.LocalAws.Protocol;

/// <summary>An error that a service answers with.</summary>
internal sealed class AwsErrorException(int status, string code, string message, params IReadOnlyList<(string Name, string Value)> fields) : Exception(message)
{
    /// <summary>The HTTP status.</summary>
    public int Status => status;

    public string Code => code;

    /// <summary>Further members of the error.</summary>
    public IReadOnlyList<(string Name, string Value)> Fields => fields;
}
