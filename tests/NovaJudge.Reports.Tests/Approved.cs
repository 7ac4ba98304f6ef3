using System.Runtime.CompilerServices;

namespace NovaJudge.Reports.Tests;

/// <summary>Compares with a reviewed file beside the tests; NOVA_APPROVE=1 rewrites it, to be reviewed with the change.</summary>
internal static class Approved
{
    public static void ShouldMatch(string file, string actual, [CallerFilePath] string here = "")
    {
        var path = Path.Combine(Path.GetDirectoryName(Here())!, file);
        if (Environment.GetEnvironmentVariable("NOVA_APPROVE") == "1")
        {
            File.WriteAllText(path, actual);
        }

        File.Exists(path).ShouldBeTrue($"{file} is not approved yet: run the test with NOVA_APPROVE=1 and review the file.");
        actual.ShouldBe(File.ReadAllText(path), $"{file} ({Path.GetFileName(here)}); if the change is meant, run with NOVA_APPROVE=1 and review the file.");
    }

    private static string Here([CallerFilePath] string path = "") => path;
}
