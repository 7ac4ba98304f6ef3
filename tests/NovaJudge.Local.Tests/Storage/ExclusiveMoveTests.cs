using NovaJudge.Local.Storage;

namespace NovaJudge.Local.Tests.Storage;

public sealed class ExclusiveMoveTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("nova-move-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Of_several_threads_at_the_same_moment_exactly_one_gets_the_name()
    {
        const int Threads = 4;
        for (var round = 0; round < 500; round++)
        {
            var wins = new bool[Threads];
            using var moment = new Barrier(Threads);
            var threads = Enumerable.Range(0, Threads).Select(i => new Thread(() =>
            {
                File.WriteAllText(Path.Combine(_folder, $"source {i}"), $"{i}");
                moment.SignalAndWait();
                wins[i] = ExclusiveMove.TryMove(Path.Combine(_folder, $"source {i}"), Path.Combine(_folder, "name"));
            })).ToArray();

            Array.ForEach(threads, thread => thread.Start());
            Array.ForEach(threads, thread => thread.Join());

            wins.Count(won => won).ShouldBe(1, $"round {round}");
            File.ReadAllText(Path.Combine(_folder, "name")).ShouldBe($"{Array.IndexOf(wins, true)}");
            Directory.GetFiles(_folder).Length.ShouldBe(Threads);
            File.Delete(Path.Combine(_folder, "name"));
        }
    }

    [Fact]
    public void A_folder_that_is_missing_is_told_and_takes_nothing_away()
    {
        var source = Path.Combine(_folder, "source");
        File.WriteAllText(source, "content");

        Should.Throw<DirectoryNotFoundException>(() => ExclusiveMove.TryMove(source, Path.Combine(_folder, "missing", "name")));

        File.ReadAllText(source).ShouldBe("content");
    }
}
