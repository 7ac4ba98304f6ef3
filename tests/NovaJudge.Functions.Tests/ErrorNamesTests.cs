using NovaJudge.Functions.Runtime;
using NovaJudge.Pipeline;

namespace NovaJudge.Functions.Tests;

/// <summary>The machine retries and catches by names; these are what the functions report, and what it knows.</summary>
public sealed class ErrorNamesTests
{
    private static readonly string[] Retried = [ErrorNames.ModelThrottled, ErrorNames.ModelWarming, ErrorNames.ModelDeadline, ErrorNames.JudgeCapacity];

    public static TheoryData<string> All => [.. ErrorNames.All];

    [Theory]
    [MemberData(nameof(All))]
    public void A_step_reports_its_error_by_the_very_name(string name)
    {
        var error = InvocationError.Of(new PipelineException(name, "what, which, what to do"), outOfTime: false);

        error.ErrorType.ShouldBe(name);
        error.ErrorMessage.ShouldBe("what, which, what to do");
        error.StackTrace.ShouldBeEmpty();
    }

    [Fact]
    public void Every_error_of_ours_that_the_machine_names_is_one_that_a_step_reports()
    {
        var named = StackTemplate.ErrorHandlers.SelectMany(handler => handler.Errors).Distinct().Where(name => !IsForeign(name));

        named.ShouldBeSubsetOf(ErrorNames.All);
    }

    [Fact]
    public void What_is_worth_another_try_is_retried_and_nothing_else_of_ours()
    {
        var retried = StackTemplate.ErrorHandlers.Where(handler => handler.Kind == "Retry").SelectMany(handler => handler.Errors).Distinct().Where(name => !IsForeign(name));

        retried.Order().ShouldBe(Retried.Order());
    }

    [Fact]
    public void Whatever_is_caught_is_caught_with_everything_else_so_that_no_name_slips_through()
    {
        var caught = StackTemplate.ErrorHandlers.Where(handler => handler.Kind == "Catch").ToArray();

        caught.ShouldNotBeEmpty();
        caught.ShouldAllBe(handler => handler.Errors.SequenceEqual(new[] { "States.ALL" }));
    }

    [Fact]
    public void A_step_that_ran_out_of_time_is_retried_like_one_that_lambda_killed()
    {
        var error = InvocationError.Of(new OperationCanceledException(), outOfTime: true);

        StackTemplate.ErrorHandlers.Where(handler => handler.Errors.Contains("Lambda.ServiceException")).ShouldAllBe(handler => handler.Errors.Contains(error.ErrorType));
        error.ErrorType.ShouldBe("Sandbox.Timedout");
    }

    private static bool IsForeign(string name) => name.Split('.')[0] is "States" or "Lambda" or "Sandbox" or "Runtime";
}
