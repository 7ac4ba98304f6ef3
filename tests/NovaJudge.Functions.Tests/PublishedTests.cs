using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;

namespace NovaJudge.Functions.Tests;

/// <summary>What is deployed. That it works is shown by a run with it (<c>ProcessRunTests</c>).</summary>
public sealed partial class PublishedTests
{
    private const long LargestZip = 15_000_000;

    /// <summary>The version of the C library that Amazon Linux 2023 has.</summary>
    private static readonly Version Newest = new(2, 34);

    [Fact]
    public void Nothing_published_asks_for_a_newer_c_library_than_amazon_linux_has()
    {
        Published.PathOrSkip();

        var versions = Directory.EnumerateFiles(Published.Folder)
            .Select(file => (Name: Path.GetFileName(file), Needed: Needed(file)))
            .Where(file => file.Needed is not null)
            .ToArray();

        versions.Select(file => file.Name).ShouldContain("bootstrap");
        versions.ShouldAllBe(file => file.Needed <= Newest);
    }

    [Fact]
    public void The_asset_is_small_enough_to_start_fast()
    {
        Published.PathOrSkip();
        using var zip = new MemoryStream();

        using (var archive = new ZipArchive(zip, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var file in Directory.EnumerateFiles(Published.Folder))
            {
                archive.CreateEntryFromFile(file, Path.GetFileName(file), CompressionLevel.Optimal);
            }
        }

        zip.Length.ShouldBeLessThan(LargestZip);
    }

    [Fact]
    public void The_executable_may_be_executed_and_carries_nothing_for_debugging()
    {
        var path = Published.PathOrSkip();

        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(path).HasFlag(UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute).ShouldBeTrue();
        }

        Directory.EnumerateFiles(Published.Folder).Select(Path.GetExtension).Intersect([".dbg", ".pdb", ".xml"]).ShouldBeEmpty();
    }

    [Fact]
    public void Type_data_is_mapped_from_the_file_at_a_fixed_place_and_not_unpacked_at_every_start()
    {
        const int ElfTypeOffset = 16;
        const int FixedPlace = 2;
        var program = File.ReadAllBytes(Published.PathOrSkip());
        if (!Encoding.Latin1.GetString(program).Contains("__managedcode", StringComparison.Ordinal))
        {
            Assert.Skip("Published trimmed: native code cannot be linked on this machine.");
        }

        BitConverter.ToUInt16(program, ElfTypeOffset).ShouldBe((ushort)FixedPlace);
        Encoding.Latin1.GetString(program).ShouldNotContain(".hydrated");
    }

    // The names of versions stand as plain text in the table of dynamic symbols.
    private static Version? Needed(string file) => SymbolVersion().Matches(Encoding.Latin1.GetString(File.ReadAllBytes(file)))
        .Select(match => Version.Parse(match.Groups[1].Value))
        .DefaultIfEmpty()
        .Max();

    [GeneratedRegex(@"GLIBC_(2\.\d+)")]
    private static partial Regex SymbolVersion();
}
