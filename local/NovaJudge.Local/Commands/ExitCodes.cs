namespace NovaJudge.Local.Commands;

/// <summary>What a command's exit code means.</summary>
public static class ExitCodes
{
    /// <summary>Done; the gate passed or had nothing to check.</summary>
    public const int Done = 0;

    /// <summary>The run is done and its gate failed.</summary>
    public const int GateFailed = 1;

    /// <summary>What was asked for cannot be done as it is.</summary>
    public const int BadInput = 2;

    /// <summary>The run failed.</summary>
    public const int RunFailed = 3;

    /// <summary>Interrupted; the same command goes on where it was.</summary>
    public const int Interrupted = 130;
}
