using System.Collections.Concurrent;
using NovaJudge.Local.Drills;
using NovaJudge.Pipeline.Runs;
using NovaJudge.Tests.Shared;

namespace NovaJudge.EndToEnd.Tests.Killing;

/// <summary>Kills one kind of run again and again, each time at a random point of what is left of it, and looks at what comes of it.</summary>
/// <param name="workspace">Where it happens.</param>
/// <param name="kind">Names the kind of run.</param>
/// <param name="server">The server of its models; absent when none is called.</param>
/// <param name="request">The request, a file.</param>
internal sealed class KillTrial(Workspace workspace, string kind, MockOpenAiServer? server, string request)
{
    public const int Prompts = 24;
    private const int BatchSize = 4;
    private const int MostKillsInARow = 12;
    private static readonly Dictionary<string, int> InFlight = new() { ["a"] = 4, ["b"] = 8, ["judge"] = 8 };

    /// <summary>Where chance seldom comes: after the run's summary, while the store's index is written; and just before.</summary>
    private static readonly Func<int, KillPoint>[] LastMoments =
    [
        writes => new KillPoint(KillEvent.WriteBegun, writes),
        writes => new KillPoint(KillEvent.WriteDone, writes - 1),
    ];

    private static readonly RunId Run = RunId.Parse("killed");

    private readonly ConcurrentQueue<(string Process, string Asked)> _calls = new();
    private KilledProcess? _process;

    /// <summary>Kills at least so often. Returns how often, and what went wrong: nothing, hopefully.</summary>
    public async Task<(int Kills, IReadOnlyList<string> Faults)> RunAsync(int kills, Random random)
    {
        if (server is not null)
        {
            server.Received = call =>
            {
                _calls.Enqueue((call.Key ?? "", KeptAnswers.NameOf(call)));
                _process?.CallReceived();
            };
        }

        var undisturbed = workspace.Path_($"{kind}-undisturbed");
        var whole = new KilledProcess(null);
        var first = await StartAsync(whole, undisturbed, "undisturbed");
        first.ExitCode.ShouldBe(0, first.ToString());
        var faults = new List<string>();
        var done = 0;
        for (var trial = 1; done < kills; trial++)
        {
            var store = workspace.Path_($"{kind}-{trial}");
            var points = new List<KillPoint>();
            var kept = new HashSet<string>();
            for (var ended = false; !ended;)
            {
                var point = points.Count >= MostKillsInARow ? null
                    : points.Count == 0 && trial <= LastMoments.Length ? LastMoments[trial - 1](whole.Writes)
                    : Draw(random, store, kept.Count, whole.Writes);
                var process = new KilledProcess(point);
                var name = $"{kind}-{trial}-{points.Count}";
                var result = await StartAsync(process, store, name);
                ended = !process.WasKilled;
                points.AddRange(process.WasKilled ? [point!] : []);
                if (ended && result.ExitCode != 0)
                {
                    faults.Add($"{name}: {result}");
                }

                var now = await KeptAnswers.ReadAsync(store, Run, Prompts / BatchSize);
                faults.AddRange(FaultsOf(name, kept, now).Select(fault => $"{name}: {fault}; killed at {string.Join(", ", points)}"));
                kept = now;
            }

            done += points.Count;
            faults.AddRange(StoreComparison.Differences(undisturbed, store).Select(difference => $"{kind}-{trial}: {difference}; killed at {string.Join(", ", points)}"));
        }

        return (done, faults);
    }

    private Task<NovaResult> StartAsync(KilledProcess process, string store, string name)
    {
        _process = process;
        return process.RunAsync(workspace.Folder, store, name,
            ["run", "--request", request, "--store", store, "--run-id", Run.Value, "--clock", "2026-01-02T03:04:05Z"]);
    }

    /// <summary>A point somewhere in what is left: among the calls while there are any, among the writes else.</summary>
    private KillPoint Draw(Random random, string store, int kept, int writes)
    {
        var calls = server is null ? 0 : _calls.Count(call => call.Process == "undisturbed") - kept;
        if (calls > 0 && random.Next(2) == 0)
        {
            return new KillPoint(KillEvent.CallReceived, random.Next(1, calls + 1));
        }

        var written = Directory.Exists(store) ? Directory.EnumerateFiles(store, "*", SearchOption.AllDirectories).Count() : 0;
        return new KillPoint(random.Next(2) == 0 ? KillEvent.WriteBegun : KillEvent.WriteDone, random.Next(1, Math.Max(2, writes - written)));
    }

    private IEnumerable<string> FaultsOf(string process, HashSet<string> before, HashSet<string> after)
    {
        var asked = _calls.Where(call => call.Process == process).Select(call => call.Asked).ToArray();
        var twice = asked.GroupBy(item => item).Where(item => item.Count() > 1).Select(item => $"asked {item.Count()} times by one process: {item.Key}");
        var again = asked.Intersect(before).Select(item => $"asked although its answer was kept: {item}");
        var lost = before.Except(after).Select(item => $"an answer was lost: {item}");
        var flying = asked.Distinct().Except(after).GroupBy(item => item.Split(' ')[0]).Where(purpose => purpose.Count() > InFlight[purpose.Key])
            .Select(purpose => $"{purpose.Count()} answers of {purpose.Key} were asked for and not kept, more than were in flight");
        return [.. twice, .. again, .. lost, .. flying];
    }
}
