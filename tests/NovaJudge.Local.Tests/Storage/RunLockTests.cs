using NovaJudge.Local.Storage;
using NovaJudge.Pipeline;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Local.Tests.Storage;

public sealed class RunLockTests : IDisposable
{
    private static readonly RunId Run = RunId.Parse("x");
    private readonly string _folder = Directory.CreateTempSubdirectory("nova-lock-").FullName;
    private readonly FileObjectStore _store;

    public RunLockTests() => _store = new FileObjectStore(_folder);

    private string LockFile => Path.Combine(_folder, ".locks", "x.lock");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_run_has_one_holder_at_a_time_and_leaves_nothing_behind()
    {
        using (var held = RunLock.Take(_store, Run))
        {
            held.WasLeftBehind.ShouldBeFalse();
            RunLock.IsTakenOrLeftBehind(_store, Run).ShouldBeTrue();
            Should.Throw<PipelineException>(() => RunLock.Take(_store, Run)).Message.ShouldContain("another process");
            RunLock.Take(_store, RunId.Parse("y")).Dispose();
        }

        File.Exists(LockFile).ShouldBeFalse();
        RunLock.IsTakenOrLeftBehind(_store, Run).ShouldBeFalse();
    }

    [Fact]
    public void The_next_holder_learns_that_the_last_one_was_cut_off()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(LockFile)!);
        File.WriteAllText(LockFile, "whatever the last one wrote");

        using (var held = RunLock.Take(_store, Run))
        {
            held.WasLeftBehind.ShouldBeTrue();
        }

        using var next = RunLock.Take(_store, Run);
        next.WasLeftBehind.ShouldBeFalse();
    }

    [Fact]
    public async Task However_many_come_and_go_there_is_never_a_second_holder()
    {
        int inside = 0, most = 0, taken = 0;

        await Parallel.ForAsync(0, 3000, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = TestContext.Current.CancellationToken }, (_, _) =>
        {
            try
            {
                using var held = RunLock.Take(_store, Run);
                Interlocked.Increment(ref taken);
                if (Interlocked.Increment(ref inside) > 1)
                {
                    Volatile.Write(ref most, 2);
                }

                Interlocked.Decrement(ref inside);
            }
            catch (PipelineException)
            {
                // Somebody else has it.
            }

            return ValueTask.CompletedTask;
        });

        most.ShouldBe(0);
        taken.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void A_store_that_cannot_be_written_is_named()
    {
        File.WriteAllText(Path.Combine(_folder, ".locks"), "a file where a folder is expected");

        var refused = Should.Throw<PipelineException>(() => RunLock.Take(_store, Run));

        refused.ErrorName.ShouldBe(ErrorNames.BadInput);
        refused.Message.ShouldContain("--store");
    }
}
