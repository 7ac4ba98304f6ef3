using NovaJudge.Pipeline.Judging.Nova;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Pipeline.Tests.Judging.Nova;

public class NovaJudgeCatalogTests
{
    [Theory]
    [InlineData("nova", "ml.g5.12xlarge")]
    [InlineData("nova-rubric", "ml.p5.48xlarge")]
    public void The_cheapest_instance_is_the_default(string kind, string instanceType)
    {
        NovaJudgeCatalog.InstanceType(Judge(kind)).ShouldBe(instanceType);
        NovaJudgeCatalog.Check(Judge(kind), "us-east-1").ShouldBeNull();
    }

    [Fact]
    public void Every_image_lies_in_its_own_region()
    {
        NovaJudgeCatalog.Images.ShouldNotBeEmpty();
        foreach (var (region, image) in NovaJudgeCatalog.Images)
        {
            image.ShouldMatch($@"^\d{{12}}\.dkr\.ecr\.{region}\.amazonaws\.com/nova-evaluation-repo:SM-TJ-Eval-V2-latest$");
        }
    }

    [Fact]
    public void A_region_without_an_image_is_refused_with_those_that_have_one()
    {
        NovaJudgeCatalog.Check(Judge("nova"), "eu-north-1").ShouldBe(
            "There is no image of the Nova evaluation container for eu-north-1; run in ap-northeast-1, us-east-1, us-west-2, or name one of your own as judge.image.");
        NovaJudgeCatalog.Check(Judge("nova") with { Image = "mine" }, "eu-north-1").ShouldBeNull();
    }

    [Fact]
    public void An_instance_that_the_judge_does_not_run_on_is_refused_with_those_it_does()
    {
        NovaJudgeCatalog.Check(Judge("nova") with { InstanceType = "ml.t3.medium" }, "us-east-1")!.ShouldContain("ml.g5.12xlarge, ml.g5.24xlarge");
    }

    [Fact]
    public void A_judge_of_another_kind_is_refused_by_name()
    {
        NovaJudgeCatalog.Check(Judge("embedded:token-f1"), "us-east-1").ShouldBe(
            "\"embedded:token-f1\" is no judge of the Nova container; known are nova and nova-rubric.");
        Should.Throw<ArgumentException>(() => NovaJudgeCatalog.InstanceType(Judge("embedded:token-f1")));
    }

    private static JudgeSettings Judge(string kind) => new() { Kind = kind, MaxRuntimeMinutes = 120, Concurrency = 4 };
}
