namespace NovaJudge.Infra.Tests;

[Collection(SynthesisGroup.Name)]
public sealed class ApprovedTemplateTests(SynthesizedTemplate stack)
{
    [Fact]
    public void The_approved_template_is_current()
    {
        var approved = File.ReadAllLines(ApprovedTemplate.Path);
        var synthesized = stack.Rendered.TrimEnd('\n').Split('\n');

        var line = Enumerable.Range(0, Math.Max(approved.Length, synthesized.Length))
            .FirstOrDefault(i => approved.ElementAtOrDefault(i) != synthesized.ElementAtOrDefault(i), -1);

        line.ShouldBe(-1, $"""
            The stack and infra/PipelineStack.template.json differ from line {line + 1} on:
              approved:    {approved.ElementAtOrDefault(line)}
              synthesized: {synthesized.ElementAtOrDefault(line)}
            When the change is meant: ./nova synth --approve, and look at the difference before you commit it.
            """);
    }

    [Fact]
    public void Nothing_of_one_machine_or_build_shows_in_it()
    {
        stack.Rendered.ShouldNotContain(Repository.Root);
        stack.Rendered.ShouldNotMatch("[0-9a-f]{64}");
    }
}
