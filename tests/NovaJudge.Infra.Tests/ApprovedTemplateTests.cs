using NovaJudge.Infra.Synthesis;

namespace NovaJudge.Infra.Tests;

[Collection(SynthesisGroup.Name)]
public sealed class ApprovedTemplateTests(Synthesized stacks)
{
    [Fact]
    public void The_approved_pipeline_is_current() => ShouldBeCurrent(ApprovedTemplate.Pipeline, stacks.Pipeline);

    [Fact]
    public void The_approved_endpoint_is_current() => ShouldBeCurrent(ApprovedTemplate.QwenEndpoint, stacks.QwenEndpoint);

    [Fact]
    public void Nothing_of_one_machine_or_build_shows_in_them()
    {
        foreach (var template in new[] { stacks.Pipeline, stacks.QwenEndpoint })
        {
            template.Rendered.ShouldNotContain(Repository.Root);
            template.Rendered.ShouldNotMatch("[0-9a-f]{64}");
        }
    }

    private static void ShouldBeCurrent(ApprovedTemplate template, SynthesizedTemplate stack)
    {
        var approved = File.ReadAllLines(template.Path);
        var synthesized = stack.Rendered.TrimEnd('\n').Split('\n');

        var line = Enumerable.Range(0, Math.Max(approved.Length, synthesized.Length))
            .FirstOrDefault(i => approved.ElementAtOrDefault(i) != synthesized.ElementAtOrDefault(i), -1);

        line.ShouldBe(-1, $"""
            The stack and infra/{template.FileName} differ from line {line + 1} on:
              approved:    {approved.ElementAtOrDefault(line)}
              synthesized: {synthesized.ElementAtOrDefault(line)}
            When the change is meant: ./nova synth --approve, and look at the difference before you commit it.
            """);
    }
}
