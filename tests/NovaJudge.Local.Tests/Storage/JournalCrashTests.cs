using System.Text;
using NovaJudge.Local.Storage;

namespace NovaJudge.Local.Tests.Storage;

/// <summary>
/// A log that is cut off again and again, at any byte of what was written last, held against what it was told. A
/// kill loses nothing; a machine that stops may lose the end of the last file.
/// </summary>
public sealed class JournalCrashTests : IDisposable
{
    private const int SmallSegments = 400;
    private readonly string _folder = Directory.CreateTempSubdirectory("nova-crash-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_process_that_is_killed_at_any_moment_leaves_every_line_and_nothing_that_was_done_with() => ForEachSeed(static (random, folder) =>
    {
        var expected = new Dictionary<string, List<string>>();
        for (var process = 0; process < 6; process++)
        {
            // Never closed in order, as a process that is killed closes nothing in order.
            using var log = JournalLog.Open(folder, SmallSegments);
            ShouldHold(log, expected);
            Work(log, expected, random);
        }
    });

    [Fact]
    public void A_line_cut_anywhere_is_no_line_and_changes_no_other() => ForEachSeed(static (random, folder) =>
    {
        var said = new Dictionary<string, List<string>>();
        for (var process = 0; process < 6; process++)
        {
            using (var log = JournalLog.Open(folder, SmallSegments))
            {
                Work(log, said, random);
            }

            if (Directory.Exists(folder) && Directory.GetFiles(folder).Order(StringComparer.Ordinal).LastOrDefault() is { } last)
            {
                using var file = File.OpenWrite(last);
                file.SetLength(random.NextInt64(file.Length + 1));
            }

            using var next = JournalLog.Open(folder, SmallSegments);
            foreach (var name in Names)
            {
                var lines = Read(next, name);
                foreach (var line in lines)
                {
                    line.ShouldStartWith($"{{\"of\":\"{name}\",");
                    line.ShouldEndWith("}");
                }

                said[name] = lines;
            }
        }
    });

    [Theory]
    [InlineData("notes.log", "x\n")]
    [InlineData("000009.log.bak", "x\ty\n")]
    [InlineData("000009.log", "\0\0\0\0\n\n\t\t\n\tname\n")]
    public void What_others_put_into_its_folder_does_no_harm(string name, string content)
    {
        using (var log = JournalLog.Open(_folder, SmallSegments))
        {
            log.Append("one", "{}"u8);
        }

        File.WriteAllText(Path.Combine(_folder, name), content);
        using var next = JournalLog.Open(_folder, SmallSegments);
        Read(next, "one").ShouldBe(["{}"]);
        next.Append("one", "[]"u8);
        Read(next, "one").ShouldBe(["{}", "[]"]);
        next.Delete("one");

        Read(next, "one").ShouldBeEmpty();
    }

    private static string[] Names { get; } = ["a/1", "a/2", "b/1", "b/11"];

    private void ForEachSeed(Action<Random, string> act)
    {
        for (var seed = 1; seed <= 60; seed++)
        {
            try
            {
                act(new Random(seed), Path.Combine(_folder, $"{seed}"));
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"seed {seed}: {e.Message}", e);
            }
        }
    }

    private static void Work(JournalLog log, Dictionary<string, List<string>> expected, Random random)
    {
        for (var step = random.Next(25); step > 0; step--)
        {
            var name = Names[random.Next(Names.Length)];
            if (random.Next(4) == 0)
            {
                log.Delete(name);
                expected.Remove(name);
                continue;
            }

            var line = $"{{\"of\":\"{name}\",\"text\":\"{new string('x', random.Next(120))}\"}}";
            log.Append(name, Encoding.UTF8.GetBytes(line));
            expected.TryAdd(name, []);
            expected[name].Add(line);
        }
    }

    private static void ShouldHold(JournalLog log, Dictionary<string, List<string>> expected)
    {
        foreach (var name in Names)
        {
            Read(log, name).ShouldBe(expected.GetValueOrDefault(name) ?? []);
        }
    }

    private static List<string> Read(JournalLog log, string name) => [.. log.Read(name).Select(line => Encoding.UTF8.GetString(line.Span))];
}
