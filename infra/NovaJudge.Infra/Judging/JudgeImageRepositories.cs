using Amazon.CDK;

namespace NovaJudge.Infra.Judging;

/// <summary>Where AWS keeps the images of the Nova judge: one account for each region that offers it.</summary>
public static class JudgeImageRepositories
{
    private static readonly (string Region, string Account)[] Accounts =
    [
        ("us-east-1", "708977205387"),
        ("us-west-2", "176779409107"),
        ("ap-northeast-1", "878185805882"),
        ("eu-west-2", "470633809225"),
    ];

    public static string[] Arns => [.. Accounts.Select(at => $"arn:{Aws.PARTITION}:ecr:{at.Region}:{at.Account}:repository/nova-evaluation-repo")];
}
