namespace NovaJudge.Infra.Settings;

/// <summary>The context cannot be deployed; the message has one line for each problem.</summary>
public sealed class SettingsException(IReadOnlyList<string> problems)
    : Exception($"The context (cdk.json, or -c on the command line) cannot be used:\n{string.Join('\n', problems.Select(problem => "  " + problem))}\ndocs/operations.md describes every entry.");
