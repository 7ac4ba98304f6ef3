using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace NovaJudge.EndToEnd.Tests;

/// <summary>Who may reference whom. All else is forbidden.</summary>
public sealed class ReferenceRulesTests
{
    private static readonly Dictionary<string, (string[] Projects, string[] Packages)> Rules = new()
    {
        ["NovaJudge.Pipeline"] = ([], ["Microsoft.Extensions.AI.Abstractions", "MathNet.Numerics", "Parquet.Net"]),
        ["NovaJudge.Reports"] = (["NovaJudge.Pipeline"], ["SkiaSharp", "SkiaSharp.NativeAssets.Linux.NoDependencies"]),
        ["NovaJudge.Aws"] = (["NovaJudge.Pipeline"], ["AWSSDK.Core", "AWSSDK.S3"]),
        ["NovaJudge.Functions"] = (["NovaJudge.Pipeline", "NovaJudge.Reports", "NovaJudge.Aws"], []),
        ["NovaJudge.Infra"] = (["NovaJudge.Pipeline"], ["Amazon.CDK.Lib", "Constructs"]),
        ["NovaJudge.StatesLanguage"] = ([], []),
        ["NovaJudge.LocalAws"] = (["NovaJudge.Pipeline"], []),
        ["NovaJudge.Local"] = (
            ["NovaJudge.Pipeline", "NovaJudge.Reports", "NovaJudge.Aws", "NovaJudge.StatesLanguage", "NovaJudge.LocalAws"],
            // Profiles of the AWS command line sign in and take roles with these; a function has a role already.
            ["AWSSDK.SecurityToken", "AWSSDK.SSO", "AWSSDK.SSOOIDC", "Microsoft.Extensions.AI.OpenAI", "OllamaSharp", "Spectre.Console", "System.CommandLine"]),
    };

    public static TheoryData<string> Projects => [.. Rules.Keys];

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_references_only_what_the_design_allows(string name)
    {
        var project = XDocument.Load(Repository.Projects().Single(path => Path.GetFileNameWithoutExtension(path) == name));

        var projects = project.Descendants("ProjectReference").Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value));
        var packages = project.Descendants("PackageReference").Select(reference => reference.Attribute("Include")!.Value);

        projects.Except(Rules[name].Projects).ShouldBeEmpty();
        packages.Except(Rules[name].Packages).ShouldBeEmpty();
    }

    [Fact]
    public void Every_production_project_has_a_rule_and_a_test_project()
    {
        var projects = Repository.Projects().Where(path => !path.Contains("/tests/", StringComparison.Ordinal)).Select(Path.GetFileNameWithoutExtension).ToArray();

        projects.Order().ShouldBe(Rules.Keys.Order());
        foreach (var project in projects)
        {
            File.Exists(Path.Combine(Repository.Root, "tests", $"{project}.Tests", $"{project}.Tests.csproj")).ShouldBeTrue(project);
        }
    }

    [Fact]
    public void The_pipeline_touches_no_file_no_environment_and_no_clock_of_its_own()
    {
        var forbidden = new Regex(@"\b(File|Directory|Environment|Console)\.|\bDateTime(Offset)?\.(Utc)?Now\b");
        var folder = Path.Combine(Repository.Root, "functions", "NovaJudge.Pipeline");

        var found = from path in Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
                    from line in File.ReadLines(path)
                    where !line.TrimStart().StartsWith("//", StringComparison.Ordinal) && forbidden.IsMatch(line)
                    select $"{Path.GetFileName(path)}: {line.Trim()}";

        found.ShouldBeEmpty();
    }
}
