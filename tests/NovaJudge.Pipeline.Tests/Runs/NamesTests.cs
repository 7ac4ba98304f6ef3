using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Pipeline.Tests.Runs;

public sealed class NamesTests
{
    [Theory]
    [InlineData("")]
    [InlineData("-a")]
    [InlineData("A")]
    [InlineData("a/b")]
    [InlineData("a\n")]
    [InlineData("12345678901234567890123456789012345678901")]
    public void A_run_id_that_would_not_fit_everywhere_is_refused(string text) => RunId.TryParse(text, out _).ShouldBeFalse();

    [Theory]
    [InlineData("")]
    [InlineData("/etc/passwd")]
    [InlineData("incoming/../runs/x")]
    [InlineData("a//b")]
    [InlineData("a\\b")]
    [InlineData("a\u0000b")]
    public void A_key_that_is_no_safe_path_is_refused(string text) => Should.Throw<PipelineException>(() => ObjectKey.Parse(text));

    [Theory]
    [InlineData("bedrock:global.anthropic.claude-sonnet-4-6", "bedrock")]
    [InlineData("openai:http://localhost:8000/v1#qwen#2", "openai")]
    [InlineData("run:squad-1/b", "run")]
    [InlineData("sagemaker:endpoint/component", "sagemaker")]
    public void A_model_spec_has_a_scheme_and_a_target(string text, string scheme)
    {
        var spec = ModelSpec.Parse(text);

        spec.Scheme.ShouldBe(scheme);
        spec.ToString().ShouldBe(text);
    }

    [Theory]
    [InlineData("gpt-4")]
    [InlineData("openai:")]
    [InlineData("openai:ftp://x#m")]
    [InlineData("openai:http://x")]
    [InlineData("run:squad-1/c")]
    [InlineData("sagemaker:a/b/c")]
    public void A_model_spec_of_another_form_is_refused_with_the_form(string text)
    {
        ModelSpec.TryParse(text, out var problem).ShouldBeNull();

        problem.ShouldNotBeNull();
    }

    [Fact]
    public void A_slug_is_never_empty_and_a_hash_keeps_its_parts_apart()
    {
        Slug.Of("Ünï cödé — 2026!", 40).ShouldBe("n-c-d-2026");
        Slug.Of("日本語", 10).ShouldBe("run");
        Slug.Hash(16, "ab", "c").ShouldNotBe(Slug.Hash(16, "a", "bc"));
    }

    [Fact]
    public void A_callback_key_does_not_show_its_token() =>
        RunKeys.Callback("nova-run-1", "secret-token").Value.ShouldNotContain("secret");
}
