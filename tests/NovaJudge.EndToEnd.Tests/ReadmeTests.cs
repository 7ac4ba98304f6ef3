namespace NovaJudge.EndToEnd.Tests;

/// <summary>What the README's first screens promise is what happens.</summary>
public sealed class ReadmeTests : IDisposable
{
    private static readonly string[] Readme = File.ReadAllLines(Path.Combine(Repository.Root, "README.md"));
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task The_output_of_the_one_command_is_the_one_that_is_shown()
    {
        var shown = Readme.SkipWhile(line => line != "```console").Skip(2).TakeWhile(line => line != "```");

        var result = await NovaProcess.RunAsync(_workspace.Folder, "run");

        result.Words.ShouldBe(new NovaResult(0, string.Join('\n', shown), "").Words);
    }

    [Fact]
    public async Task Every_command_shown_for_own_data_works()
    {
        _workspace.Questions(250);
        Directory.CreateSymbolicLink(_workspace.Path_("events"), Path.Combine(Repository.Root, "events"));
        var commands = Readme.SkipWhile(line => !line.StartsWith("## Your own", StringComparison.Ordinal)).SkipWhile(line => line != "```sh").Skip(1)
            .TakeWhile(line => line != "```").ToArray();

        commands.Length.ShouldBeGreaterThan(3);
        foreach (var command in commands)
        {
            command.ShouldStartWith("./nova ");
            var result = await NovaProcess.RunAsync(_workspace.Folder, command["./nova ".Length..].Split(' '));
            result.ExitCode.ShouldBe(0, $"{command}\n{result}");
        }
    }

    [Fact]
    public void Every_file_the_README_points_to_exists()
    {
        var targets = Readme.SelectMany(line => System.Text.RegularExpressions.Regex.Matches(line, @"\]\(([^)#]+)\)").Select(match => match.Groups[1].Value));

        targets.Where(target => !target.Contains("://", StringComparison.Ordinal) && !Path.Exists(Path.Combine(Repository.Root, target))).ShouldBeEmpty();
    }

    [Fact]
    public void The_diagram_names_every_state_of_the_machine_that_a_person_would_follow()
    {
        var template = Local.Cloud.PipelineTemplate.Embedded();
        using var definition = System.Text.Json.JsonDocument.Parse(template.Definition);
        var states = definition.RootElement.GetProperty("States").EnumerateObject().Select(state => state.Name)
            .Where(name => !name.Contains("fail", StringComparison.OrdinalIgnoreCase));
        var diagram = string.Join(' ', Readme.SkipWhile(line => line != "```mermaid").TakeWhile(line => line != "```")).Replace("<br/>", " ", StringComparison.Ordinal);

        states.Where(state => !diagram.Contains(state, StringComparison.Ordinal)).ShouldBeEmpty();
    }
}
