using NovaJudge.Pipeline.Generation;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Pipeline.Tests.Generation;

public sealed class PromptTemplateTests
{
    [Fact]
    public void Fields_stand_in_braces_and_a_doubled_brace_is_a_brace() =>
        PromptTemplate.Render("{{{category}}} {id}: {question}", "q1", "Why?", null, "history").ShouldBe("{history} q1: Why?");

    [Fact]
    public void Without_a_context_the_default_template_is_the_question_alone() =>
        PromptTemplate.Render(RequestDefaults.PromptTemplate, "q1", "Why?", null, null).ShouldBe("Why?");

    [Fact]
    public void Text_of_a_record_is_never_read_as_a_template() =>
        PromptTemplate.Render("{context}\n{question}", "q1", "{id}", "{question}", null).ShouldBe("{question}\n{id}");

    [Fact]
    public void A_record_without_a_field_that_the_template_names_is_refused_by_its_id() =>
        Should.Throw<PipelineException>(() => PromptTemplate.Render("{category} {question}", "q1", "Why?", null, null)).Message.ShouldContain("\"q1\" has no category");

    [Theory]
    [InlineData("no field")]
    [InlineData("{question")]
    [InlineData("question}")]
    [InlineData("{question} {answer}")]
    public void A_template_that_cannot_work_is_refused_before_any_record(string template) => PromptTemplate.Problem(template).ShouldNotBeNull();
}
