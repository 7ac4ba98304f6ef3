using System.Text;
using NovaJudge.Aws.SageMaker;

namespace NovaJudge.Aws.Tests.SageMaker;

public sealed class AmazonSageMakerClientTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Jobs_are_listed_page_by_page()
    {
        await using var aws = await LoopbackAws.StartAsync("sagemaker",
            LoopbackServer.Reply(200, """{"TrainingJobSummaries":[{"TrainingJobName":"nova-r-1","TrainingJobArn":"arn","TrainingJobStatus":"InProgress","CreationTime":1763985600,"SecondaryStatus":"Training"}],"NextToken":"more"}"""));
        using var client = aws.SageMaker();

        var page = await client.ListTrainingJobsAsync(new ListTrainingJobsRequest
        {
            NameContains = "nova-r-",
            MaxResults = 100,
            CreationTimeAfter = new DateTimeOffset(2025, 11, 24, 12, 0, 0, 500, TimeSpan.Zero),
        }, Token);

        page.NextToken.ShouldBe("more");
        page.TrainingJobSummaries.ShouldHaveSingleItem().TrainingJobStatus.ShouldBe(TrainingJobStatus.InProgress);
        var call = aws.Server.Calls.ShouldHaveSingleItem();
        call.Header("X-Amz-Target").ShouldBe("SageMaker.ListTrainingJobs");
        call.Header("Content-Type").ShouldBe("application/x-amz-json-1.1");
        Encoding.UTF8.GetString(call.Body).ShouldBe("""{"MaxResults":100,"NameContains":"nova-r-","CreationTimeAfter":1763985600.5}""");
        aws.Server.SignatureProblems.ShouldBeEmpty();
    }

    [Fact]
    public async Task Tags_are_added()
    {
        await using var aws = await LoopbackAws.StartAsync("sagemaker", LoopbackServer.Reply(200, """{"Tags":[{"Key":"k","Value":"v"}]}"""));
        using var client = aws.SageMaker();

        var response = await client.AddTagsAsync(new AddTagsRequest("arn", [new Tag("k", "v")]), Token);

        response.Tags.ShouldBe([new Tag("k", "v")]);
        Encoding.UTF8.GetString(aws.Server.Calls.ShouldHaveSingleItem().Body).ShouldBe("""{"ResourceArn":"arn","Tags":[{"Key":"k","Value":"v"}]}""");
    }
}
