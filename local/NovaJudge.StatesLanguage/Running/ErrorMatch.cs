using System.Collections.Immutable;

namespace NovaJudge.StatesLanguage.Running;

/// <summary>Which entry of Retry or Catch an error belongs to.</summary>
internal static class ErrorMatch
{
    public static int First<T>(ImmutableArray<T> entries, Func<T, ImmutableArray<string>> names, string? error)
    {
        for (var i = 0; i < entries.Length; i++)
        {
            foreach (var name in names(entries[i]))
            {
                if (Matches(name, error))
                {
                    return i;
                }
            }
        }

        return -1;
    }

    public static bool Matches(string name, string? error) => name switch
    {
        // A runtime error means that the definition does not fit its data: no handler gets it.
        _ when error == ErrorNames.Runtime => false,
        ErrorNames.All => error != ErrorNames.DataLimitExceeded,
        ErrorNames.TaskFailed => error is not (ErrorNames.Timeout or ErrorNames.HeartbeatTimeout or ErrorNames.DataLimitExceeded),
        ErrorNames.Timeout => error is ErrorNames.Timeout or ErrorNames.HeartbeatTimeout,
        _ => name == error,
    };
}
