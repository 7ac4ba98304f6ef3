using Amazon.CDK;
using Amazon.CDK.Assertions;
using NovaJudge.Infra.Synthesis;

namespace NovaJudge.Infra.Tests;

/// <summary>The template of a stack, as it is approved.</summary>
public sealed class SynthesizedTemplate : ResolvedTemplate
{
    public SynthesizedTemplate(Stack stack)
        : this(ApprovedTemplate.Render(Template.FromStack(stack)))
    {
    }

    private SynthesizedTemplate(string rendered)
        : base(rendered) => Rendered = rendered;

    /// <summary>The text that is compared with the approved file.</summary>
    public string Rendered { get; }
}
