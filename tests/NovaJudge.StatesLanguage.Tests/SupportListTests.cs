using System.Reflection;
using System.Runtime.CompilerServices;
using NovaJudge.StatesLanguage.Choices;
using NovaJudge.StatesLanguage.Definition;
using NovaJudge.StatesLanguage.Intrinsics;
using NovaJudge.StatesLanguage.Tests.Cases;

namespace NovaJudge.StatesLanguage.Tests;

/// <summary>Holds docs/states-language-support.md against the code and the cases.</summary>
public class SupportListTests
{
    private static readonly IReadOnlyList<Row> Rows = [.. File.ReadLines(ListPath()).Select(Row.Parse).OfType<Row>()];

    [Fact]
    public void Every_row_has_its_proof()
    {
        var covered = ConformanceCase.All.SelectMany(static c => c.Covers.Select(cover => (Cover: cover, Case: c))).ToLookup(static c => c.Cover, static c => c.Case);
        var classes = typeof(SupportListTests).Assembly.GetTypes().Select(static type => type.Name).ToHashSet();
        foreach (var row in Rows)
        {
            row.Supported.ShouldBeOneOf("yes", "no");
            switch (row.ShownBy)
            {
                case "cases":
                    covered[row.Feature].ShouldNotBeEmpty(row.Feature);
                    covered[row.Feature].Any(static c => (string?)c.Expected["status"] != "INVALID").ShouldBe(row.Supported == "yes" && !IsSyntax(row.Feature), row.Feature);
                    break;
                case "–":
                    row.Supported.ShouldBe("no", row.Feature);
                    break;
                default:
                    classes.ShouldContain(row.ShownBy);
                    break;
            }
        }
    }

    [Fact]
    public void Every_case_covers_rows_of_the_list()
    {
        var features = Rows.Select(static row => row.Feature).ToHashSet();

        ConformanceCase.All.SelectMany(static c => c.Covers).Distinct().Where(cover => !features.Contains(cover)).ShouldBeEmpty();
        Rows.Select(static row => row.Feature).ShouldBeUnique();
    }

    [Fact]
    public void Every_operator_function_state_and_error_of_the_code_has_a_row()
    {
        var features = Rows.Select(static row => row.Feature.Split(' ')[0]).ToHashSet();
        string[] operators = [.. Comparison.All.Select(static c => c.Name), .. Comparison.All.Where(static c => c.HasPathForm).Select(static c => c.Name + "Path"), Comparison.IsPresent];
        var states = typeof(State).Assembly.GetTypes().Where(static type => type.IsSubclassOf(typeof(State)) && !type.IsAbstract).Select(static type => type.Name[..^"State".Length]);
        var errors = typeof(ErrorNames).GetFields(BindingFlags.Public | BindingFlags.Static).Select(static field => (string)field.GetRawConstantValue()!);

        operators.Length.ShouldBe(39);
        IntrinsicFunction.All.Length.ShouldBe(18);
        foreach (var name in operators.Concat(IntrinsicFunction.All.Select(static function => function.Name)).Concat(states).Concat(errors))
        {
            features.ShouldContain(name);
        }
    }

    private static bool IsSyntax(string feature) => feature is "path syntax" or "intrinsic syntax" or "reference paths" or "validation" or "choice validation";

    private static string ListPath([CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "docs", "states-language-support.md");

    private sealed record Row(string Feature, string Supported, string ShownBy)
    {
        public static Row? Parse(string line)
        {
            var cells = line.Split('|', StringSplitOptions.TrimEntries);
            return cells.Length == 6 && cells[1].StartsWith('`') ? new Row(cells[1].Trim('`'), cells[2], cells[3]) : null;
        }
    }
}
